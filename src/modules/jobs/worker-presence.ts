import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import pg from 'pg';
import {
  DATABASE_TARGET,
  poolConfig,
  WORKER_CONNECTION,
  type DatabaseTarget,
} from '../../core/database/index.js';

const RETRY_MS = 500;

/**
 * Shows that this process lives: a connection of its own holds an advisory lock, which PostgreSQL frees the moment the
 * process dies, whatever killed it. No clock is involved.
 */
@Injectable()
export class WorkerPresence {
  /** The key of the lock, a positive 62-bit integer. */
  readonly key = String((BigInt(randomInt(1, 2 ** 30)) << 32n) | BigInt(randomInt(1, 2 ** 32)));
  private client: pg.Client | undefined;
  private leaving = false;

  constructor(
    @Inject(DATABASE_TARGET) private readonly target: DatabaseTarget,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(WorkerPresence.name);
  }

  /** Resolves once the lock is held. Must come before the first claim. */
  async arrive(): Promise<void> {
    const client = new pg.Client({
      ...poolConfig(this.target.application),
      application_name: WORKER_CONNECTION,
    });
    client.on('error', (error) => {
      if (this.leaving || this.client !== client) return;
      this.logger.error(
        { error: error.message },
        'lost the presence connection; running jobs may be given to another worker',
      );
      this.client = undefined;
      this.comeBack();
    });
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [this.key]);
    this.client = client;
  }

  async leave(): Promise<void> {
    this.leaving = true;
    await this.client?.end();
  }

  private comeBack(): void {
    setTimeout(() => {
      if (this.leaving) return;
      this.arrive().catch(() => this.comeBack());
    }, RETRY_MS);
  }
}
