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

/** How many events one call publishes at most. */
export const PUBLISH_BATCH = 500;
/** After so long between two statements, a process that publishes is not waited for. */
const STOPPED_SECONDS = 10;
const SWEEP_BATCH = 10_000;

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
      `SELECT position, topic, type, payload, occurred_at FROM outbox
       WHERE position > $1 AND (topic = ANY($2::text[]) OR topic LIKE ANY($3::text[]))
       ORDER BY position LIMIT $4`,
      [position.toString(), exact, patterns, limit],
    );
    return rows.map((row) => ({ synthetic: true, ...row, occurred_at: row.occurred_at.toISOString() }));
  }

  /**
   * Gives positions to what is committed and has none. The row of the log is the lock: one process at a time, and a batch's
   * positions are visible together.
   * @returns how many events were published; fewer than a batch: that was all
   */
  async publish(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      // A process that is stopped here loses its session, and the lock with it.
      await manager.query(
        `SET LOCAL idle_in_transaction_session_timeout = '${STOPPED_SECONDS}s'; SELECT head FROM event_log FOR UPDATE`,
      );
      const [rows] = await manager.query<[{ published: string }[], number]>(
        `WITH moved AS (
           UPDATE outbox SET published_at = now(), position = event_log.head + numbered.n
           FROM event_log, (
             SELECT id, row_number() OVER (ORDER BY id) AS n
             FROM (SELECT id FROM outbox WHERE position IS NULL ORDER BY id LIMIT ${PUBLISH_BATCH}) AS next
           ) AS numbered
           WHERE outbox.id = numbered.id RETURNING 1
         ), counted AS (SELECT count(*) AS published FROM moved)
         UPDATE event_log SET head = head + published FROM counted WHERE published > 0 RETURNING published`,
      );
      return Number(rows[0]?.published ?? 0);
    });
  }

  /**
   * Deletes events that were published longer ago than they are kept.
   * @returns how many
   */
  async sweep(days: number): Promise<number> {
    let swept = 0;
    for (;;) {
      const batch = await this.dataSource.transaction(async (manager) => {
        const [rows] = await manager.query<[{ position: string }[], number]>(
          `DELETE FROM outbox WHERE position IN (
             SELECT position FROM outbox
             WHERE position IS NOT NULL AND published_at < now() - make_interval(days => $1)
             ORDER BY position LIMIT ${SWEEP_BATCH}
           ) RETURNING position`,
          [days],
        );
        const last = rows.reduce((max, row) => (BigInt(row.position) > max ? BigInt(row.position) : max), 0n);
        if (rows.length > 0) {
          await manager.query('UPDATE event_log SET swept_through = greatest(swept_through, $1)', [
            last.toString(),
          ]);
        }
        return rows.length;
      });
      swept += batch;
      if (batch < SWEEP_BATCH) return swept;
    }
  }
}
