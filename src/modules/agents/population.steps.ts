import type { JobContext } from '../jobs/index.js';

/** Hears how far a piece of work on all agents of a population is. */
export interface Progress {
  /** Another pass over them begins. */
  next(note: string): void;
  /** @throws the reason, when the work is to stop */
  done(agents: number): void;
}

/** Tells the progress of passes over the same agents, and notices a stop. */
export class Steps implements Progress {
  private passed = -1;
  private note = '';

  constructor(
    private readonly context: JobContext,
    private readonly count: number,
    private readonly passes: number,
  ) {}

  next(note: string): void {
    this.passed += 1;
    this.note = note;
    this.done(0);
  }

  done(agents: number): void {
    this.context.signal.throwIfAborted();
    // Told in agents: each pass is its share of them.
    const share = Math.floor((this.passed * this.count + agents) / this.passes);
    this.context.progress(share, this.count, this.note);
  }
}
