import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '../../core/errors/index.js';
import { searchedFields, withLogFields, type LogFields } from '../../core/logging/index.js';
import { inSpan } from '../../core/tracing/index.js';
import type { Job, JobFailure } from './job.entity.js';
import { JobHandlers } from './job-handlers.js';
import { JobLedger, type JobOutcome } from './job-ledger.js';
import { JobLostError } from './jobs.errors.js';
import { JobMetrics, type AttemptOutcome } from './job.metrics.js';
import { RunningJob, StopRequest } from './running-job.js';

/** Waits before the second and the third start of a job that failed for a reason that may pass. */
const RETRY_SECONDS = [1, 3];
/** A job that was started this often without an end is not started again. */
const MOST_ATTEMPTS = 25;

function failureOf({ code, message, issues }: AppError): JobFailure {
  return { code, message, ...(issues.length > 0 && { errors: issues }) };
}

/** What becomes of a job whose handler threw. */
export function outcomeOf(job: Pick<Job, 'failures'>, error: unknown): JobOutcome {
  if (error instanceof StopRequest)
    return error.cause === 'cancelled' ? { kind: 'cancelled' } : { kind: 'again' };
  const permanent = error instanceof AppError && error.kind !== 'unavailable';
  const delaySeconds = RETRY_SECONDS[job.failures];
  if (!permanent && delaySeconds !== undefined) return { kind: 'again', delaySeconds };
  if (error instanceof AppError) return { kind: 'failed', error: failureOf(error) };
  return {
    kind: 'failed',
    error: { code: 'internal', message: 'the job failed for an internal reason; see the log' },
  };
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
  if (outcome.kind !== 'again') return outcome.kind;
  return outcome.delaySeconds === undefined ? 'interrupted' : 'retried';
}

/** Runs claimed jobs to their end: completed, failed, cancelled, or back in the queue. */
@Injectable()
export class JobRunner {
  private readonly running = new Map<RunningJob, Promise<void>>();

  constructor(
    private readonly handlers: JobHandlers,
    private readonly ledger: JobLedger,
    private readonly metrics: JobMetrics,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(JobRunner.name);
  }

  /** Claims a job for the process with the given presence key and runs it; does nothing when it is not to be had. */
  async run(id: string, worker: string): Promise<void> {
    const job = await this.ledger.claim(id, worker);
    if (!job) return;
    const hold = { id, worker, attempt: job.attempts };
    const log = { job_id: id, job: job.name, attempt: job.attempts };
    const running = new RunningJob(hold, this.ledger, (error) =>
      this.logger.warn({ ...log, err: error }, 'beat failed'),
    );
    this.metrics.started(job, job.waited_seconds);
    const startedAt = performance.now();
    const ended = (outcome: AttemptOutcome): void =>
      this.metrics.ended(job, outcome, (performance.now() - startedAt) / 1_000);
    const work = this.attempt(job, running).then(
      () => ended('completed'),
      async (error: unknown) => {
        await running.stopBeating();
        const reason: unknown = running.signal.aborted ? running.signal.reason : error;
        const outcome = outcomeOf(job, reason);
        this.tell(log, outcome, reason);
        ended(attemptOutcome(outcome));
        await this.ledger.settle(hold, outcome);
      },
    );
    this.running.set(running, work);
    await work.finally(() => this.running.delete(running));
  }

  /** Stops every running job and puts it back in the queue, for another process or a later start. */
  async shutdown(): Promise<void> {
    for (const running of this.running.keys()) running.stop('shutdown');
    await Promise.allSettled(this.running.values());
  }

  /** An end that somebody asked for or can mend is news; anything else is an error, with its stack. */
  private tell(log: object, outcome: JobOutcome, error: unknown): void {
    if (error instanceof StopRequest || error instanceof JobLostError)
      this.logger.info({ ...log, outcome: outcome.kind }, error.message);
    else if (error instanceof AppError)
      this.logger.info({ ...log, outcome: outcome.kind, reason: error.message }, 'job ended');
    else this.logger.error({ ...log, outcome: outcome.kind, err: error }, 'job ended');
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
    await handler(job.payload as never, running);
    if (!running.completed) throw new Error(`the handler of ${job.name} ended without completing its job`);
  }
}
