import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { EventTail, type PublishedEvent } from '../../../core/events/index.js';
import { StreamAudience, type Told } from './stream-audience.js';
import type { Listener } from './streams.js';

/** Events that wait; what comes on top is not told, and clients read it when they look. */
const WAITING_MAX = 2_000;

/** Tells listeners of this process what happens on networks, whichever process made it happen. */
@Injectable()
export class StreamHub {
  private readonly listeners = new Set<Listener>();
  private stop: (() => void) | undefined;
  private waiting = 0;
  private work: Promise<void> = Promise.resolve();

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
    if (type === 'network.posted') await this.audience.posted(listeners, told);
    else if (type === 'network.deleted') await this.audience.deleted(listeners, told);
    else if (type === 'network.notified') await this.audience.notified(listeners, told);
  }
}
