import {
  Injectable,
  UnsupportedMediaTypeException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PreconditionRequiredError } from './etag.js';
import { nullsDropper, readInput, textReader } from './input.js';
import { contractOf, type RouteContract } from './route.js';

const NOTHING = z.strictObject({});

type Reader = (request: FastifyRequest) => void;

/**
 * Checks the input of a request against its route's contract and puts what the schemas make of it in its place. A guard
 * and not a pipe, since it must come after the access guard (who may not call learns nothing) and costs least there.
 */
@Injectable()
export class InputGuard implements CanActivate {
  private readonly readers = new WeakMap<object, Reader>();

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const handler = context.getHandler();
    let reader = this.readers.get(handler);
    if (reader === undefined) {
      const contract = contractOf(handler);
      // Not one of our routes, such as the documentation's files.
      if (contract === undefined) return true;
      reader = readerOf(contract);
      this.readers.set(handler, reader);
    }
    reader(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}

/** Bodies are JSON; a route may take others. @throws UnsupportedMediaTypeException */
function requireBodyType({ headers }: FastifyRequest, accepted: readonly string[]): void {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === undefined || type === 'application/json' || accepted.includes(type)) return;
  throw new UnsupportedMediaTypeException(
    `Unsupported Media Type: expected ${['application/json', ...accepted].join(' or ')}`,
  );
}

function readerOf(contract: RouteContract): Reader {
  const { params = NOTHING, query = NOTHING, body = NOTHING, bodyTypes = [], ifMatch } = contract;
  const [paramsOf, queryOf, bodyOf] = [textReader(params), textReader(query), nullsDropper(body)];
  return (request) => {
    const write = request as { params: unknown; query: unknown; body: unknown };
    write.params = readInput(params, paramsOf(request.params as Record<string, unknown>), 'path');
    write.query = readInput(query, queryOf(request.query as Record<string, unknown>), 'query');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      requireBodyType(request, bodyTypes);
      write.body = readInput(body, bodyOf(request.body ?? {}), 'body');
    }
    if (ifMatch === true && request.headers['if-match'] === undefined) throw new PreconditionRequiredError();
  };
}
