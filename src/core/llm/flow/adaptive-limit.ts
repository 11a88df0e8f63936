/** So much slower than at its best may a server be before fewer calls go to it; batching alone makes a model slower. */
const TOLERANCE = 3;
const DECREASE = 0.9;
/** How much of the latest call goes into the smoothed cost. */
const WEIGHT = 0.1;
/** What was the least cost is forgotten after one to two of these. */
const WINDOW_MS = 60_000;
/** So long the limit stays below where a server said that it has too much to do; twice as long each time that it still has. */
const PROBE_AFTER_MS = 5_000;
const LONGEST_PROBE_AFTER_MS = 60_000;

export interface LimitOptions {
  /** Calls at once, at the beginning and at most. Being slow alone does not take a server below the beginning. */
  initial: number;
  max: number;
  /** Milliseconds, monotonic. */
  now?: () => number;
}

/** A call that was answered. */
export interface AnsweredCall {
  ms: number;
  /** That were written. */
  tokens: number;
  /** Calls of one kind compare with each other. */
  kind: string;
}

/**
 * How many calls a server is given at once. It doubles with every round of answers until the server says that it is
 * overloaded (429, 503) or calls become more than three times as expensive as at best; then it grows by one a round, gives
 * way by a tenth when told to, and comes back to just below what was too much (additive increase, multiplicative decrease).
 * What was too much is tried now and then; where it still is, nothing is learned, and the limit is what it was before.
 *
 * What a call costs is its time for each token written: answers of different lengths are no sign of a queue.
 */
export class AdaptiveLimit {
  private current: number;
  private readonly least: number;
  private readonly max: number;
  private readonly now: () => number;
  private readonly costs = new Map<string, Cost>();
  private isStarting = true;
  /** What was accepted when the server last said no. */
  private ceiling = Infinity;
  private overloadedAt = -Infinity;
  private probeAfter = PROBE_AFTER_MS;

  constructor({ initial, max, now = () => performance.now() }: LimitOptions) {
    this.current = Math.min(initial, max);
    this.least = this.current;
    this.max = max;
    this.now = now;
  }

  /** Calls at once, 1 or more. */
  get value(): number {
    return Math.floor(this.current);
  }

  /** @param active calls at that moment, itself included; a limit of which less than half is used does not grow */
  answered({ ms, tokens, kind }: AnsweredCall, active: number): void {
    const cost = this.costs.get(kind) ?? new Cost(this.now());
    this.costs.set(kind, cost);
    cost.observe(ms / Math.max(1, tokens), this.now());
    if (cost.isHigh) {
      this.isStarting = false;
      if (this.current > this.least) this.current = Math.max(this.least, this.current - 1 / this.current);
      return;
    }
    if (2 * active < this.value) return;
    const step = this.isStarting ? 1 : 1 / this.current;
    this.current = Math.min(this.current + step, this.max, this.top());
  }

  /**
   * The server said that it has too much to do.
   * @param active calls at that moment, itself included
   * @param startedAt when the call began, by `now`: calls of the same burst count once
   */
  overloaded(active: number, startedAt: number): void {
    const accepted = Math.max(1, active - 1);
    const isSameBurst = startedAt <= this.overloadedAt;
    const isConfirmed = !isSameBurst && accepted === this.ceiling;
    this.isStarting = false;
    this.overloadedAt = this.now();
    if (!isSameBurst)
      this.probeAfter = isConfirmed ? Math.min(2 * this.probeAfter, LONGEST_PROBE_AFTER_MS) : PROBE_AFTER_MS;
    this.ceiling = isSameBurst ? Math.min(this.ceiling, accepted) : accepted;
    const lowered = isSameBurst || isConfirmed ? this.ceiling : Math.min(this.current, active) * DECREASE;
    this.current = Math.max(1, Math.min(this.current, lowered));
  }

  /** The highest that the limit may be now; what was too much is tried again after a while. */
  private top(): number {
    return this.now() - this.overloadedAt < this.probeAfter ? this.ceiling : this.ceiling + 1;
  }
}

/** What calls of a kind cost: lately, and at best. */
class Cost {
  private smoothed: number | undefined;
  private best = Infinity;
  private bestBefore = Infinity;
  private windowEnds: number;

  constructor(now: number) {
    this.windowEnds = now + WINDOW_MS;
  }

  get isHigh(): boolean {
    return this.smoothed !== undefined && this.smoothed > TOLERANCE * Math.min(this.best, this.bestBefore);
  }

  observe(cost: number, now: number): void {
    this.smoothed = this.smoothed === undefined ? cost : this.smoothed + WEIGHT * (cost - this.smoothed);
    if (now >= this.windowEnds) {
      this.windowEnds = now + WINDOW_MS;
      this.bestBefore = this.best;
      this.best = Infinity;
    }
    this.best = Math.min(this.best, this.smoothed);
  }
}
