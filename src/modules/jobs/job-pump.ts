/** What is claimed ahead is to begin within so many milliseconds, by what jobs of the queue take at present. */
const AHEAD_MS = 50;
/** What has not begun after so many goes back, for others. */
const HAND_BACK_MS = 250;
const MOST_AHEAD = 500;
/** How much a job that was shorter than the mean moves it; a longer one is the mean at once. */
const SHORTER = 0.1;

/** What a pump does with jobs. */
export interface PumpWork<J> {
  /** Takes up to so many jobs; it rejects with nothing. */
  claim: (most: number) => Promise<J[]>;
  /** Runs one; it rejects with nothing, and calls `free` earlier where only its end is left to be written. */
  run: (job: J, free: () => void) => Promise<void>;
  /** Puts back jobs that have not begun; it rejects with nothing. */
  handBack: (jobs: J[]) => Promise<void>;
}

/**
 * Keeps the slots of a worker filled with the jobs of one queue. Where they are short it claims ahead, as a claim costs more than such a
 * job.
 */
export class JobPump<J extends { key: string | null }> {
  /** Jobs that have a slot, and those that have begun and whose end is not written. */
  private running = 0;
  private unended = 0;
  private stopped = false;
  private again = false;
  private filling: Promise<void> | undefined;
  /** There may be more than there was room for. */
  private more = false;
  private readonly waiting: (() => void)[] = [];
  /** Claimed and not begun. */
  private readonly ready: J[] = [];
  private handingBack: NodeJS.Timeout | undefined;
  /** How long a job has a slot, in milliseconds. */
  private mean = Number.POSITIVE_INFINITY;

  /** @param slots how many jobs at once */
  constructor(
    private slots: number,
    private readonly work: PumpWork<J>,
  ) {}

  /** Looks for jobs now; a call during a look causes another. */
  wake(): Promise<void> {
    this.again = true;
    this.filling ??= this.fill();
    return this.filling;
  }

  /** Waits for a free slot, then looks: what wakes a full worker is kept for it. */
  async ticket(): Promise<void> {
    if (this.running >= this.slots && !this.stopped) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    }
    await this.wake();
  }

  /** Has so many slots from now on; what runs goes on. */
  resize(slots: number): void {
    const grows = slots > this.slots;
    this.slots = slots;
    if (!grows) return;
    for (const resolve of this.waiting.splice(0)) resolve();
    void this.wake();
  }

  /** Takes no more, and hands back what has not begun; what runs goes on. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const resolve of this.waiting.splice(0)) resolve();
    await this.filling;
    await this.giveUp();
  }

  private async fill(): Promise<void> {
    // A claim begins in the same turn otherwise, before `filling` is set.
    await Promise.resolve();
    while (this.again && !this.stopped) {
      this.again = false;
      const free = this.room();
      if (free <= 0) {
        this.more = true;
        break;
      }
      const jobs = await this.work.claim(free);
      this.more = jobs.length === free;
      this.ready.push(...jobs);
      if (!this.stopped) this.begin();
    }
    this.filling = undefined;
  }

  /** How many jobs it could take now. */
  private room(): number {
    const ahead = Math.min(MOST_AHEAD, Math.floor((this.slots * AHEAD_MS) / Math.max(this.mean, 0.01)));
    const most = this.slots + ahead;
    return Math.min(most - this.running - this.ready.length, 2 * most - this.unended - this.ready.length);
  }

  private begin(): void {
    while (this.running < this.slots) {
      const job = this.ready.shift();
      if (job === undefined) break;
      void this.start(job);
    }
    if (this.ready.length > 0) this.handingBack ??= setTimeout(() => void this.giveUp(), HAND_BACK_MS);
    else this.patient();
  }

  private async start(job: J): Promise<void> {
    this.running += 1;
    this.unended += 1;
    const began = performance.now();
    let free = false;
    const freeSlot = (): void => {
      if (free) return;
      free = true;
      this.running -= 1;
      this.measured(performance.now() - began);
      if (!this.stopped) this.begin();
      if (this.running < this.slots) this.waiting.shift()?.();
      if (this.more) void this.wake();
    };
    await this.work.run(job, freeSlot);
    freeSlot();
    this.unended -= 1;
    // Another with its key may have waited for this one, or for room.
    if (this.more || job.key !== null) void this.wake();
  }

  private measured(ms: number): void {
    this.mean = ms < this.mean && Number.isFinite(this.mean) ? this.mean + SHORTER * (ms - this.mean) : ms;
  }

  /** Nothing waits to begin any more. */
  private patient(): void {
    clearTimeout(this.handingBack);
    this.handingBack = undefined;
  }

  /** Hands back what has not begun. */
  private async giveUp(): Promise<void> {
    this.patient();
    const jobs = this.ready.splice(0);
    if (jobs.length === 0) return;
    // Whatever has the slots takes long.
    this.mean = Number.POSITIVE_INFINITY;
    await this.work.handBack(jobs);
    this.more = true;
  }
}
