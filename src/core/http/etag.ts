import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../errors/index.js';

/** An update that does not say what it updates. */
export class PreconditionRequiredError extends AppError {
  constructor() {
    const message = 'is required: the ETag of what you read, or * for whatever is there';
    super('precondition_required', 'if_match_required', `If-Match: ${message}`, [
      { field: 'If-Match', message },
    ]);
  }
}

/** Somebody else was faster. */
export class PreconditionFailedError extends AppError {
  constructor(current: string) {
    super(
      'precondition_failed',
      'changed_meanwhile',
      `it has changed since you read it; its ETag is now ${current}`,
    );
  }
}

/** A strong entity tag of a version or a digest. */
export function etagOf(version: string | number): string {
  return `"${version}"`;
}

/** A strong entity tag of a body that has no version of its own: it changes whenever anything in it does. */
export function contentTag(body: object): string {
  return etagOf(createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22));
}

/** Whether an `If-None-Match` header names this tag; weak tags count. */
export function namesTag(header: string, etag: string): boolean {
  return header.trim() === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}

/** Ask inside the transaction that updates, with the row locked. @throws PreconditionFailedError */
export function requireMatch(ifMatch: string, etag: string): void {
  const named = new Set(ifMatch.split(',').map((each) => each.trim()));
  if (!named.has('*') && !named.has(etag)) throw new PreconditionFailedError(etag);
}

/** The `If-Match` header of a route that declares `ifMatch`. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  return context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'] ?? '';
});
