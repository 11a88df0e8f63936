import { NetworkError } from './api-error.js';
import { sleep } from './sleep.js';

/** What a client sends its requests with. */
export type Send = (request: Request) => Promise<Response>;

/** When and how often a request is sent again. */
export interface RetryPolicy {
  /** How often at most after the first time. */
  retries: number;
  /** Milliseconds before the first repetition; doubled each time. */
  delay: number;
  /** The longest `Retry-After` that is waited for, in milliseconds; a longer one ends the call. */
  longest: number;
}

/** A server that sends its callers elsewhere: what they carry is for it alone. */
export function withoutRedirects(send: Send): Send {
  return async (request) => {
    const response = await send(new Request(request, { redirect: 'manual' }));
    const elsewhere = response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
    if (!elsewhere || response.status === 304) return response;
    await response.body?.cancel();
    const to = response.headers.get('Location');
    const place =
      to !== null && URL.canParse(to, request.url) ? new URL(to, request.url).origin : 'elsewhere';
    throw new NetworkError(request.url, new Error(`it sends its callers to ${place}; call that yourself`));
  };
}

const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);
const PROBLEM = 'application/problem+json';

/**
 * Sends a request, again where that is safe: after a broken connection, 429, 502, 504, and 503 unless that is the server's
 * considered answer. A POST is safe because it carries an `Idempotency-Key`.
 * @throws NetworkError when it never got through
 */
export async function sendSafely(request: Request, send: Send, policy: RetryPolicy): Promise<Response> {
  const repeat = repeaterOf(request, await bodyOf(request));
  const safe = IDEMPOTENT.has(request.method) || request.headers.has('Idempotency-Key');
  for (let attempt = 0; ; attempt += 1) {
    const last = !safe || attempt >= policy.retries;
    let wait: number | undefined;
    try {
      const response = await send(repeat());
      wait = await waitOf(response, attempt, policy);
      if (last || wait === undefined || wait > policy.longest) return response;
      await response.body?.cancel();
    } catch (error) {
      request.signal.throwIfAborted();
      // fetch reports everything that is not an answer as a TypeError.
      if (!(error instanceof TypeError)) throw error;
      if (last) throw new NetworkError(request.url, error);
      wait = policy.delay * 2 ** attempt;
    }
    await sleep(wait, request.signal);
  }
}

/** Bodies are JSON texts: small enough to be kept for a repetition. */
async function bodyOf(request: Request): Promise<ArrayBuffer | undefined> {
  return request.body === null ? undefined : request.arrayBuffer();
}

function repeaterOf(request: Request, body: ArrayBuffer | undefined): () => Request {
  const { url, method, headers, signal, redirect } = request;
  return () => new Request(url, { method, headers, signal, redirect, ...(body !== undefined && { body }) });
}

/** What the server answers while the first of two requests with one key is still being carried out. */
const KEY_IN_USE = 'idempotency_key_in_use';

/** Milliseconds to wait before the same is sent again; undefined when the answer stands. */
async function waitOf(response: Response, attempt: number, policy: RetryPolicy): Promise<number | undefined> {
  const after = retryAfter(response.headers.get('Retry-After'));
  const considered =
    response.headers.get('Content-Type')?.startsWith(PROBLEM) === true && after === undefined;
  switch (response.status) {
    case 429:
    case 502:
    case 504:
      return after ?? policy.delay * 2 ** attempt;
    case 409:
      return (await codeOf(response)) === KEY_IN_USE ? policy.delay * 2 ** attempt : undefined;
    case 503:
      return considered ? undefined : (after ?? policy.delay * 2 ** attempt);
    default:
      return undefined;
  }
}

async function codeOf(response: Response): Promise<unknown> {
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return (problem as { code?: unknown } | undefined)?.code;
}

/** Milliseconds of a `Retry-After` in seconds or as a date. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
