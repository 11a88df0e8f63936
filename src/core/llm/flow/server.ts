import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import { LlmError } from '../llm.errors.js';
import type { BackendName } from '../llm.types.js';
import { AdaptiveLimit } from './adaptive-limit.js';

export interface ServerOptions {
  /** Calls at once, at most. */
  max: number;
  /** Failures in a row after which it is left alone. */
  breakAfter: number;
  /** Milliseconds that it is left alone for. */
  breakMs: number;
}

/** What came of a piece of work. */
export interface Done {
  /** What it wrote, and what for: the measure of its cost. Undefined: it says nothing of how busy the server is. */
  written: { tokens: number; kind: string } | undefined;
}

const FIRST_CALLS = 4;
const ANSWERS = new Set(['llm_model_missing', 'llm_refused']);

/** Failures of the server itself: not of the request, and not that it has too much to do. */
function isFailure(error: unknown): boolean {
  return error instanceof LlmError && error.again && !error.overloaded;
}

/** Whether an error says that the server works. */
function isAnswer(error: unknown): boolean {
  return error instanceof LlmError && (error.overloaded || ANSWERS.has(error.code));
}

/** One server of a backend: how many calls it bears, and whether it is worth asking. */
export class Server {
  private readonly limit: AdaptiveLimit;
  private readonly breaker;
  private openedAt = -Infinity;
  private heldUntil = -Infinity;
  private attempts = 0;
  private errors = 0;
  private pausedUntil = -Infinity;
  private running = 0;
  private takenAt = -Infinity;

  constructor(
    readonly backend: BackendName,
    readonly url: string,
    private readonly options: ServerOptions,
  ) {
    const { max, breakAfter, breakMs } = options;
    this.limit = new AdaptiveLimit({ initial: FIRST_CALLS, max });
    this.breaker = circuitBreaker(
      handleWhen((error) => this.speaksAgainst(error)),
      {
        halfOpenAfter: breakMs,
        breaker: new ConsecutiveBreaker(breakAfter),
      },
    );
    this.breaker.onBreak(() => {
      this.openedAt = Date.now();
    });
  }

  get active(): number {
    return this.running;
  }

  get concurrency(): number {
    return this.limit.value;
  }

  /** `open`: it is left alone; `half_open`: one call tries whether it works again. */
  get state(): 'closed' | 'open' | 'half_open' {
    const { state } = this.breaker;
    if (this.heldUntil > Date.now()) return 'open';
    if (state === CircuitState.Closed) return 'closed';
    return state === CircuitState.Open && this.openFor > 0 ? 'open' : 'half_open';
  }

  /** Milliseconds that it is left alone for. */
  get openFor(): number {
    const broken =
      this.breaker.state === CircuitState.Open ? this.openedAt + this.options.breakMs : -Infinity;
    return Math.max(0, Math.max(broken, this.heldUntil) - Date.now());
  }

  /** Calls that it was given since this process began, and those that it failed. */
  get counts(): { attempts: number; errors: number } {
    return { attempts: this.attempts, errors: this.errors };
  }

  /** Leaves it alone for so many milliseconds, whatever it answers. */
  hold(ms: number): void {
    this.heldUntil = Date.now() + ms;
  }

  /** Milliseconds until it may be asked again because it asked for a pause. */
  get pausedFor(): number {
    return Math.max(0, this.pausedUntil - performance.now());
  }

  /** How many more calls it can be given. */
  get room(): number {
    if (this.pausedFor > 0 || this.state === 'open') return 0;
    return (this.state === 'half_open' ? 1 : this.limit.value) - this.running;
  }

  /** When it was given its last call. */
  get lastTaken(): number {
    return this.takenAt;
  }

  /** Sets a place aside for the next {@link run}. */
  take(): void {
    this.running += 1;
    this.takenAt = performance.now();
  }

  /** Gives it a piece of work, for which {@link take} set a place aside, and learns from what comes of it. */
  async run<T extends Done>(work: (url: string) => Promise<T>, signal: AbortSignal): Promise<T> {
    const startedAt = performance.now();
    try {
      const result = await this.breaker.execute(() => work(this.url), signal);
      const { written } = result;
      if (written !== undefined) {
        this.limit.answered({ ms: performance.now() - startedAt, ...written }, this.running);
      }
      return result;
    } catch (error) {
      if (isFailure(error)) this.errors += 1;
      if (error instanceof LlmError && error.overloaded) {
        this.limit.overloaded(this.running, startedAt);
        if (error.waitMs !== undefined) this.pausedUntil = performance.now() + error.waitMs;
      }
      throw error;
    } finally {
      this.attempts += 1;
      this.running -= 1;
    }
  }

  /** A test that was called off has shown nothing, and leaves the server alone for another while. */
  private speaksAgainst(error: unknown): boolean {
    return isFailure(error) || (this.breaker.state === CircuitState.HalfOpen && !isAnswer(error));
  }
}
