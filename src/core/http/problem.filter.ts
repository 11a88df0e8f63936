import {
  Catch,
  HttpException,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '../errors/index.js';
import { problem, problemOf, type Problem } from './problem.js';

const CODES: Record<number, string> = {
  400: 'bad_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'route_not_found',
  405: 'method_not_allowed',
  413: 'body_too_large',
  414: 'bad_url',
  415: 'media_type_not_supported',
};

/** What cannot be read, is too large or of another type, and what breaks a rule. */
const MISTAKES: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/** A client error that Fastify itself raises, such as a body that is not JSON. */
function clientStatus(error: unknown): number | undefined {
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

/** Answers every error as problem details; what is not meant for the client goes to the log only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  /** @param methodsAt the methods by which a path may be called */
  constructor(
    private readonly logger: PinoLogger,
    private readonly methodsAt: (path: string) => readonly string[] = () => [],
  ) {
    logger.setContext(ProblemFilter.name);
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const path = request.url.split('?')[0] ?? '';
    const allowed = error instanceof NotFoundException ? this.methodsAt(path) : [];
    const found =
      allowed.length === 0
        ? this.toProblem(error)
        : problem(405, 'method_not_allowed', `${path} takes ${allowed.join(', ')}, and no ${request.method}`);
    if (allowed.length > 0) void reply.header('Allow', allowed.join(', '));
    const { mistake } = request.routeOptions.config ?? {};
    if (mistake !== undefined && MISTAKES.has(found.status)) {
      void reply.status(400).send(mistake(found.detail));
      return;
    }
    const body = { ...found, instance: path };
    const seconds = (error as { retryAfterSeconds?: unknown }).retryAfterSeconds;
    if (typeof seconds === 'number') void reply.header('Retry-After', String(Math.ceil(seconds)));
    if (body.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    void reply.status(body.status).header('Content-Type', 'application/problem+json').send(body);
  }

  private toProblem(error: unknown): Problem {
    if (error instanceof AppError) return problemOf(error);
    const status = clientStatus(error);
    if (status !== undefined)
      return problem(status, CODES[status] ?? 'bad_request', (error as Error).message);
    this.logger.error({ err: error }, 'unexpected error');
    return problem(500, 'internal', 'something went wrong on our side; the log has the details');
  }
}
