import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AccessRepository } from '../network/access.repository.js';
import { AccountsRepository } from '../network/accounts.repository.js';
import { AudienceRepository, type Audience } from '../network/audience.repository.js';
import type { Visibility } from '../network/status.entity.js';
import { NotificationsRepository } from '../network/notifications.repository.js';
import { StatusReader, type FullStatus } from '../network/status-reader.js';
import { notificationJson, statusJson } from './render.js';
import { MEDIA, PUBLIC, TAGGED, USER, type Listener, type StreamName } from './streams.js';

/** What an event of a network says. */
export interface Told {
  network: string;
  account_id: string;
  status_id?: string;
  notification_id?: string;
  /** Of what was deleted. */
  visibility?: Visibility;
  boost?: boolean;
  media?: boolean;
  tags?: readonly string[];
  mentioned?: readonly string[];
}

/** What decides whether a post is on a stream that is not somebody's own. */
interface Shown {
  isPublic: boolean;
  hasMedia: boolean;
  tags: readonly string[];
}

/**
 * Finds out which listeners an event concerns, by the conditions that make their timelines, and tells them. However many listen,
 * it takes the same few queries.
 */
@Injectable()
export class StreamAudience {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly access: AccessRepository,
    private readonly accounts: AccountsRepository,
    private readonly audience: AudienceRepository,
    private readonly reader: StatusReader,
    private readonly notifications: NotificationsRepository,
  ) {}

  /** Tells of a post or a boost. */
  async posted(listeners: readonly Listener[], { status_id: id = '' }: Told): Promise<void> {
    const [first] = listeners;
    if (first === undefined) return;
    const { status, viewers } = await this.seen(listeners, id);
    if (status === undefined) return;
    const shown: Shown = {
      isPublic: status.visibility === 'public' && status.reblog === null,
      hasMedia: status.media.length > 0,
      tags: status.tags,
    };
    const payloads = new Map<string, string>();
    for (const { viewer, streams, places, send } of listeners) {
      const found = viewers.get(viewer.account);
      if (found === undefined) continue;
      const { wanted, home, favourited, reblogged, bookmarked } = found;
      const marks = JSON.stringify([favourited, reblogged, bookmarked]);
      for (const stream of streams.values()) {
        const isMeant = stream.stream === 'user' ? home : wanted && isOn(stream, shown);
        if (!isMeant) continue;
        const payload = payloads.get(marks) ?? JSON.stringify(statusJson(markedBy(status, found), places));
        payloads.set(marks, payload);
        send(stream, 'update', payload);
      }
    }
  }

  /** Tells that a post or a boost is gone: those who could see it. Followers are asked for now: they outlive the post. */
  async deleted(listeners: readonly Listener[], told: Told): Promise<void> {
    const [first] = listeners;
    if (first === undefined) return;
    const { status_id: id = '', account_id: author, visibility, mentioned = [] } = told;
    const { followers, blocked } = await this.audience.around(
      this.dataSource.manager,
      first.network.id,
      author,
      listeners.map(({ viewer }) => viewer.account),
    );
    const shown: Shown = {
      isPublic: visibility === 'public' && told.boost !== true,
      hasMedia: told.media === true,
      tags: told.tags ?? [],
    };
    for (const { viewer, streams, send } of listeners) {
      const { account } = viewer;
      if (blocked.has(account)) continue;
      const isOwn = account === author || mentioned.includes(account);
      const isAtHome = isOwn || (visibility !== 'direct' && followers.has(account));
      for (const stream of streams.values())
        if (stream.stream === 'user' ? isAtHome : isOn(stream, shown)) send(stream, 'delete', id);
    }
  }

  /** Tells accounts what they were told. */
  async notified(listeners: readonly Listener[], told: readonly Told[]): Promise<void> {
    const [first] = listeners;
    if (first === undefined) return;
    const { manager } = this.dataSource;
    const ids = told.map(({ notification_id }) => notification_id ?? '');
    const found = await this.notifications.all(manager, first.network.id, ids);
    const from = await this.accounts.all(
      manager,
      first.network.id,
      found.map(({ from_account_id }) => from_account_id),
    );
    const about = new Set(found.map(({ status_id }) => status_id));
    const statuses = new Map<string | null, Awaited<ReturnType<StreamAudience['seen']>>>();
    for (const id of about) if (id !== null) statuses.set(id, await this.seen(listeners, id));
    for (const notification of found) {
      const { account_id, from_account_id, status_id } = notification;
      const who = from.find(({ id }) => id === from_account_id);
      const post = statuses.get(status_id);
      const seen = post?.viewers.get(account_id);
      if (who === undefined || (status_id !== null && (seen === undefined || post?.status === undefined)))
        continue;
      const status = seen && post?.status && markedBy(post.status, seen);
      const payload = JSON.stringify(notificationJson(notification, who, status, first.places));
      for (const { viewer, streams, send } of listeners) {
        if (viewer.account !== account_id) continue;
        for (const stream of streams.values())
          if (USER.includes(stream.stream)) send(stream, 'notification', payload);
      }
    }
  }

  /** Hangs up on whose tokens hold no more. @returns the others */
  async holding(listeners: readonly Listener[]): Promise<Listener[]> {
    if (listeners.length === 0) return [];
    const tokens = await this.access.holding(this.dataSource.manager, [
      ...new Set(listeners.map(({ token }) => token)),
    ]);
    return listeners.filter(({ token, end }) => {
      if (!tokens.has(token)) end();
      return tokens.has(token);
    });
  }

  /** A post as nobody sees it, and what it is to the listeners that may see it. */
  private async seen(
    listeners: readonly Listener[],
    id: string,
  ): Promise<{ status: FullStatus | undefined; viewers: ReadonlyMap<string, Audience> }> {
    const { manager } = this.dataSource;
    const network = listeners[0]?.network.id ?? 0;
    const accounts = listeners.map(({ viewer }) => viewer.account);
    const audience = await this.audience.of(manager, network, id, accounts);
    const viewers = new Map(audience.map((each) => [each.account, each]));
    if (viewers.size === 0) return { status: undefined, viewers };
    const [status] = await this.reader.read(manager, { network, account: null }, [id]);
    return { status, viewers };
  }
}

/** Whether a post is on a stream of what is public. */
function isOn({ stream, tag }: StreamName, { isPublic, hasMedia, tags }: Shown): boolean {
  if (!isPublic) return false;
  if (MEDIA.includes(stream)) return hasMedia;
  if (TAGGED.includes(stream)) return tags.includes(tag ?? '');
  return PUBLIC.includes(stream);
}

/** A post with what the viewer did with it, or with what it boosts. */
function markedBy(status: FullStatus, { favourited, reblogged, bookmarked }: Audience): FullStatus {
  const marks = { favourited, reblogged, bookmarked };
  if (status.reblog === null) return Object.assign({}, status, marks);
  return Object.assign({}, status, { reblog: Object.assign({}, status.reblog, marks) });
}
