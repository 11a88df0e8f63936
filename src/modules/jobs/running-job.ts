import type { EntityManager } from 'typeorm';
import type { JobContext } from './job-handlers.js';
import type { JobLedger } from './job-ledger.js';
import type { JobHold } from './job-leases.repository.js';

/** Why a running job is told to stop. */
const REASONS = {
  cancelled: 'the job was cancelled',
  shutdown: 'the process shuts down',
  deadline: 'the job took longer than it may',
  lost: 'the job was given to another process',
} as const;

/** Why a running job is told to stop. */
export class StopRequest extends Error {
  constructor(override readonly cause: keyof typeof REASONS) {
    super(REASONS[cause]);
    this.name = 'AbortError';
  }
}

interface Progress {
  done: number;
  total: number;
  note: string | null;
}

/** A started job in this process: what its handler is given. */
export class RunningJob implements JobContext {
  completed = false;
  postponed = false;
  private readonly abort = new AbortController();
  private latest: Progress | undefined;
  private written: Promise<void> = Promise.resolve();

  constructor(
    readonly hold: JobHold,
    private readonly ledger: JobLedger,
    private readonly worked: () => void,
  ) {}

  get jobId(): string {
    return this.hold.id;
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  progress(done: number, total: number, note?: string): void {
    this.latest = { done, total, note: note ?? null };
  }

  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.ledger.write(this.hold, work);
  }

  async postpone(until: Date, work: (manager: EntityManager) => Promise<boolean>): Promise<boolean> {
    await this.tell();
    this.postponed = await this.ledger.postpone(this.hold, until, work);
    return this.postponed;
  }

  async complete<T extends object>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    // The last word on progress goes out before the completion.
    await this.tell();
    const result = await this.ledger.complete(this.hold, work);
    this.completed = true;
    return result;
  }

  /** Completes a job whose handler returned what it made. */
  async completeWith(result: object): Promise<void> {
    this.worked();
    await this.tell();
    await this.ledger.completeWith(this.hold, result);
    this.completed = true;
  }

  stop(cause: StopRequest['cause']): void {
    this.abort.abort(new StopRequest(cause));
  }

  /** Writes what progress there is. @returns whether there was any */
  async tell(): Promise<boolean> {
    const progress = this.latest;
    this.latest = undefined;
    if (progress) {
      // In the order in which it was made.
      this.written = this.written.then(() => this.ledger.progress(this.hold, progress)).catch(() => {});
    }
    await this.written;
    return progress !== undefined;
  }
}
