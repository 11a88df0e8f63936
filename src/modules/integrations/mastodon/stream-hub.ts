import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { EventTail, type PublishedEvent } from '../../../core/events/index.js';
import type { Network } from '../network/network.entity.js';
import { NotificationsRepository } from '../network/notifications.repository.js';
import { RelationsRepository } from '../network/relations.repository.js';
import { StatusReader } from '../network/status-reader.js';
import { TimelinesRepository, type Viewer } from '../network/timelines.repository.js';
import { NotificationReader } from './notification-reader.js';
import { statusJson } from './render.js';
import type { Places } from '../network/places.js';

/** A stream as clients name it, with the hashtag of one that has one. */
export interface StreamName {
  stream: string;
  tag?: string;
}

/** Somebody who listens. */
export interface Listener {
  network: Network;
  viewer: Viewer;
  places: Places;
  /** What it listens to now, by {@link keyOf}. */
  streams: ReadonlyMap<string, StreamName>;
  /** @param payload JSON, or an id */
  send: (stream: StreamName, event: string, payload: string) => void;
}

const PUBLIC = ['public', 'public:local'];
const USER = ['user', 'user:notification'];
/** Streams with posts of others than this network, which there are none of. */
const REMOTE = ['public:remote', 'public:remote:media'];
const MEDIA = ['public:media', 'public:local:media'];
const TAGGED = ['hashtag', 'hashtag:local'];
/** There are no lists and no conversations; who listens to them hears nothing. */
const SILENT = ['list', 'direct'];
export const STREAMS: readonly string[] = [...USER, ...PUBLIC, ...MEDIA, ...REMOTE, ...TAGGED, ...SILENT];
/** Events that wait; what comes on top is not told, and clients read it when they look. */
const WAITING_MAX = 2_000;

interface Told {
  network: string;
  status_id?: string;
  account_id: string;
  notification_id?: string;
  public?: boolean;
}

/** Tells listeners of this process what happens on networks, whichever process made it happen. */
@Injectable()
export class StreamHub {
  private readonly listeners = new Set<Listener>();
  private stop: (() => void) | undefined;
  private waiting = 0;
  private work: Promise<void> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly tail: EventTail,
    private readonly timelines: TimelinesRepository,
    private readonly reader: StatusReader,
    private readonly relations: RelationsRepository,
    private readonly notifications: NotificationsRepository,
    private readonly notificationReader: NotificationReader,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(StreamHub.name);
  }

  /** @returns ends the listening */
  async add(listener: Listener): Promise<() => void> {
    this.listeners.add(listener);
    if (this.stop === undefined) {
      const { stop } = await this.tail.listen((event) => this.hear(event));
      this.stop = stop;
    }
    return () => {
      this.listeners.delete(listener);
    };
  }

  async close(): Promise<void> {
    this.stop?.();
    this.listeners.clear();
    await this.work;
  }

  private hear(event: PublishedEvent): void {
    if (!event.type.startsWith('network.') || this.listeners.size === 0) return;
    if (this.waiting >= WAITING_MAX) return;
    this.waiting += 1;
    this.work = this.work
      .then(() => this.tell(event.type, event.payload as Told))
      .catch((error: unknown) => this.logger.warn({ err: error }, 'an event was not streamed'))
      .finally(() => {
        this.waiting -= 1;
      });
  }

  private async tell(type: string, told: Told): Promise<void> {
    const listeners = [...this.listeners].filter(({ network }) => network.name === told.network);
    if (listeners.length === 0) return;
    if (type === 'network.posted') await this.posted(listeners, told);
    else if (type === 'network.deleted') await this.deleted(listeners, told);
    else if (type === 'network.notified') await this.notified(listeners, told);
  }

  private async posted(listeners: readonly Listener[], { status_id: id = '' }: Told): Promise<void> {
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

  private async deleted(listeners: readonly Listener[], told: Told): Promise<void> {
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

  private async notified(listeners: readonly Listener[], told: Told): Promise<void> {
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

/** A stream by its name and hashtag. */
export function keyOf({ stream, tag }: StreamName): string {
  return `${stream} ${tag ?? ''}`;
}
