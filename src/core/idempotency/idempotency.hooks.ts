import type { FastifyInstance, FastifyReply } from 'fastify';
import type { IdempotencyService, KeyedRequest } from './idempotency.service.js';

/** Longer answers are not kept; the request may be carried out again. No route that changes something answers more. */
const MAX_BODY = 1_048_576;
const KEPT_HEADERS = ['content-type', 'location', 'etag'] as const;

/** Opens a scope around every POST and keeps the answers of those that carry a key. */
export function keepAnswers(fastify: FastifyInstance, idempotency: IdempotencyService): void {
  // After the body is read, since its events belong to another asynchronous context.
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (request.method === 'POST') idempotency.scope.run({}, done);
    else done();
  });
  fastify.addHook('onSend', async (_request, reply, payload) => {
    const scope = idempotency.scope.getStore();
    const request = scope?.request;
    if (scope === undefined || request === undefined) return payload;
    delete scope.request;
    await finish(idempotency, request, reply, payload);
    return payload;
  });
}

async function finish(
  idempotency: IdempotencyService,
  request: KeyedRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<void> {
  const { statusCode: status } = reply;
  if (status >= 300 || typeof payload !== 'string' || payload.length > MAX_BODY) {
    await idempotency.release(request);
    return;
  }
  const headers = Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)] as const];
    }),
  );
  await idempotency.answer(request, { status, headers, body: payload });
}
