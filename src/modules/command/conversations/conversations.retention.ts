import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { RetentionService } from '../../../core/retention/index.js';
import { ConversationsRepository } from './conversations.repository.js';

/** Days that a conversation is kept in which nobody says anything; what it changed stays in the audit. */
const SILENT_DAYS = 30;

@Injectable()
export class ConversationsRetention implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly retention: RetentionService,
    private readonly repository: ConversationsRepository,
  ) {}

  onModuleInit(): void {
    const { manager } = this.dataSource;
    this.retention.register({
      name: 'conversations',
      days: SILENT_DAYS,
      run: (days, dryRun) =>
        dryRun ? this.repository.countOld(manager, days) : this.repository.sweep(manager, days),
    });
  }
}
