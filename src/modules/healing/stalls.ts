/** How often it is noted that this process goes on, in milliseconds. */
export const NOTE_MS = 250;
/** A note that is later than this, in milliseconds, came after a stall. */
const LATE_MS = 500;
/** After a stall what waits is heard first; in milliseconds. */
const SETTLE_MS = 1_500;
/** Stalls are remembered for so long, in milliseconds. */
const KEPT_MS = 3_600_000;

/**
 * When this process stood still, and so heard nobody: its loop was blocked, or the machine stood still, or its clock was set forward.
 * Times are milliseconds since 1970.
 */
export class Stalls {
  private all: { from: number; to: number }[] = [];

  /** @param noted when it went on for the last time */
  constructor(private noted: number) {}

  /** Notes that the process goes on, which is to be done every {@link NOTE_MS}. */
  note(now: number): void {
    const from = this.noted;
    this.noted = now;
    // The clock was set back: what it said before means nothing now.
    if (now < from) this.all = [];
    if (now - from <= NOTE_MS + LATE_MS) return;
    const to = now + SETTLE_MS;
    const last = this.all.at(-1);
    if (last !== undefined && from <= last.to) last.to = to;
    else this.all.push({ from, to });
    this.all = this.all.filter((stall) => stall.to > now - KEPT_MS);
  }

  /** Whether it has gone on for long enough for a verdict on who is silent. */
  isWell(now: number): boolean {
    return (this.all.at(-1)?.to ?? now) <= now;
  }

  /** Milliseconds from one time to another in which nobody could be heard. */
  unheard(from: number, until: number): number {
    return this.all.reduce(
      (sum, stall) => sum + Math.max(0, Math.min(until, stall.to) - Math.max(from, stall.from)),
      0,
    );
  }
}
