import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';

const NAME = 'system';
const LEASE_SECONDS = 6;

/** The right to heal workers and queues, which one process has at a time. */
@Injectable()
export class HealingLease {
  private readonly holder = randomUUID();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Takes or renews it. @returns whether it is held */
  async take(): Promise<boolean> {
    const rows = await this.dataSource.query<object[]>(
      `INSERT INTO healing_leases (name, holder, expires_at) VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
       WHERE healing_leases.holder = excluded.holder OR healing_leases.expires_at < clock_timestamp() RETURNING holder`,
      [NAME, this.holder, LEASE_SECONDS],
    );
    return rows.length > 0;
  }

  /** Keeps it until the transaction ends. @throws Error when another process has it: what was to be done is not done */
  async guard(manager: EntityManager): Promise<void> {
    const rows = await manager.query<object[]>(
      'SELECT 1 FROM healing_leases WHERE name = $1 AND holder = $2 AND expires_at > clock_timestamp() FOR SHARE',
      [NAME, this.holder],
    );
    if (rows.length === 0) throw new Error('another process heals workers and queues by now');
  }

  async release(): Promise<void> {
    await this.dataSource.query('DELETE FROM healing_leases WHERE name = $1 AND holder = $2', [
      NAME,
      this.holder,
    ]);
  }
}
