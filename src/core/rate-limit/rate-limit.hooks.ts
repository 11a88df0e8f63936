import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROBES } from '../http/index.js';
import type { Verdict } from './budgets.js';
import { tellLimit } from './rate-limit-headers.js';
import { RateLimitedError } from './rate-limit.errors.js';
import type { RateLimits } from './rate-limits.js';

/** What a request was counted for before it was known who calls. */
export interface CountedRequest extends FastifyRequest {
  addressVerdict: Verdict | undefined;
}

/** Says in the headers what became of a request. @throws what {@link RateLimits.require} does */
export function settle(limits: RateLimits, reply: FastifyReply, verdict: Verdict): void {
  tellLimit(reply, verdict);
  try {
    limits.require(verdict);
  } catch (error) {
    if (error instanceof RateLimitedError) void reply.header('Retry-After', String(error.retryAfter));
    throw error;
  }
}

/** Counts every request for its address before its token is looked at, so that forged ones cost nothing. */
export function limitAddresses(fastify: FastifyInstance, limits: RateLimits): void {
  fastify.decorateRequest('addressVerdict', undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    const verdict = PROBES.has(request.url) ? undefined : limits.spendAddress(request.ip);
    if (verdict === undefined) {
      done();
      return;
    }
    const go = (known: Verdict): void => {
      (request as CountedRequest).addressVerdict = known;
      try {
        settle(limits, reply, known);
      } catch (error) {
        done(error as Error);
        return;
      }
      done();
    };
    if (verdict instanceof Promise) void verdict.then(go);
    else go(verdict);
  });
}
