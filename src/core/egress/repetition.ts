import { randomInt } from 'node:crypto';
import type { Exchange } from './exchange.js';

const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);
/** Answers of servers that cannot now and may soon. */
const PASSING = new Set([429, 502, 503, 504]);
const FIRST_DELAY_MS = 200;
/** The longest wait that a server may ask for; with a longer one its answer stands. */
const LONGEST_DELAY_MS = 10_000;

/** Whether sending a request twice does no more than sending it once. */
export function isRepeatable({ method, headers }: Exchange): boolean {
  return IDEMPOTENT.has(method) || headers.has('idempotency-key');
}

/** Milliseconds to wait before the next attempt: doubled each time, with a part left to chance so that callers spread. */
export function backoff(attempt: number): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
  return randomInt(delay / 2, delay + 1);
}

/** Milliseconds to wait after an answer before the request is sent again; undefined when the answer stands. */
export function waitAfter({ status, headers }: Response, attempt: number): number | undefined {
  if (!PASSING.has(status)) return undefined;
  const after = headers.get('retry-after');
  if (after === null) return backoff(attempt);
  const wait = /^\d{1,9}$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - Date.now();
  return wait <= LONGEST_DELAY_MS ? Math.max(wait, 0) : undefined;
}
