import { LlmError } from './llm.errors.js';
import type { CallOptions } from './llm.types.js';
import { orAborted } from './or-aborted.js';

/** The longest that a timer can wait. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Does work with a signal that ends it when the caller says so or the deadline is there.
 * @throws the reason of the caller's signal, or LlmError `llm_deadline`
 */
export async function withLimits<T>(
  { signal, deadline }: Pick<CallOptions, 'signal' | 'deadline'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const cancel = (): void => controller.abort(signal?.reason);
  signal?.addEventListener('abort', cancel, { once: true });
  const expire = (): void => controller.abort(LlmError.deadline());
  const timer = deadline && setTimeout(expire, millisecondsTo(deadline));
  try {
    return await orAborted(work(controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

function millisecondsTo(deadline: Date): number {
  return Math.min(Math.max(0, deadline.getTime() - Date.now()), LONGEST_TIMER_MS);
}
