import type { FastifyReply } from 'fastify';
import type { PinoLogger } from 'nestjs-pino';
import { AppError } from '../../../core/errors/index.js';
import { problemOf } from '../../../core/http/index.js';
import { PAGE_HEADERS, refusalPage } from './public-pages.js';

/** The token is missing, or does not hold. */
export class Unauthorized extends AppError {
  constructor(message: string) {
    super('unauthenticated', 'token_invalid', message);
  }
}

/** An error of OAuth 2, by its code. */
export class OAuthError extends AppError {
  constructor(
    /** `invalid_grant` and its kin. */
    readonly error: string,
    message: string,
  ) {
    super(error === 'invalid_client' ? 'unauthenticated' : 'invalid', error, message);
  }
}

function statusOf(error: unknown): number | undefined {
  const { statusCode, status } = error as { statusCode?: unknown; status?: unknown };
  const found = statusCode ?? status;
  return typeof found === 'number' && found >= 400 && found < 500 ? found : undefined;
}

/** Answers an error as clients expect it: `{"error": "…"}`, or as a page. What is not meant for them goes to the log only. */
export function sendError(error: unknown, reply: FastifyReply, logger: PinoLogger): void {
  if (reply.request.routeOptions.config.mastodon?.page === true && error instanceof AppError) {
    const { status } = problemOf(error);
    if (status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    void reply
      .status(status)
      .headers(PAGE_HEADERS)
      .send(refusalPage(reasonOf(status)));
    return;
  }
  if (error instanceof OAuthError) {
    const status = error.error === 'invalid_client' ? 401 : 400;
    void reply.status(status).send({ error: error.error, error_description: error.message });
    return;
  }
  if (error instanceof AppError) {
    const { status, detail } = problemOf(error);
    const { retryAfter } = error as { retryAfter?: unknown };
    if (typeof retryAfter === 'number') void reply.header('Retry-After', String(retryAfter));
    if (status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    void reply.status(status).send({ error: detail });
    return;
  }
  const status = statusOf(error);
  if (status !== undefined) {
    void reply.status(status).send({ error: (error as Error).message });
    return;
  }
  logger.error({ err: error }, 'unexpected error');
  void reply.status(500).send({ error: 'something went wrong on our side; the log has the details' });
}

function reasonOf(status: number): string {
  if (status === 401 || status === 403)
    return 'This sandbox network is not open: who reads it uses a client of Mastodon and signs in.';
  if (status === 429) return 'Too many requests; try again in a while.';
  return 'There is no such account or post, or it is not for everybody.';
}
