import { createHash } from 'node:crypto';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../http/index.js';
import { KeyMalformedError } from './idempotency.errors.js';
import { IdempotencyService, type KeyName, type StoredAnswer } from './idempotency.service.js';

/** Thrown in the place of carrying a request out again. */
export class AnswerRepeated extends Error {
  constructor(readonly answer: StoredAnswer) {
    super('the answer to this key is known');
  }
}

/** Claims the `Idempotency-Key` of a POST, once it is known who calls and that the input is well-formed. */
@Injectable()
export class IdempotencyGuard implements CanActivate {
  constructor(private readonly idempotency: IdempotencyService) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Caller }>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || request.method !== 'POST' || request.user === undefined) return true;
    if (typeof key !== 'string' || !/^[\u0020-\u007e]{1,255}$/.test(key)) throw new KeyMalformedError();
    return this.claim(request, { callerId: request.user.id, credential: credentialOf(request.user), key });
  }

  private async claim(request: FastifyRequest, name: KeyName): Promise<true> {
    const content = [request.method, request.url, canonicalize(request.body) ?? ''].join('\n');
    const hash = createHash('sha256').update(content).digest('hex');
    const answer = await this.idempotency.claim(name, hash);
    if (answer !== undefined) throw new AnswerRepeated(answer);
    return true;
  }
}

/** A session is as good as the next one of its user; a key, or a client's token that was narrowed, may do less than another. */
function credentialOf({ keyId, scope }: Caller): string {
  if (keyId === undefined) return 'session';
  return scope === undefined ? keyId : `${keyId} ${scope}`;
}
