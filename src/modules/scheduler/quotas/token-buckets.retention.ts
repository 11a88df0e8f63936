import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { RetentionService } from '../../../core/retention/index.js';

const DAYS = 1;

/** A bucket that has been full for a day says nothing: one that is missing is full. */
@Injectable()
export class TokenBucketsRetention implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly retention: RetentionService,
  ) {}

  onModuleInit(): void {
    this.retention.register({ name: 'token_buckets', days: DAYS, run: (days, dry) => this.sweep(days, dry) });
  }

  private async sweep(days: number, dryRun: boolean): Promise<number> {
    const which = 'full_at < extract(epoch FROM now() - make_interval(days => $1)) * 1000';
    if (!dryRun) {
      const [, count] = await this.dataSource.query<[unknown[], number]>(
        `DELETE FROM token_buckets WHERE key IN (
           SELECT key FROM token_buckets WHERE ${which} ORDER BY key FOR UPDATE SKIP LOCKED)`,
        [days],
      );
      return count;
    }
    const [row] = await this.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM token_buckets WHERE ${which}`,
      [days],
    );
    return row?.n ?? 0;
  }
}
