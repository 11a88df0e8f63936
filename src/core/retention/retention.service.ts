import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { SWEEP_LOCK } from '../database/index.js';
import { AppError } from '../errors/index.js';

/** Rows that are not kept for ever. */
export interface Sweep {
  /** What they are: `jobs`. */
  name: string;
  /** How long they are kept; 0: for ever. */
  days: number;
  /**
   * Deletes those that are older, in transactions of its own.
   * @param dryRun whether to count them instead
   * @returns how many
   */
  run: (days: number, dryRun: boolean) => Promise<number>;
}

/** What a sweep found. */
export interface Swept {
  name: string;
  days: number;
  rows: number;
}

export class SweepRunningError extends AppError {
  constructor() {
    super('conflict', 'sweep_running', 'another process sweeps this database; try again when it is done');
  }
}

/** Deletes rows that have served their time. What a feature does not register here is kept for ever. */
@Injectable()
export class RetentionService {
  private readonly sweeps: Sweep[] = [];

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Adds a sweep; call it while the application starts. */
  register(sweep: Sweep): void {
    this.sweeps.push(sweep);
  }

  /**
   * Runs every sweep, one process at a time.
   * @throws SweepRunningError
   */
  async sweep(dryRun = false): Promise<Swept[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const [lock] = await runner.manager.query<{ taken: boolean }[]>(
        'SELECT pg_try_advisory_lock($1) AS taken',
        [SWEEP_LOCK],
      );
      if (lock?.taken !== true) throw new SweepRunningError();
      try {
        return await this.all(dryRun);
      } finally {
        await runner.query('SELECT pg_advisory_unlock($1)', [SWEEP_LOCK]);
      }
    } finally {
      await runner.release();
    }
  }

  private async all(dryRun: boolean): Promise<Swept[]> {
    const swept: Swept[] = [];
    for (const { name, days, run } of this.sweeps.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      swept.push({ name, days, rows: days === 0 ? 0 : await run(days, dryRun) });
    }
    return swept;
  }
}
