import type { FastifyInstance } from 'fastify';
import { namesTag } from './etag.js';

/** Answers a GET of what the caller has already, by `If-None-Match`, with 304 and no body. */
export function answerUnchanged(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    const known = request.headers['if-none-match'];
    const etag = reply.getHeader('etag');
    if (known === undefined || typeof etag !== 'string' || reply.statusCode !== 200) return payload;
    if (!['GET', 'HEAD'].includes(request.method) || !namesTag(known, etag)) return payload;
    void reply.code(304).removeHeader('content-type').removeHeader('content-length');
    return '';
  });
}
