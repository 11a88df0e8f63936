import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { RetentionService } from '../../../core/retention/index.js';
import { ApiKeysRepository } from '../keys/api-keys.repository.js';
import { FORGOTTEN_DAYS, LoginFailuresRepository } from '../login/login-failures.repository.js';
import { SessionsRepository } from './sessions.repository.js';

/** Days that one who asks who was logged in still finds a session that has ended. */
const ENDED_DAYS = 30;

/** Days that a key which holds no more is still listed; its name, and who made it for whom, stay in the audit. */
const KEYS_ENDED_DAYS = 90;

/** What can be swept. */
interface Sweepable {
  sweep(manager: EntityManager, days: number): Promise<number>;
  countOld(manager: EntityManager, days: number): Promise<number>;
}

/** Sessions and keys that ended long ago, and failed log-ins that count no more. */
@Injectable()
export class LoginsRetention implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly retention: RetentionService,
    private readonly sessions: SessionsRepository,
    private readonly failures: LoginFailuresRepository,
    private readonly keys: ApiKeysRepository,
  ) {}

  onModuleInit(): void {
    this.register('login_failures', FORGOTTEN_DAYS, this.failures);
    this.register('sessions', ENDED_DAYS, this.sessions);
    this.register('api_keys', KEYS_ENDED_DAYS, this.keys);
  }

  private register(name: string, days: number, rows: Sweepable): void {
    const { manager } = this.dataSource;
    this.retention.register({
      name,
      days,
      run: (old, dryRun) => (dryRun ? rows.countOld(manager, old) : rows.sweep(manager, old)),
    });
  }
}
