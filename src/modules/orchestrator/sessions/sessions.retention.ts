import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { RetentionService } from '../../../core/retention/index.js';
import { SessionPlansRepository } from './session-plans.repository.js';

/** Plans that are over are kept as long as jobs are, with their sessions and what was seen and done in them. */
@Injectable()
export class SessionsRetention implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: SessionPlansRepository,
    private readonly retention: RetentionService,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'session_plans',
      days: this.config.jobRetentionDays,
      run: (days, dryRun) => this.repository.deleteFinished(this.dataSource.manager, days, dryRun),
    });
  }
}
