import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Failures older than this are forgotten, in days. */
export const FORGOTTEN_DAYS = 1;

@Injectable()
export class LoginFailuresRepository {
  /** Adds a failure. @returns how many in a row it makes */
  async count(manager: EntityManager, subject: string): Promise<number> {
    const [row] = await manager.query<{ failures: number }[]>(
      `INSERT INTO login_failures AS known (subject, failures, failed_at) VALUES ($1, 1, now())
       ON CONFLICT (subject) DO UPDATE SET failed_at = now(), failures =
         CASE WHEN known.failed_at < now() - make_interval(days => $2) THEN 1 ELSE known.failures + 1 END
       RETURNING failures`,
      [subject, FORGOTTEN_DAYS],
    );
    return row?.failures ?? 1;
  }

  async block(manager: EntityManager, subject: string, seconds: number): Promise<void> {
    await manager.query(
      'UPDATE login_failures SET blocked_until = now() + make_interval(secs => $2) WHERE subject = $1',
      [subject, seconds],
    );
  }

  async clear(manager: EntityManager, subjects: readonly string[]): Promise<void> {
    await manager.query('DELETE FROM login_failures WHERE subject = ANY($1)', [subjects]);
  }

  /** Deletes those that are older. @returns how many */
  async sweep(manager: EntityManager, days: number): Promise<number> {
    const [, count] = await manager.query<[unknown[], number]>(
      `DELETE FROM login_failures WHERE failed_at < now() - make_interval(days => $1)`,
      [days],
    );
    return count;
  }

  /** How many {@link sweep} would delete. */
  async countOld(manager: EntityManager, days: number): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM login_failures WHERE failed_at < now() - make_interval(days => $1)`,
      [days],
    );
    return row?.count ?? 0;
  }
}
