import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { Server, WebSocket } from 'ws';
import type { UpgradeGate } from './upgrade-gate.js';

const CLOSE_MS = 1_000;

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

  override create(port: number, options: { path?: string } = {}): Server {
    const verifyClient = (
      { req }: { req: IncomingMessage },
      answer: (admitted: boolean, status?: number, reason?: string, headers?: Record<string, string>) => void,
    ): void => {
      const refusal = this.gate.admit(req);
      if (refusal === undefined) answer(true);
      else answer(false, refusal.status, refusal.reason, { 'Retry-After': '5' });
    };
    return super.create(port, { ...options, verifyClient }) as Server;
  }

  override bindErrorHandler(server: Server): Server {
    server.on('connection', (socket: WebSocket) => {
      // The library says why and closes; who does not answer that is not waited for.
      socket.on('error', () => setTimeout(() => socket.terminate(), CLOSE_MS).unref());
    });
    server.on('error', (error) => this.logger.error(error));
    return server;
  }
}
