import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import type { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { QUEUES } from '../../core/config/index.js';
import { Metrics } from '../../core/metrics/index.js';
import { readSystemState, type SystemState } from './system-state.js';

/** Scrapes that come faster than this see the same state of the database. */
const CACHE_MS = 1_000;
/** A scrape waits no longer for the database; without an answer it goes without its part. */
const PATIENCE_MS = 2_000;

/** Answers what is measured, with what the database and its pool have to say at that moment. */
@Injectable()
export class MetricsService {
  private readonly up: Gauge;
  private readonly jobs: Gauge<'queue' | 'status'>;
  private readonly workers: Gauge;
  private readonly unpublished: Gauge;
  private readonly lag: Gauge;
  private readonly waitingReviews: Gauge;
  private readonly overdueReviews: Gauge;
  private readonly pool: Gauge<'state'>;
  private asking: Promise<void> | undefined;
  private askedAt = -Infinity;

  constructor(
    private readonly metrics: Metrics,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {
    this.up = metrics.gauge({ name: 'database_up', help: 'Whether the database answered this scrape.' });
    this.jobs = metrics.gauge({
      name: 'jobs',
      help: 'Jobs that are not finished.',
      labels: ['queue', 'status'],
    });
    this.workers = metrics.gauge({ name: 'workers', help: 'Worker processes that live.' });
    this.unpublished = metrics.gauge({
      name: 'outbox_unpublished_events',
      help: 'Events that were not published yet.',
    });
    this.lag = metrics.gauge({
      name: 'outbox_lag_seconds',
      help: 'Age of the oldest event that was not published yet.',
    });
    this.waitingReviews = metrics.gauge({
      name: 'reviews_waiting',
      help: 'Decisions of the guard that wait for people.',
    });
    this.overdueReviews = metrics.gauge({
      name: 'reviews_overdue',
      help: 'Decisions that people should have been through by now.',
    });
    this.pool = metrics.gauge({
      name: 'database_pool_connections',
      help: 'Connections of this process by state; waiting: callers that got none yet.',
      labels: ['state'],
    });
  }

  get contentType(): string {
    return this.metrics.registry.contentType;
  }

  /** Everything, as Prometheus reads it. */
  async text(): Promise<string> {
    this.observePool();
    await this.observeDatabase();
    return this.metrics.registry.metrics();
  }

  private observePool(): void {
    const { totalCount, idleCount, waitingCount } = (this.dataSource.driver as unknown as { master: Pool })
      .master;
    this.pool.set({ state: 'active' }, totalCount - idleCount);
    this.pool.set({ state: 'idle' }, idleCount);
    this.pool.set({ state: 'waiting' }, waitingCount);
  }

  private async observeDatabase(): Promise<void> {
    if (performance.now() - this.askedAt > CACHE_MS) {
      // A database that is stuck is asked once, and not once a scrape.
      this.asking ??= this.ask().finally(() => {
        this.asking = undefined;
        this.askedAt = performance.now();
      });
    }
    if (this.asking === undefined) return;
    const answered = this.asking.then(() => true);
    const inTime = await Promise.race([answered, setTimeout(PATIENCE_MS, false, { ref: false })]);
    if (!inTime) this.forget();
  }

  private async ask(): Promise<void> {
    try {
      this.show(await readSystemState((sql, parameters) => this.dataSource.query(sql, parameters)));
      this.up.set(1);
    } catch {
      this.forget();
    }
  }

  private show({ jobs, workers, outbox, reviews }: SystemState): void {
    for (const queue of QUEUES)
      for (const status of ['queued', 'running']) this.jobs.set({ queue, status }, 0);
    for (const { queue, status, count } of jobs) this.jobs.set({ queue, status }, count);
    this.workers.set(workers);
    this.unpublished.set(outbox.unpublished);
    this.lag.set(outbox.lagSeconds);
    this.waitingReviews.set(reviews.waiting);
    this.overdueReviews.set(reviews.overdue);
  }

  /** An old number would look like a true one. */
  private forget(): void {
    this.up.set(0);
    this.jobs.reset();
    const { workers, unpublished, lag, waitingReviews, overdueReviews } = this;
    for (const gauge of [workers, unpublished, lag, waitingReviews, overdueReviews]) gauge.remove();
  }
}
