import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { Server, WebSocket } from 'ws';
import { CLOSE_CODES } from './socket-session.js';
import type { UpgradeGate } from './upgrade-gate.js';

const CLOSE_MS = 1_000;

const parameters = new WeakMap<IncomingMessage, string>();

/** The last segment of the path that a connection was made by, where the gateway's path ends in `/*`. */
export function pathParameter(request: IncomingMessage): string | undefined {
  return parameters.get(request);
}

/** Takes the parameter out of the path, since the adapter below matches whole paths. */
function takeParameter(base: string): (request: IncomingMessage) => void {
  return (request) => {
    const [path = '', query] = (request.url ?? '/').split('?', 2);
    const segment = path.startsWith(`${base}/`) ? path.slice(base.length + 1) : '';
    if (segment === '' || segment.includes('/')) return;
    try {
      parameters.set(request, decodeURIComponent(segment));
      request.url = query === undefined ? base : `${base}?${query}`;
    } catch {
      // Not well-formed: nobody listens there.
    }
  };
}

/**
 * Lets through what its gate admits, and ends connections that break the protocol without a word: anybody could fill the log with
 * their errors.
 */
export class QuietWsAdapter extends WsAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly gate: UpgradeGate,
  ) {
    super(app);
  }

  /** @param options `path`: may end in `/*`, one segment that {@link pathParameter} tells */
  override create(port: number, { path, ...options }: { path?: string } = {}): Server {
    const base = path?.endsWith('/*') === true ? path.slice(0, -2) : undefined;
    if (base !== undefined) (this.httpServer as HttpServer).prependListener('upgrade', takeParameter(base));
    const verifyClient = (
      { req }: { req: IncomingMessage },
      answer: (admitted: boolean, status?: number, reason?: string, headers?: Record<string, string>) => void,
    ): void => {
      const refusal = this.gate.admit(req);
      if (refusal === undefined) answer(true);
      else answer(false, refusal.status, refusal.reason, { 'Retry-After': '5' });
    };
    const exact = base ?? path;
    return super.create(port, {
      ...options,
      ...(exact !== undefined && { path: exact }),
      verifyClient,
    }) as Server;
  }

  override bindErrorHandler(server: Server): Server {
    server.on('connection', (socket: WebSocket) => {
      const close = socket.close.bind(socket);
      // The library closes for what is too long and leaves the reason to whoever knows it.
      socket.close = (code, reason) =>
        close(code, code === CLOSE_CODES.tooLong[0] ? CLOSE_CODES.tooLong[1] : reason);
      // The library says why and closes; who does not answer that is not waited for.
      socket.on('error', () => setTimeout(() => socket.terminate(), CLOSE_MS).unref());
    });
    server.on('error', (error) => this.logger.error(error));
    return server;
  }
}
