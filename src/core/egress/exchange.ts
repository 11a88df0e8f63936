import { VERSION } from '../version.js';
import { EgressError } from './egress.errors.js';

/** A request as `fetch` takes it; the body can be sent again. */
export interface EgressRequest {
  method?: string;
  headers?: RequestInit['headers'];
  body?: string | Uint8Array<ArrayBuffer> | URLSearchParams | null;
  signal?: AbortSignal | null;
}

/** One request as it is sent: what was asked for, or what a redirect made of it. */
export interface Exchange {
  url: URL;
  method: string;
  headers: Headers;
  body: NonNullable<EgressRequest['body']> | null;
}

/** Whoever is asked is to know that nobody is behind it but a laboratory. */
const USER_AGENT = `Azt3kNet/${VERSION} (synthetic laboratory)`;
/** What says where a request goes or how it is carried: not for callers. */
const RESERVED =
  /^(?:host|connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade|user-agent|proxy-.*)$/;
/** What another origin may see of the headers of a caller. */
const HARMLESS = new Set(['accept', 'accept-language', 'range', 'user-agent']);
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** @throws EgressError `egress_invalid` for a URL that is none, is not of HTTP, or has a user or password in it */
function targetOf(address: string | URL, base?: URL): URL {
  const url = URL.parse(String(address), base?.href);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw EgressError.invalid('an outgoing request needs a URL that begins with http:// or https://');
  }
  if (url.username !== '' || url.password !== '') {
    throw EgressError.invalid(`the URL of ${url.origin} has a user or a password in it`);
  }
  url.hash = '';
  return url;
}

function headersOf(given: RequestInit['headers']): Headers {
  let headers: Headers;
  try {
    headers = new Headers(given);
  } catch {
    // What fetch says repeats the value, which may be a secret.
    throw EgressError.invalid('a header of an outgoing request has a character that no header has');
  }
  const reserved = [...headers.keys()].find((name) => RESERVED.test(name));
  if (reserved !== undefined) throw EgressError.invalid(`the header ${reserved} is not for a caller to set`);
  headers.set('user-agent', USER_AGENT);
  return headers;
}

/**
 * A request as it is sent first.
 * @throws EgressError `egress_invalid`
 */
export function exchangeOf(address: string | URL, request: EgressRequest): Exchange {
  const method = (request.method ?? 'GET').toUpperCase();
  if (!METHODS.has(method)) throw EgressError.invalid(`a method is one of ${[...METHODS].join(', ')}`);
  const body = request.body ?? null;
  if (body !== null && (method === 'GET' || method === 'HEAD'))
    throw EgressError.invalid(`${method} has no body`);
  return { url: targetOf(address), method, headers: headersOf(request.headers), body };
}

/** Where an answer sends the caller; undefined when it is none that does. */
export function locationOf({ status, headers }: Response): string | undefined {
  return REDIRECTS.has(status) ? (headers.get('location') ?? undefined) : undefined;
}

/**
 * What a redirect makes of a request, as fetch does it (4.4), except that nothing which may be a secret goes to another
 * origin: no header but a few harmless ones, and no body.
 * @throws EgressError `egress_redirect` when a body or the protection of TLS would be lost, `egress_invalid`
 */
export function redirected(from: Exchange, status: number, location: string): Exchange {
  const url = targetOf(location, from.url);
  if (from.url.protocol === 'https:' && url.protocol === 'http:') {
    throw EgressError.redirect(from.url.origin, 'it leads from https to http');
  }
  const toGet = (status === 303 && from.method !== 'HEAD') || (status < 303 && from.method === 'POST');
  const method = toGet ? 'GET' : from.method;
  const body = toGet ? null : from.body;
  const sameOrigin = url.origin === from.url.origin;
  if (!sameOrigin && body !== null) {
    throw EgressError.redirect(from.url.origin, 'it would send the body to another origin');
  }
  const kept = [...from.headers].filter(
    ([name]) => (sameOrigin || HARMLESS.has(name)) && !(toGet && name.startsWith('content-')),
  );
  return { url, method, headers: new Headers(kept), body };
}
