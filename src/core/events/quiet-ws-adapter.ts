import { WsAdapter } from '@nestjs/platform-ws';
import type { Server, WebSocket } from 'ws';

const CLOSE_MS = 1_000;

/** Ends connections that break the protocol without a word: anybody could fill the log with their errors. */
export class QuietWsAdapter extends WsAdapter {
  override bindErrorHandler(server: Server): Server {
    server.on('connection', (socket: WebSocket) => {
      // The library says why and closes; who does not answer that is not waited for.
      socket.on('error', () => setTimeout(() => socket.terminate(), CLOSE_MS).unref());
    });
    server.on('error', (error) => this.logger.error(error));
    return server;
  }
}
