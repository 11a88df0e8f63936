import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AppError } from '../errors/index.js';
import type { DomainEvent } from './event-catalog.js';
import type { TopicFilter } from './topics.js';

/** A published event, as the log keeps it. */
export interface PublishedEvent extends DomainEvent {
  synthetic: true;
  /** Its place among all events, as text since it may be long. */
  position: string;
  occurred_at: string;
}

/** The events after a position are not all kept any more. */
export class PositionGoneError extends AppError {
  constructor(after: bigint, sweptThrough: bigint) {
    super(
      'gone',
      'position_gone',
      `events up to position ${sweptThrough} are no longer kept; read the resources anew and go on after ` +
        `${sweptThrough}, not ${after}`,
    );
  }
}

/** There is no event with the position: it was another history. */
export class PositionAheadError extends AppError {
  constructor(after: bigint, head: bigint) {
    super(
      'gone',
      'position_ahead',
      `the newest event has the position ${head}, not ${after}; read the resources anew and go on after ${head}`,
    );
  }
}

interface Row extends Omit<PublishedEvent, 'occurred_at' | 'synthetic'> {
  occurred_at: Date;
}

/** How many batches of events one call publishes at most. */
export const MOST_BATCHES = 500;
/** After so long between two statements, a process that publishes is not waited for. */
const STOPPED_SECONDS = 10;
/** So many events are deleted at once, and the rest of their last batch. */
const SWEPT_AT_ONCE = 10_000;

/** The events that were published, in the order of their positions. All of the outbox's SQL. */
@Injectable()
export class EventLog {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The position of the newest published event; 0 when there is none. */
  async head(): Promise<bigint> {
    const [row] = await this.dataSource.query<{ head: string }[]>('SELECT head FROM event_log');
    return BigInt(row?.head ?? 0);
  }

  /**
   * @throws PositionGoneError when events after the position were swept; PositionAheadError when there is none at it yet, as
   *   after a restore of an older backup
   */
  async requireKept(after: bigint): Promise<void> {
    const [row] = await this.dataSource.query<{ head: string; swept_through: string }[]>(
      'SELECT head, swept_through FROM event_log',
    );
    const [head, swept] = [BigInt(row?.head ?? 0), BigInt(row?.swept_through ?? 0)];
    if (after < swept) throw new PositionGoneError(after, swept);
    if (after > head) throw new PositionAheadError(after, head);
  }

  /** The next events after a position, at most `limit`; all topics without a filter. */
  async after(position: bigint, filter: TopicFilter | undefined, limit: number): Promise<PublishedEvent[]> {
    const [exact, patterns] = filter?.sql ?? [[], ['%']];
    const rows = await this.dataSource.query<Row[]>(
      `SELECT batch.position - batch.events + event.n AS position, topic, type, payload, occurred_at
       FROM event_batches AS batch
       CROSS JOIN LATERAL (
         SELECT * FROM outbox
         WHERE outbox.batch = batch.id AND n > $1 - batch.position + batch.events
           AND (topic = ANY($2::text[]) OR topic LIKE ANY($3::text[]))
         ORDER BY n LIMIT $4
       ) AS event
       WHERE batch.position > $1
       ORDER BY batch.position, event.n LIMIT $4`,
      [position.toString(), exact, patterns, limit],
    );
    return rows.map((row) => ({ synthetic: true, ...row, occurred_at: row.occurred_at.toISOString() }));
  }

  /**
   * Gives positions to what is committed and has none. The row of the log is the lock: one process at a time, and the positions of
   * all these batches are visible together.
   * @returns how many batches were published; fewer than at most: that was all
   */
  async publish(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      // A process that is stopped here loses its session, and the lock with it.
      await manager.query(
        `SET LOCAL idle_in_transaction_session_timeout = '${STOPPED_SECONDS}s'; SELECT head FROM event_log FOR UPDATE`,
      );
      const [rows] = await manager.query<[{ batches: string }[], number]>(
        `WITH placed AS (
           UPDATE event_batches AS batch SET published_at = now(), position = event_log.head + next.last
           FROM event_log, (
             SELECT id, sum(events) OVER (ORDER BY id) AS last
             FROM (SELECT id, events FROM event_batches WHERE position IS NULL ORDER BY id LIMIT ${MOST_BATCHES}) AS oldest
           ) AS next
           WHERE batch.id = next.id RETURNING batch.events
         ), counted AS (SELECT count(*) AS batches, sum(events) AS events FROM placed)
         UPDATE event_log SET head = head + events FROM counted WHERE batches > 0 RETURNING batches`,
      );
      return Number(rows[0]?.batches ?? 0);
    });
  }

  /**
   * Deletes events that were published longer ago than they are kept, in whole batches.
   * @returns how many
   */
  async sweep(days: number): Promise<number> {
    let swept = 0;
    for (;;) {
      const events = await this.dataSource.transaction(async (manager) => {
        const [rows] = await manager.query<[{ events: string }[], number]>(
          `WITH gone AS (
             DELETE FROM event_batches WHERE id IN (
               SELECT id FROM (
                 SELECT id, sum(events) OVER (ORDER BY position) - events AS before
                 FROM (SELECT id, events, position FROM event_batches
                       WHERE position IS NOT NULL AND published_at < now() - make_interval(days => $1)
                       ORDER BY position LIMIT ${SWEPT_AT_ONCE}) AS oldest
               ) AS counted WHERE before < ${SWEPT_AT_ONCE}
             ) RETURNING id, events, position
           ), emptied AS (DELETE FROM outbox USING gone WHERE outbox.batch = gone.id),
           counted AS (SELECT sum(events) AS events, max(position) AS last FROM gone)
           UPDATE event_log SET swept_through = greatest(swept_through, last) FROM counted WHERE events > 0 RETURNING events`,
          [days],
        );
        return Number(rows[0]?.events ?? 0);
      });
      swept += events;
      if (events < SWEPT_AT_ONCE) return swept;
    }
  }
}
