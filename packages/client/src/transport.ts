import { ApiError, NetworkError, StrangeAnswerError } from './api-error.js';
import { textOf, within } from './bodies.js';
import { sleep } from './sleep.js';

/** What a client sends its requests with. */
export type Send = (request: Request) => Promise<Response>;

/** When and how often a request is sent again, and how long it may take. */
export interface SendingPolicy extends RetryPolicy {
  /** Milliseconds for an answer to begin. */
  timeoutMs: number;
}

/** When and how often a request is sent again. */
export interface RetryPolicy {
  /** How often at most after the first time. */
  retries: number;
  /** Milliseconds before the first repetition; doubled each time. */
  delay: number;
  /** The longest `Retry-After` that is waited for, in milliseconds; a longer one ends the call. */
  longest: number;
}

const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);
const PROBLEM = 'application/problem+json';

/**
 * Sends a request, again where that is safe: after a broken connection, 429, 502, 504, and 503 unless that is the server's
 * considered answer; once more when it took too long. A POST is safe because it carries an `Idempotency-Key`.
 * Where the server sends elsewhere is never gone to: what the request carries is for this server alone.
 * @throws NetworkError when it never got through, or was sent elsewhere
 */
export async function sendSafely(request: Request, send: Send, policy: SendingPolicy): Promise<Response> {
  const repeat = repeaterOf(request, await bodyOf(request));
  const safe = IDEMPOTENT.has(request.method) || request.headers.has('Idempotency-Key');
  let late = false;
  for (let attempt = 0; ; attempt += 1) {
    const last = !safe || attempt >= policy.retries;
    let wait: number | undefined;
    try {
      const response = await sendOnce(repeat, send, policy.timeoutMs);
      requireHere(request.url, response);
      wait = await waitOf(request, response, attempt, policy);
      if (last || wait === undefined || wait > policy.longest) return response;
      await response.body?.cancel();
    } catch (error) {
      request.signal.throwIfAborted();
      if (error instanceof NetworkError) {
        if (last || late || error instanceof StrangeAnswerError) throw error;
        late = true;
        // fetch reports everything that is not an answer as a TypeError.
      } else if (!(error instanceof TypeError)) throw error;
      else if (last) throw NetworkError.unreachable(request.url, error);
      wait = policy.delay * 2 ** attempt;
    }
    await sleep(wait, request.signal);
  }
}

/** Bodies are JSON texts: small enough to be kept for a repetition. */
async function bodyOf(request: Request): Promise<ArrayBuffer | undefined> {
  return request.body === null ? undefined : request.arrayBuffer();
}

type Repeater = (signal: AbortSignal) => Request;

function repeaterOf(request: Request, body: ArrayBuffer | undefined): Repeater {
  const { url, method, headers } = request;
  const init = { method, headers, redirect: 'manual', ...(body !== undefined && { body }) } as const;
  return (hangUp) => new Request(url, { ...init, signal: AbortSignal.any([request.signal, hangUp]) });
}

/** Hangs up where no answer begins in time. @throws NetworkError */
async function sendOnce(repeat: Repeater, send: Send, timeoutMs: number): Promise<Response> {
  const hangUp = new AbortController();
  const request = repeat(hangUp.signal);
  try {
    return await within(timeoutMs, request, send(request));
  } catch (error) {
    hangUp.abort();
    throw error;
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** @throws StrangeAnswerError when the server sends elsewhere */
function requireHere(url: string, response: Response): void {
  // A browser hides where to.
  const hidden = response.type === 'opaqueredirect';
  if (!hidden && !REDIRECTS.has(response.status)) return;
  response.body?.cancel().catch(() => undefined);
  const to = placeOf(url, response.headers.get('Location'));
  throw new StrangeAnswerError(
    url,
    to === undefined
      ? 'sends elsewhere: give the URL of the server itself'
      : `sends elsewhere, to ${to}; give that as --api-url, if you trust it`,
  );
}

/** The server that a redirect leads to: without what only this request asked for. */
function placeOf(from: string, location: string | null): string | undefined {
  if (location === null || !URL.canParse(location, from)) return undefined;
  const { protocol, host, pathname } = new URL(location, from);
  // The server itself may be below a path.
  const asked = /\/(?:api\/v1\/.*|healthz)$/.exec(new URL(from).pathname)?.[0] ?? '';
  const path = asked !== '' && pathname.endsWith(asked) ? pathname.slice(0, -asked.length) : pathname;
  return `${protocol}//${host}${path}`;
}

/** What the server answers while the first of two requests with one key is still being carried out. */
const KEY_IN_USE = 'idempotency_key_in_use';

/** Milliseconds to wait before the same is sent again; undefined when the answer stands. */
async function waitOf(
  request: Request,
  response: Response,
  attempt: number,
  policy: SendingPolicy,
): Promise<number | undefined> {
  const after = retryAfter(response.headers.get('Retry-After'));
  const considered =
    response.headers.get('Content-Type')?.startsWith(PROBLEM) === true && after === undefined;
  switch (response.status) {
    case 429:
    case 502:
    case 504:
      return after ?? policy.delay * 2 ** attempt;
    case 409:
      return (await codeOf(request, response, policy)) === KEY_IN_USE
        ? policy.delay * 2 ** attempt
        : undefined;
    case 503:
      return considered ? undefined : (after ?? policy.delay * 2 ** attempt);
    default:
      return undefined;
  }
}

async function codeOf(
  request: Request,
  response: Response,
  { timeoutMs }: SendingPolicy,
): Promise<string | undefined> {
  const text = await textOf(response.clone(), { request, timeoutMs }).catch(() => '');
  return ApiError.of(response, text).code;
}

/** Milliseconds of a `Retry-After` in seconds or as a date. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
