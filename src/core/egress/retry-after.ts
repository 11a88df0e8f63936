/** Seconds since 1970 above this, and otherwise from now. */
const EPOCH_MIN = 1_000_000_000;

/**
 * Milliseconds until a server wants to be asked again, at least 0: by `Retry-After`, seconds or a date (RFC 9110, 10.2.3), or else by
 * the end of a quota of which nothing is left: `RateLimit: "name";r=0;t=seconds`, `RateLimit-Remaining` or
 * `X-RateLimit-Remaining: 0` with its `…-Reset`, seconds from now or since 1970, or a date. Undefined where there is none that can be read.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  return msUntil(headers.get('retry-after')) ?? quotaEndMs(headers);
}

function quotaEndMs(headers: Headers): number | undefined {
  const waits: number[] = [];
  for (const quota of headers.get('ratelimit')?.split(',') ?? []) {
    const seconds = /;\s*t=(\d{1,9})\s*(?:;|$)/.exec(quota)?.[1];
    if (seconds !== undefined && /;\s*r=0\s*(?:;|$)/.test(quota)) waits.push(Number(seconds) * 1_000);
  }
  for (const prefix of ['ratelimit', 'x-ratelimit']) {
    if (headers.get(`${prefix}-remaining`)?.trim() !== '0') continue;
    const wait = msUntil(headers.get(`${prefix}-reset`));
    if (wait !== undefined) waits.push(wait);
  }
  // All that are used up have to end.
  return waits.length === 0 ? undefined : Math.max(...waits);
}

function msUntil(given: string | null): number | undefined {
  const text = given?.trim() ?? '';
  if (text === '') return undefined;
  const seconds = /^\d{1,10}$/.test(text) ? Number(text) : undefined;
  const ms =
    seconds !== undefined && seconds < EPOCH_MIN
      ? seconds * 1_000
      : (seconds === undefined ? Date.parse(text) : seconds * 1_000) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
