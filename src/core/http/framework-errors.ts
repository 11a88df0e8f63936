import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { problem } from './problem.js';
import { strictHeaders } from './security-headers.js';

/** Answers what Fastify refuses before there is a route, such as a path that is not a URL, as problem details. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const body = problem(error.statusCode ?? 400, 'bad_url', 'the path is not well-formed or too long');
  void reply
    .status(body.status)
    .headers(strictHeaders(request))
    .header('Content-Type', 'application/problem+json')
    .send(JSON.stringify({ ...body, instance: request.url.split('?')[0] }));
}

const STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is not HTTP at all as problem details, and hangs up. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable && !hasAnswered(socket)) {
    const status = STATUS[error.code ?? ''] ?? 400;
    const body = JSON.stringify(problem(status, 'bad_http', 'this is not an HTTP request that we accept'));
    const strict = strictHeaders({ protocol: 'encrypted' in socket ? 'https' : 'http' });
    const headers = Object.entries(strict).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\nContent-Type: application/problem+json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n${headers.join('')}\r\n${body}`,
    );
  }
  socket.destroySoon();
}

/** Whether an answer is on its way already, which a second one would garble. */
function hasAnswered(socket: Socket): boolean {
  const { _httpMessage: message } = socket as Socket & {
    _httpMessage?: { headersSent?: boolean; req?: IncomingMessage } | null;
  };
  return message?.headersSent === true;
}
