import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { RelaySubscription } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type EntityManager } from 'typeorm';
import { AfterCommit } from '../database/index.js';
import { QUEUE_BACKEND, type QueueBackend } from '../queue/index.js';

/** Something that happened; `topic` is a dotted path such as `jobs.<id>`, `type` says what, e.g. `job.progress`. */
export interface DomainEvent<Type extends string = string, Payload extends object = object> {
  topic: string;
  type: Type;
  payload: Payload;
}

/** An event as subscribers receive it. Delivery is at least once: `id` tells a repetition. */
export interface PublishedEvent<E extends DomainEvent = DomainEvent> {
  id: string;
  type: E['type'];
  payload: E['payload'];
  occurred_at: string;
}

interface OutboxRow {
  id: string;
  topic: string;
  type: string;
  payload: object;
  occurred_at: Date;
}

const BATCH = 200;
const SWEEP_MS = 1_000;

/** The transactional outbox: events are rows of the transaction that causes them and go out through BullMQ's Relay. */
@Injectable()
export class EventsService implements OnModuleInit, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private publishing: Promise<void> | undefined;
  private again = false;
  private closed = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    private readonly afterCommit: AfterCommit,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(EventsService.name);
  }

  onModuleInit(): void {
    // Picks up what a crashed process had committed and not sent.
    this.timer = setInterval(() => void this.publish(), SWEEP_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.publish();
    // What comes later stays in the outbox for the next start: the relay closes.
    this.closed = true;
    await this.publishing;
  }

  /** Writes events in the manager's transaction; they are published after its commit. */
  async emit(manager: EntityManager, ...events: DomainEvent[]): Promise<void> {
    await manager.query(
      `INSERT INTO outbox (topic, type, payload)
       SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[])`,
      [
        events.map((event) => event.topic),
        events.map((event) => event.type),
        events.map((event) => JSON.stringify(event.payload)),
      ],
    );
    this.afterCommit.add(manager, () => void this.publish());
  }

  /** Listens to a topic or a pattern (`jobs.*`), whichever process publishes. */
  subscribe<E extends DomainEvent>(
    topic: string,
    listener: (event: PublishedEvent<E>) => void,
  ): Promise<RelaySubscription> {
    return this.backend.relay.subscribe<PublishedEvent<E>>(topic, ({ data }) => listener(data));
  }

  /** Sends what the outbox holds. Concurrent calls share one pass, and a late one causes another pass. */
  async publish(): Promise<void> {
    if (this.closed) return;
    if (this.publishing) {
      this.again = true;
      return this.publishing;
    }
    this.publishing = this.drain().finally(() => {
      this.publishing = undefined;
    });
    return this.publishing;
  }

  private async drain(): Promise<void> {
    try {
      do {
        this.again = false;
        while (!this.closed && (await this.publishBatch()) === BATCH);
      } while (this.again && !this.closed);
    } catch (error) {
      this.logger.warn(
        { error: (error as Error).message },
        'events stay in the outbox; the next sweep tries again',
      );
    }
  }

  private publishBatch(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const rows = await manager.query<OutboxRow[]>(
        `SELECT id, topic, type, payload, occurred_at FROM outbox
         WHERE published_at IS NULL ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      );
      if (rows.length === 0) return 0;
      for (const { id, topic, type, payload, occurred_at } of rows) {
        await this.backend.relay.publish(topic, {
          id,
          type,
          payload,
          occurred_at: occurred_at.toISOString(),
        });
      }
      await manager.query('UPDATE outbox SET published_at = now() WHERE id = ANY($1::bigint[])', [
        rows.map((row) => row.id),
      ]);
      return rows.length;
    });
  }
}
