import { Injectable } from '@nestjs/common';
import { Metrics } from '../../core/metrics/index.js';
import type { Job } from './job.entity.js';

/** From a preview to a night's run, in seconds. */
const DURATIONS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400];
const WAITS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3_600];

/** How an attempt at a job ended; `retried`: it failed for a reason that may pass; `postponed`: it waits for somebody. */
export type AttemptOutcome = 'completed' | 'failed' | 'cancelled' | 'retried' | 'interrupted' | 'postponed';

/** What a worker measures of its jobs. */
@Injectable()
export class JobMetrics {
  private readonly durations;
  private readonly retries;
  private readonly waits;

  constructor(metrics: Metrics) {
    this.durations = metrics.histogram({
      name: 'job_attempt_duration_seconds',
      help: 'Time of an attempt at a job: how long generating, drafting and simulating take.',
      labels: ['kind', 'outcome'],
      buckets: DURATIONS,
    });
    this.retries = metrics.counter({
      name: 'job_retries_total',
      help: 'Attempts that failed for a reason that may pass, and were put back in the queue.',
      labels: ['kind'],
    });
    this.waits = metrics.histogram({
      name: 'job_queue_wait_seconds',
      help: 'Time from when a job could be started to when a worker took it.',
      labels: ['queue'],
      buckets: WAITS,
    });
  }

  started(job: Pick<Job, 'queue'>, waitedSeconds: number): void {
    this.waits.observe({ queue: job.queue }, Math.max(0, waitedSeconds));
  }

  ended(job: Pick<Job, 'name'>, outcome: AttemptOutcome, seconds: number): void {
    this.durations.observe({ kind: job.name, outcome }, seconds);
    if (outcome === 'retried') this.retries.inc({ kind: job.name });
  }
}
