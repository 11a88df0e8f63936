import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { RetentionService } from '../../../core/retention/index.js';
import { WorkflowsRepository } from './workflows.repository.js';

/** Finished workflows are kept as long as jobs are. */
@Injectable()
export class WorkflowsRetention implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: WorkflowsRepository,
    private readonly retention: RetentionService,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'workflows',
      days: this.config.jobRetentionDays,
      run: (days, dryRun) => this.repository.deleteFinished(this.dataSource.manager, days, dryRun),
    });
  }
}
