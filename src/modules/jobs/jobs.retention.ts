import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import { RetentionService } from '../../core/retention/index.js';

const BATCH = 5_000;

/** Jobs that ended long ago and that nothing speaks of: those that made a run or a batch of drafts stay with it. */
@Injectable()
export class JobsRetention implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly retention: RetentionService,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'jobs',
      days: this.config.jobRetentionDays,
      run: (days, dryRun) => this.sweep(days, dryRun),
    });
  }

  private async sweep(days: number, dryRun: boolean): Promise<number> {
    const { manager } = this.dataSource;
    if (dryRun) return this.count(manager, days);
    let swept = 0;
    for (;;) {
      // A job may be free once the one that followed it is gone.
      const batch = await this.forget(manager, days, BATCH);
      swept += batch;
      if (batch === 0) return swept;
    }
  }

  /** How many jobs ended more than `days` ago and have no row that refers to them. */
  private async count(manager: EntityManager, days: number): Promise<number> {
    const condition = await forgettable(manager);
    const [row] = await manager.query<{ jobs: string }[]>(
      `SELECT count(*) AS jobs FROM jobs WHERE ${condition}`,
      [days],
    );
    return Number(row?.jobs);
  }

  /** Deletes up to `limit` of them, the oldest first. Returns how many. */
  private async forget(manager: EntityManager, days: number, limit: number): Promise<number> {
    const condition = await forgettable(manager);
    const [, count] = await manager.query<[unknown[], number]>(
      `DELETE FROM jobs WHERE id IN (
         SELECT id FROM jobs WHERE ${condition} ORDER BY finished_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [days, limit],
    );
    return count;
  }
}

/** The tables that refer to jobs belong to other modules: the database knows them. */
async function forgettable(manager: EntityManager): Promise<string> {
  const references = await manager.query<{ reference: string }[]>(
    `SELECT format('%s WHERE %I = jobs.id', conrelid::regclass, attname) AS reference
     FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
     WHERE contype = 'f' AND confrelid = 'jobs'::regclass AND conrelid <> confrelid ORDER BY 1`,
  );
  const unnamed = references.map(({ reference }) => ` AND NOT EXISTS (SELECT 1 FROM ${reference})`);
  return `status IN ('completed', 'failed', 'cancelled') AND finished_at < now() - make_interval(days => $1)
    AND NOT EXISTS (SELECT 1 FROM jobs AS later WHERE later.after_ids @> ARRAY[jobs.id] AND later.after_ids <> '{}')
    ${unnamed.join('')}`;
}
