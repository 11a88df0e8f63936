import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { RelaySubscription } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { QUEUE_BACKEND, type QueueBackend } from '../queue/index.js';
import { EventLog, type PublishedEvent } from './event-log.js';

/** What a process that published tells the others: there is something to read. */
export const WAKE_TOPIC = 'event_log';

const PAGE = 1_000;
const POLL_MS = 1_000;

type Listener = (event: PublishedEvent) => void;

/**
 * Reads the log as it grows, once for all listeners of the process, and calls them in the order of positions. It begins with
 * the first listener. A wake-up that is lost costs a second: the log itself is what counts.
 */
@Injectable()
export class EventTail implements BeforeApplicationShutdown {
  private readonly listeners = new Set<Listener>();
  private started: Promise<void> | undefined;
  private position = 0n;
  private timer: NodeJS.Timeout | undefined;
  private subscription: RelaySubscription | undefined;
  private reading: Promise<void> | undefined;
  private again = false;
  private closed = false;

  constructor(
    private readonly log: EventLog,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(EventTail.name);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.started?.catch(() => undefined);
    await this.subscription?.unsubscribe();
    await this.reading;
  }

  /**
   * Calls `listener` with every event after the returned position, until `stop` is called.
   * @returns the position that the listener begins after
   */
  async listen(listener: Listener): Promise<{ from: bigint; stop: () => void }> {
    this.started ??= this.start();
    try {
      await this.started;
    } catch (error) {
      this.started = undefined;
      throw error;
    }
    this.listeners.add(listener);
    return { from: this.position, stop: () => void this.listeners.delete(listener) };
  }

  /** Reads what is new. Concurrent calls share one pass, and a late one causes another. */
  wake(): void {
    if (this.started === undefined || this.closed) return;
    this.again = true;
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
  }

  private async start(): Promise<void> {
    this.subscription = await this.backend.relay.subscribe(WAKE_TOPIC, () => this.wake());
    this.position = await this.log.head();
    this.timer = setInterval(() => this.wake(), POLL_MS);
  }

  private async read(): Promise<void> {
    try {
      while (this.again && !this.closed) {
        this.again = false;
        for (let full = true; full && !this.closed;) {
          const events = await this.log.after(this.position, undefined, PAGE);
          for (const event of events) this.tell(event);
          full = events.length === PAGE;
        }
      }
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'events wait for the next look at the log');
    }
  }

  private tell(event: PublishedEvent): void {
    this.position = BigInt(event.position);
    for (const listener of this.listeners) listener(event);
  }
}
