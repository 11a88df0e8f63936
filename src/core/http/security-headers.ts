import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * What helmet says with its strictest settings, and that nothing is kept in a cache. Written out, since helmet's middleware
 * costs a short request a tenth.
 */
export const STRICT_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/** For a year, by whoever has come over TLS. */
const STRICT_TLS_HEADERS = {
  ...STRICT_HEADERS,
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};

/** The documentation pages draw inline styles; ReDoc searches in a worker of its own. No script is inline. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

const PAGES = /^\/(?:docs|redoc)(?:[/?]|$)/;

/** What an answer to this request says; it has come over TLS, too, when a proxy that is trusted says so. */
export function strictHeaders({ protocol }: Pick<FastifyRequest, 'protocol'>): Record<string, string> {
  return protocol === 'https' ? STRICT_TLS_HEADERS : STRICT_HEADERS;
}

/** Says with every answer what a browser may make of it: nothing, except the documentation pages. */
export function secureHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(strictHeaders(request));
    if (PAGES.test(request.url)) void reply.header('content-security-policy', PAGE_POLICY);
    done();
  });
}
