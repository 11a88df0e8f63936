import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/index.js';
import { AfterCommit } from '../database/index.js';
import { QUEUE_BACKEND, type QueueBackend } from '../queue/index.js';
import { checkEvent, type DomainEvent } from './event-catalog.js';
import { EventLog, MOST_BATCHES } from './event-log.js';
import { EventTail, WAKE_TOPIC } from './event-tail.js';

const PUBLISH_MS = 1_000;
const SWEEP_MS = 3_600_000;
/** A second pass, for what was committed during the first, comes after so long. */
const GATHER_MS = 5;

/** The transactional outbox: events are rows of the transaction that causes them, and are published after its commit. */
@Injectable()
export class EventsService implements OnModuleInit, BeforeApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];
  private publishing: Promise<void> | undefined;
  private again = false;
  private closed = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    private readonly log: EventLog,
    private readonly tail: EventTail,
    private readonly afterCommit: AfterCommit,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(EventsService.name);
  }

  onModuleInit(): void {
    // Picks up what a crashed process had committed and not published.
    this.timers.push(setInterval(() => void this.publish(), PUBLISH_MS));
    this.timers.push(setInterval(() => void this.sweep(), SWEEP_MS).unref());
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.publish();
    // What comes later waits for the next start: the relay closes.
    this.closed = true;
    await this.publishing;
  }

  /** Writes events in the manager's transaction; they are published after its commit. */
  async emit(manager: EntityManager, ...events: DomainEvent[]): Promise<void> {
    if (events.length === 0) return;
    for (const event of events) checkEvent(event);
    await manager.query(
      `WITH batch AS (INSERT INTO event_batches (events) VALUES (cardinality($1::text[])) RETURNING id)
       INSERT INTO outbox (batch, n, topic, type, payload)
       SELECT batch.id, event.n, event.topic, event.type, event.payload
       FROM batch, unnest($1::text[], $2::text[], $3::jsonb[]) WITH ORDINALITY AS event(topic, type, payload, n)`,
      [
        events.map((event) => event.topic),
        events.map((event) => event.type),
        events.map((event) => JSON.stringify(event.payload)),
      ],
    );
    this.afterCommit.add(manager, () => void this.publish());
  }

  /** Publishes what is committed. Concurrent calls share one pass, and a late one causes another pass. */
  async publish(): Promise<void> {
    if (this.closed) return;
    this.again = true;
    this.publishing ??= this.drain().finally(() => {
      this.publishing = undefined;
    });
    return this.publishing;
  }

  private async drain(): Promise<void> {
    try {
      while (this.again && !this.closed) {
        this.again = false;
        for (let published = MOST_BATCHES; published === MOST_BATCHES;) {
          published = await this.log.publish();
          if (published === 0) break;
          this.tail.wake();
          await this.backend.relay.publish(WAKE_TOPIC, {});
        }
        // What comes at once goes out together.
        if (this.again) await sleep(GATHER_MS);
      }
    } catch (error) {
      this.logger.warn(
        { error: (error as Error).message },
        'events stay in the outbox; the next sweep tries again',
      );
    }
  }

  private async sweep(): Promise<void> {
    try {
      await this.log.sweep(this.config.eventRetentionDays);
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'old events stay for another hour');
    }
  }
}
