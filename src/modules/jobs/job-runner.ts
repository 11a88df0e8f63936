import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '../../core/errors/index.js';
import { searchedFields, withLogFields, type LogFields } from '../../core/logging/index.js';
import { inSpan } from '../../core/tracing/index.js';
import { Heartbeat } from './heartbeat.js';
import type { Job, JobFailure } from './job.entity.js';
import { JobHandlers } from './job-handlers.js';
import { JobLedger, type JobOutcome } from './job-ledger.js';
import type { ClaimedJob } from './job-leases.repository.js';
import { JobLostError } from './jobs.errors.js';
import { JobMetrics, type AttemptOutcome } from './job.metrics.js';
import { decideRetry } from './retry-policy.js';
import { RunningJob, StopRequest } from './running-job.js';
import type { AttemptCount } from './workers/workers.repository.js';

/** A job that was started this often without an end is not started again. */
const MOST_ATTEMPTS = 25;
/** What is told to stop has so long to hear of it; then its job is handed back, and what it still does is refused. */
const STOP_MS = 5_000;

const UNTOLD: JobFailure = {
  code: 'internal',
  message: 'the job failed for an internal reason; see the log',
};

function failureOf(error: unknown): JobFailure {
  if (error instanceof AppError) {
    const { code, message, issues } = error;
    return { code, message, ...(issues.length > 0 && { errors: issues }) };
  }
  if (error instanceof StopRequest) return { code: 'deadline_exceeded', message: error.message };
  return UNTOLD;
}

/** What becomes of a job whose handler threw. */
export function outcomeOf(job: Pick<Job, 'failures' | 'most_failures'>, error: unknown): JobOutcome {
  if (error instanceof JobLostError) return { kind: 'lost' };
  if (error instanceof StopRequest && error.cause !== 'deadline')
    return { kind: error.cause === 'shutdown' ? 'again' : error.cause };
  const decision = decideRetry(error, job.failures, job.most_failures);
  if (decision.kind === 'again') return decision;
  return { kind: 'failed', error: failureOf(error), deadLetter: decision.kind === 'spent' };
}

/** What every line of a job says: its id, and what its payload has of the fields that people search for. */
function logFieldsOf({ id, name, payload }: Job): LogFields {
  return {
    job_id: id,
    job: name,
    ...searchedFields((payload as { specification?: object }).specification, payload),
  };
}

function attemptOutcome(outcome: JobOutcome): AttemptOutcome {
  if (outcome.kind === 'lost') return 'interrupted';
  if (outcome.kind !== 'again') return outcome.kind;
  return outcome.delaySeconds === undefined ? 'interrupted' : 'retried';
}

/** Runs claimed jobs to their end: completed, failed, cancelled, or back in the queue. */
@Injectable()
export class JobRunner {
  private readonly running = new Map<RunningJob, Promise<void>>();
  private readonly counts: AttemptCount[] = [];

  constructor(
    private readonly handlers: JobHandlers,
    private readonly ledger: JobLedger,
    private readonly heartbeat: Heartbeat,
    private readonly metrics: JobMetrics,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(JobRunner.name);
  }

  /** How many jobs are in hand. */
  get count(): number {
    return this.running.size;
  }

  /** Attempts that have ended since the last call, by queue. */
  takeCounts(): AttemptCount[] {
    return this.counts.splice(0);
  }

  /** Takes counts back that could not be written. */
  giveBack(counts: readonly AttemptCount[]): void {
    for (const { queue, attempts, errors } of counts) this.addCount(queue, attempts, errors);
  }

  /** Runs a claimed job; rejects with nothing. @param worked is called when nothing but its result is left to be written */
  async run(job: ClaimedJob, worked: () => void): Promise<void> {
    const running = new RunningJob({ id: job.id, token: job.lease_token }, this.ledger, worked);
    const work = this.toItsEnd(job, running).catch((error: unknown) => {
      // Its lease runs out, and another process takes it.
      this.logger.warn(
        { job_id: job.id, job: job.name, err: error },
        'the end of a job could not be written',
      );
    });
    this.running.set(running, work);
    await work;
    this.running.delete(running);
  }

  /**
   * Lets running jobs finish for a while, then stops the rest and puts them back in their queues, for another process or a later
   * start. Handlers that do not hear of it lose their jobs all the same.
   */
  async shutdown(drainSeconds = 0): Promise<void> {
    await this.ended(drainSeconds * 1_000);
    for (const running of this.running.keys()) running.stop('shutdown');
    await this.ended(STOP_MS);
    await Promise.allSettled(
      [...this.running.keys()].map(({ hold }) => this.ledger.settle(hold, { kind: 'again' })),
    );
  }

  private async ended(withinMs: number): Promise<void> {
    if (this.running.size === 0 || withinMs === 0) return;
    const patience = new AbortController();
    const waited = sleep(withinMs, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([Promise.allSettled(this.running.values()), waited]);
    patience.abort();
  }

  private async toItsEnd(job: ClaimedJob, running: RunningJob): Promise<void> {
    this.metrics.started(job, job.waited_seconds);
    const startedAt = performance.now();
    const ended = (outcome: AttemptOutcome): void =>
      this.metrics.ended(job, outcome, (performance.now() - startedAt) / 1_000);
    this.heartbeat.add(running);
    const deadline =
      job.timeout_seconds === null
        ? undefined
        : setTimeout(() => running.stop('deadline'), job.timeout_seconds * 1_000);
    try {
      await this.attempt(job, running);
      ended(running.postponed ? 'postponed' : 'completed');
      if (!running.postponed) this.addCount(job.queue, 1, 0);
    } catch (error) {
      const reason: unknown = running.signal.aborted ? running.signal.reason : error;
      const outcome = outcomeOf(job, reason);
      this.tell(job, outcome, reason);
      ended(attemptOutcome(outcome));
      this.countEnd(job, outcome);
      await running.tell();
      await this.settle(running, outcome);
    } finally {
      clearTimeout(deadline);
      this.heartbeat.remove(running);
    }
  }

  /** What is wrong with what was asked for, and what somebody stopped, says nothing of the queue. */
  private countEnd({ queue }: Job, outcome: JobOutcome): void {
    if (outcome.kind === 'failed') this.addCount(queue, 1, outcome.deadLetter ? 1 : 0);
    else if (outcome.kind === 'again' && outcome.delaySeconds !== undefined) this.addCount(queue, 1, 1);
  }

  private addCount(queue: Job['queue'], attempts: number, errors: number): void {
    const count = this.counts.find((each) => each.queue === queue);
    if (count === undefined) this.counts.push({ queue, attempts, errors });
    else {
      count.attempts += attempts;
      count.errors += errors;
    }
  }

  /** Words that the database does not take are no reason to try again what has failed for good. */
  private async settle({ hold }: RunningJob, outcome: JobOutcome): Promise<void> {
    try {
      await this.ledger.settle(hold, outcome);
    } catch (error) {
      if (outcome.kind !== 'failed') throw error;
      this.logger.error({ job_id: hold.id, err: error }, 'why a job failed could not be written');
      await this.ledger.settle(hold, { ...outcome, error: UNTOLD });
    }
  }

  /** An end that somebody asked for or can mend is news; anything else is an error, with its stack. */
  private tell({ id, name, attempts }: ClaimedJob, outcome: JobOutcome, error: unknown): void {
    const log = { job_id: id, job: name, attempt: attempts, outcome: outcome.kind };
    if (error instanceof StopRequest || error instanceof JobLostError) this.logger.info(log, error.message);
    else if (error instanceof AppError) this.logger.info({ ...log, reason: error.message }, 'job ended');
    else this.logger.error({ ...log, err: error }, 'job ended');
  }

  /** Handles the job in the trace that it was accepted in; what is logged meanwhile says which job it is for. */
  private attempt(job: Job, running: RunningJob): Promise<void> {
    const attributes = { 'azt3knet.job_id': job.id, 'azt3knet.attempt': job.attempts };
    const span = { kind: 'CONSUMER', attributes, parent: job.traceparent } as const;
    return inSpan(`job ${job.name}`, span, () =>
      withLogFields(logFieldsOf(job), () => this.handle(job, running)),
    );
  }

  private async handle(job: Job, running: RunningJob): Promise<void> {
    const handler = this.handlers.get(job.name);
    if (!handler) throw new Error(`no handler for the job ${job.name}`);
    if (job.attempts > MOST_ATTEMPTS) {
      throw new AppError(
        'refused',
        'job_lost',
        `the job was started ${MOST_ATTEMPTS} times without coming to an end`,
      );
    }
    const result = await handler(job.payload as never, running);
    if (running.completed || running.postponed) return;
    if (result === undefined) throw new Error(`the handler of ${job.name} ended without completing its job`);
    await running.completeWith(result);
  }
}
