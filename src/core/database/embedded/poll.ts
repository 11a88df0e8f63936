import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer.
 * @param check returns undefined for "not yet"
 * @param everyMs pause between two questions, in milliseconds
 * @param forMs when to give up, in milliseconds
 * @returns the answer, or undefined when the time is up
 */
export async function poll<T>(
  check: () => T | undefined | Promise<T | undefined>,
  everyMs: number,
  forMs: number,
): Promise<T | undefined> {
  const deadline = performance.now() + forMs;
  for (;;) {
    const answer = await check();
    if (answer !== undefined || performance.now() >= deadline) return answer;
    await sleep(everyMs);
  }
}
