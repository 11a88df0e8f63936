/** Keeps the slots of a worker filled with the jobs of one queue. */
export class JobPump<J extends { key: string | null }> {
  private running = 0;
  private stopped = false;
  private again = false;
  private filling: Promise<void> | undefined;
  /** The last claim took all that there was room for: there may be more. */
  private more = false;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param slots how many jobs at once
   * @param claim takes up to so many jobs; it rejects with nothing
   * @param run runs one; it rejects with nothing
   */
  constructor(
    private readonly slots: number,
    private readonly claim: (most: number) => Promise<J[]>,
    private readonly run: (job: J) => Promise<void>,
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
      const free = this.slots - this.running;
      if (free <= 0) break;
      const jobs = await this.claim(free);
      this.more = jobs.length === free;
      for (const job of jobs) void this.start(job);
    }
    this.filling = undefined;
  }

  private async start(job: J): Promise<void> {
    this.running += 1;
    await this.run(job);
    this.running -= 1;
    this.waiting.shift()?.();
    // Another with its key may have waited for this one.
    if (this.more || job.key !== null) void this.wake();
  }
}
