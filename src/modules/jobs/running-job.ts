import type { EntityManager } from 'typeorm';
import type { JobContext } from './job-handlers.js';
import type { JobLedger, JobProgress } from './job-ledger.js';
import type { JobHold } from './jobs.repository.js';

/** How often progress is written and a cancel is looked for. */
const BEAT_MS = 200;

/** Why a running job is told to stop. */
export class StopRequest extends Error {
  constructor(override readonly cause: 'cancelled' | 'shutdown') {
    super(cause === 'cancelled' ? 'the job was cancelled' : 'the process shuts down');
    this.name = 'AbortError';
  }
}

/** A started job in this process: what its handler is given, and a beat that tells progress and hears of a cancel. */
export class RunningJob implements JobContext {
  completed = false;
  private readonly abort = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private latest: JobProgress | undefined;
  private beating: Promise<void> = Promise.resolve();

  constructor(
    private readonly hold: JobHold,
    private readonly ledger: JobLedger,
    private readonly onBeatError: (error: Error) => void,
  ) {
    this.timer = setInterval(() => {
      this.beating = this.beating.then(() => this.beat()).catch(onBeatError);
    }, BEAT_MS);
  }

  get jobId(): string {
    return this.hold.id;
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  progress(done: number, total: number, note?: string): void {
    this.latest = { done, total, note: note ?? null };
  }

  async complete<T extends object>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    // The last word on progress goes out before the completion.
    await this.stopBeating();
    const result = await this.ledger.complete(this.hold, work);
    this.completed = true;
    return result;
  }

  stop(cause: StopRequest['cause']): void {
    this.abort.abort(new StopRequest(cause));
  }

  async stopBeating(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    await this.tell().catch(this.onBeatError);
  }

  private async beat(): Promise<void> {
    await this.tell();
    if (!this.signal.aborted && (await this.ledger.shouldStop(this.hold))) this.stop('cancelled');
  }

  private async tell(): Promise<void> {
    const progress = this.latest;
    this.latest = undefined;
    if (progress) await this.ledger.progress(this.hold, progress);
  }
}
