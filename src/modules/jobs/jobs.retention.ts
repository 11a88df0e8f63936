import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import { RetentionService } from '../../core/retention/index.js';
import { JobsRepository } from './jobs.repository.js';

const BATCH = 5_000;

/** Jobs that ended long ago and that nothing speaks of: those that made a run or a batch of drafts stay with it. */
@Injectable()
export class JobsRetention implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly retention: RetentionService,
    private readonly repository: JobsRepository,
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
    if (dryRun) return this.repository.countForgettable(manager, days);
    let swept = 0;
    for (;;) {
      // A job may be free once the one that followed it is gone.
      const batch = await this.repository.forget(manager, days, BATCH);
      swept += batch;
      if (batch === 0) return swept;
    }
  }
}
