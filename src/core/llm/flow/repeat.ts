import { setTimeout as sleep } from 'node:timers/promises';
import { ExponentialBackoff } from 'cockatiel';
import { LlmError } from '../llm.errors.js';

export interface RepeatOptions {
  /** Attempts after the first. */
  retries: number;
  firstDelayMs: number;
  longestDelayMs: number;
}

/** A longer wait than this that a server asks for is not waited for. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Does work again while it fails in a way that may pass: after a delay that grows, part of it left to chance so that callers
 * spread (decorrelated jitter), or after the time that the server asks for.
 * @param told hears of every attempt that is made again
 */
export async function repeat<T>(
  work: () => Promise<T>,
  { retries, firstDelayMs, longestDelayMs }: RepeatOptions,
  signal: AbortSignal,
  told: (error: LlmError) => void,
): Promise<T> {
  const delays = new ExponentialBackoff({ initialDelay: firstDelayMs, maxDelay: longestDelayMs });
  let delay = delays.next();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const passes = error instanceof LlmError && error.again && (error.waitMs ?? 0) <= LONGEST_WAIT_MS;
      if (!passes || attempt >= retries || signal.aborted) throw error;
      told(error);
      await sleep(Math.max(error.waitMs ?? 0, delay.duration), undefined, { signal }).catch(() => {
        throw signal.reason;
      });
      delay = delay.next(undefined);
    }
  }
}
