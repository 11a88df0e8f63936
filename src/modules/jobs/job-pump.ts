/** Keeps the slots of a worker filled with the jobs of one queue. */
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

  /**
   * @param slots how many jobs at once
   * @param claim takes up to so many jobs; it rejects with nothing
   * @param run runs one; it rejects with nothing, and calls `free` earlier where only its end is left to be written
   */
  constructor(
    private readonly slots: number,
    private readonly claim: (most: number) => Promise<J[]>,
    private readonly run: (job: J, free: () => void) => Promise<void>,
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

  /** Takes no more; what runs goes on. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const resolve of this.waiting.splice(0)) resolve();
    await this.filling;
  }

  private async fill(): Promise<void> {
    // A claim begins in the same turn otherwise, before `filling` is set.
    await Promise.resolve();
    while (this.again && !this.stopped) {
      this.again = false;
      const free = Math.min(this.slots - this.running, 2 * this.slots - this.unended);
      if (free <= 0) {
        this.more = true;
        break;
      }
      const jobs = await this.claim(free);
      this.more = jobs.length === free;
      for (const job of jobs) void this.start(job);
    }
    this.filling = undefined;
  }

  private async start(job: J): Promise<void> {
    this.running += 1;
    this.unended += 1;
    let free = false;
    const freeSlot = (): void => {
      if (free) return;
      free = true;
      this.running -= 1;
      this.waiting.shift()?.();
      if (this.more) void this.wake();
    };
    await this.run(job, freeSlot);
    freeSlot();
    this.unended -= 1;
    // Another with its key may have waited for this one, or for room.
    if (this.more || job.key !== null) void this.wake();
  }
}
