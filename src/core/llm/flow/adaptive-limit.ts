/** So much slower than at its best may a server be before fewer calls go to it; batching alone makes a model slower. */
const TOLERANCE = 3;
const DECREASE = 0.9;
/** How much of the latest call goes into the smoothed cost. */
const WEIGHT = 0.1;
/** What was the least cost is forgotten after one to two of these. */
const WINDOW_MS = 60_000;
/** So long the limit stays below where a server said that it has too much to do. */
const PROBE_AFTER_MS = 5_000;

export interface LimitOptions {
  /** Calls at once, at the beginning and at most. */
  initial: number;
  max: number;
  /** Milliseconds, monotonic. */
  now?: () => number;
}

/**
 * How many calls a server is given at once. It doubles with every round of answers until the server says that it is
 * overloaded (429, 503) or calls become more than three times as expensive as at best; then it grows by one a round, gives way by a
 * tenth when told to, and comes back to just below what was too much (additive increase, multiplicative decrease).
 *
 * What a call costs is its time for each token written: answers of different lengths are no sign of a queue.
 */
export class AdaptiveLimit {
  private current: number;
  private readonly max: number;
  private readonly now: () => number;
  private isStarting = true;
  /** What was accepted when the server last said no. */
  private ceiling = Infinity;
  private overloadedAt = -Infinity;
  private smoothed: number | undefined;
  private least = [Infinity, Infinity];
  private windowEnds: number;

  constructor({ initial, max, now = () => performance.now() }: LimitOptions) {
    this.current = Math.min(initial, max);
    this.max = max;
    this.now = now;
    this.windowEnds = now() + WINDOW_MS;
  }

  /** Calls at once, 1 or more. */
  get value(): number {
    return Math.floor(this.current);
  }

  /**
   * A call was answered.
   * @param ms that it took
   * @param tokens that were written
   * @param active calls at that moment, itself included; a limit that nobody reaches does not grow
   */
  answered(ms: number, tokens: number, active: number): void {
    this.observe(ms / Math.max(1, tokens));
    if (this.isSlow) {
      this.isStarting = false;
      this.lower(this.current - 1 / this.current);
      return;
    }
    if (active < this.value) return;
    const step = this.isStarting ? 1 : 1 / this.current;
    this.current = Math.min(this.current + step, this.max, this.top());
  }

  /**
   * The server said that it has too much to do.
   * @param active calls at that moment, itself included
   * @param startedAt when the call began, by `now`: calls of the same burst count once
   */
  overloaded(active: number, startedAt: number): void {
    const sameBurst = startedAt <= this.overloadedAt;
    this.isStarting = false;
    this.overloadedAt = this.now();
    this.ceiling = sameBurst ? Math.min(this.ceiling, active - 1) : active - 1;
    this.ceiling = Math.max(1, this.ceiling);
    this.lower(sameBurst ? Math.min(this.current, this.ceiling) : Math.min(this.current, active) * DECREASE);
  }

  /** The highest that the limit may be now; what was too much is tried again after a while. */
  private top(): number {
    return this.now() - this.overloadedAt < PROBE_AFTER_MS ? this.ceiling : this.ceiling + 1;
  }

  private lower(to: number): void {
    this.current = Math.max(1, to);
  }

  private get isSlow(): boolean {
    return this.smoothed !== undefined && this.smoothed > TOLERANCE * Math.min(...this.least);
  }

  private observe(cost: number): void {
    this.smoothed = this.smoothed === undefined ? cost : this.smoothed + WEIGHT * (cost - this.smoothed);
    const now = this.now();
    const [latest = Infinity, before = Infinity] = this.least;
    if (now < this.windowEnds) {
      this.least = [Math.min(latest, this.smoothed), before];
      return;
    }
    this.windowEnds = now + WINDOW_MS;
    this.least = [this.smoothed, latest];
  }
}
