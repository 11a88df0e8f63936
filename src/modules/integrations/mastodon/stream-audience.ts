import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { NotificationsRepository } from '../network/notifications.repository.js';
import { RelationsRepository } from '../network/relations.repository.js';
import { StatusReader } from '../network/status-reader.js';
import { TimelinesRepository } from '../network/timelines.repository.js';
import { NotificationReader } from './notification-reader.js';
import { statusJson } from './render.js';
import { MEDIA, PUBLIC, SILENT, TAGGED, USER, type Listener, type StreamName } from './streams.js';

/** What an event of a network says. */
export interface Told {
  network: string;
  status_id?: string;
  account_id: string;
  notification_id?: string;
  public?: boolean;
}

/** Finds out which listeners an event concerns, by the queries that make their timelines, and tells them. */
@Injectable()
export class StreamAudience {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly timelines: TimelinesRepository,
    private readonly reader: StatusReader,
    private readonly relations: RelationsRepository,
    private readonly notifications: NotificationsRepository,
    private readonly notificationReader: NotificationReader,
  ) {}

  /** Tells of a post or a boost. */
  async posted(listeners: readonly Listener[], { status_id: id = '' }: Told): Promise<void> {
    const { manager } = this.dataSource;
    // The post alone, as a page of each list would have it.
    const alone = { since: String(BigInt(id) - 1n), max: String(BigInt(id) + 1n), limit: 1 };
    for (const listener of listeners) {
      const { viewer, streams } = listener;
      const keys: StreamName[] = [];
      const wants = (names: readonly string[]): StreamName[] =>
        [...streams.values()].filter(({ stream }) => names.includes(stream));
      const add = async (names: readonly string[], find: () => Promise<string[]>): Promise<void> => {
        const wanted = wants(names);
        if (wanted.length > 0 && (await find()).length > 0) keys.push(...wanted);
      };
      await add(['user'], async () =>
        viewer.account === null ? [] : this.timelines.home(manager, viewer, alone),
      );
      await add(PUBLIC, () => this.timelines.public(manager, viewer, false, alone));
      await add(MEDIA, () => this.timelines.public(manager, viewer, true, alone));
      for (const stream of wants(TAGGED)) {
        const tag = stream.tag ?? '';
        if ((await this.timelines.tagged(manager, viewer, [tag], alone)).length > 0) keys.push(stream);
      }
      if (keys.length === 0) continue;
      const [status] = await this.reader.visible(manager, viewer, [id]);
      if (status === undefined) continue;
      const payload = JSON.stringify(statusJson(status, listener.places));
      for (const stream of keys) listener.send(stream, 'update', payload);
    }
  }

  /** Tells that a post or a boost is gone. */
  async deleted(listeners: readonly Listener[], told: Told): Promise<void> {
    const { status_id: id = '', account_id: author } = told;
    const [first] = listeners;
    if (first === undefined) return;
    const followers = await this.relations.followersAmong(
      this.dataSource.manager,
      first.network.id,
      author,
      listeners.flatMap(({ viewer }) => viewer.account ?? []),
    );
    for (const { viewer, streams, send } of listeners) {
      const mine = viewer.account === author || followers.has(viewer.account ?? '');
      for (const stream of streams.values()) {
        const isUser = stream.stream === 'user';
        if (isUser ? mine : told.public === true && !SILENT.includes(stream.stream))
          send(stream, 'delete', id);
      }
    }
  }

  /** Tells an account what it was told. */
  async notified(listeners: readonly Listener[], told: Told): Promise<void> {
    for (const { network, viewer, places, streams, send } of listeners) {
      if (viewer.account !== told.account_id) continue;
      const wanted = [...streams.values()].filter(({ stream }) => USER.includes(stream));
      if (wanted.length === 0) continue;
      const { manager } = this.dataSource;
      const found = await this.notifications.byId(manager, network.id, told.notification_id ?? '');
      const [shown] = found === undefined ? [] : await this.notificationReader.shown(viewer, [found], places);
      if (shown === undefined) continue;
      for (const stream of wanted) send(stream, 'notification', JSON.stringify(shown));
    }
  }
}
