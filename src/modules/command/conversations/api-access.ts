import { createClient, type Client } from '@azt3knet/client';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { fetchByInject } from '../../../core/http/index.js';

/** Its host is nobody's: the requests never leave the process. */
const NOWHERE = 'http://azt3knet.invalid';
/** An access token; an API key has no dots. */
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Who asks. */
export interface Asker {
  /** The access token or API key. */
  credential: string;
  address: string;
}

/** The API of this process, as whoever speaks: a command can do what its person can do by a request, and no more. */
@Injectable()
export class ApiAccess {
  constructor(private readonly host: HttpAdapterHost) {}

  /** @param idempotencyKey makes what is asked for by two clients at once happen once */
  as({ credential, address }: Asker, idempotencyKey?: string): Client {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const isToken = JWT.test(credential);
    return createClient({
      baseUrl: NOWHERE,
      ...(isToken && { token: credential }),
      headers: {
        ...(!isToken && { 'x-api-key': credential }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      fetch: fetchByInject(fastify, address),
      retry: { retries: 0 },
      timeoutMs: Infinity,
    });
  }
}
