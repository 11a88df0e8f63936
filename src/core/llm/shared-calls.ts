import { orAborted } from './or-aborted.js';

interface Running<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** Work that is the same for several callers at once is done once; it ends when the last of them has gone. */
export class SharedCalls<T> {
  private readonly running = new Map<string, Running<T>>();

  /**
   * @param key of the work: equal for what is the same
   * @param work is given a signal that ends it
   * @returns the result, and whether somebody else had asked for it
   * @throws the reason of the caller's signal at once, whatever becomes of the work
   */
  async run(
    key: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<{ result: T; isShared: boolean }> {
    signal.throwIfAborted();
    const joined = this.running.get(key);
    const running = joined ?? this.start(key, work);
    running.waiting += 1;
    try {
      return { result: await orAborted(running.result, signal), isShared: joined !== undefined };
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) this.end(key, running, signal.reason);
    }
  }

  private start(key: string, work: (signal: AbortSignal) => Promise<T>): Running<T> {
    const controller = new AbortController();
    const result = work(controller.signal);
    const running = { result, controller, waiting: 0 };
    this.running.set(key, running);
    // Those who wait hear of it; when all have gone, nobody needs to.
    const forget = (): void => this.forget(key, running);
    result.then(forget, forget);
    return running;
  }

  /** Work that is done needs no end. */
  private end(key: string, running: Running<T>, reason: unknown): void {
    if (this.running.get(key) !== running) return;
    this.running.delete(key);
    running.controller.abort(reason);
  }

  private forget(key: string, running: Running<T>): void {
    if (this.running.get(key) === running) this.running.delete(key);
  }
}
