import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { EventTail, type PublishedEvent } from '../../../core/events/index.js';
import { StreamAudience, type Told } from './stream-audience.js';
import type { Listener } from './streams.js';

/** Events that wait; what comes on top is not told, and clients read it when they look. */
const WAITING_MAX = 2_000;
/** Notifications that are told together. */
const TOGETHER_MAX = 500;

/** Tells listeners of this process what happens on networks, whichever process made it happen. */
@Injectable()
export class StreamHub {
  private readonly listeners = new Set<Listener>();
  private readonly waiting: PublishedEvent[] = [];
  /** Begun by the first listener, and waited for by those that come meanwhile: the tail is heard once. */
  private hearing: Promise<{ stop: () => void }> | undefined;
  private work: Promise<void> | undefined;

  constructor(
    private readonly tail: EventTail,
    private readonly audience: StreamAudience,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(StreamHub.name);
  }

  /** @returns ends the listening */
  async add(listener: Listener): Promise<() => void> {
    this.listeners.add(listener);
    this.hearing ??= this.tail.listen((event) => this.hear(event));
    try {
      await this.hearing;
    } catch (error) {
      this.hearing = undefined;
      this.listeners.delete(listener);
      throw error;
    }
    return () => {
      this.listeners.delete(listener);
    };
  }

  async close(): Promise<void> {
    const hearing = await this.hearing?.catch(() => undefined);
    hearing?.stop();
    this.listeners.clear();
    this.waiting.length = 0;
    await this.work;
  }

  private hear(event: PublishedEvent): void {
    if (!event.type.startsWith('network.') || this.listeners.size === 0) return;
    if (this.waiting.length >= WAITING_MAX) return;
    this.waiting.push(event);
    this.work ??= this.drain().finally(() => {
      this.work = undefined;
    });
  }

  private async drain(): Promise<void> {
    for (let next = this.next(); next.length > 0; next = this.next()) {
      try {
        await this.tell(next);
      } catch (error) {
        this.logger.warn({ err: error }, 'an event was not streamed');
      }
    }
  }

  /** The next event; of notifications all that stand together, as those of one post do. */
  private next(): PublishedEvent[] {
    const [first] = this.waiting;
    if (first === undefined) return [];
    const isOther = (event: PublishedEvent): boolean =>
      event.type !== 'network.notified' || event.topic !== first.topic;
    const end = isOther(first) ? 1 : this.waiting.slice(0, TOGETHER_MAX).findIndex(isOther);
    return this.waiting.splice(0, end === -1 ? TOGETHER_MAX : end);
  }

  private async tell(events: readonly PublishedEvent[]): Promise<void> {
    const told = events.map(({ payload }) => payload as Told);
    const [event, about] = [events[0], told[0]];
    if (event === undefined || about === undefined) return;
    const on = [...this.listeners].filter(({ network }) => network.name === about.network);
    if (event.type === 'network.notified') {
      const accounts = new Set(on.map(({ viewer }) => viewer.account));
      const heard = told.filter(({ account_id }) => accounts.has(account_id));
      const named = new Set(heard.map(({ account_id }) => account_id));
      const listeners = await this.audience.holding(on.filter(({ viewer }) => named.has(viewer.account)));
      await this.audience.notified(listeners, heard);
      return;
    }
    const listeners = await this.audience.holding(on);
    if (event.type === 'network.posted') await this.audience.posted(listeners, about);
    else if (event.type === 'network.deleted') await this.audience.deleted(listeners, about);
  }
}
