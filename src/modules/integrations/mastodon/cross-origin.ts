import type { FastifyInstance } from 'fastify';

const EXPOSED = 'Link, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After';
const HEADERS = 'Authorization, Content-Type, Idempotency-Key';
const METHODS = 'GET, POST, PUT, PATCH, DELETE';

/** Lets pages of these origins call from a browser; without any, clients that are pages are refused by it. */
export function allowPages(fastify: FastifyInstance, origins: readonly string[]): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    void reply.header('vary', 'Origin');
    if (origin === undefined || !origins.includes(origin)) return;
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': EXPOSED,
      'cross-origin-resource-policy': 'cross-origin',
    });
    if (request.method !== 'OPTIONS') return;
    void reply.headers({
      'access-control-allow-headers': HEADERS,
      'access-control-allow-methods': METHODS,
      'access-control-max-age': '600',
    });
    await reply.status(204).send();
  });
}
