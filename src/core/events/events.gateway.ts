import type { IncomingMessage } from 'node:http';
import { WebSocketGateway, type OnGatewayConnection } from '@nestjs/websockets';
import { PinoLogger } from 'nestjs-pino';
import type { WebSocket } from 'ws';
import { Authenticator } from '../http/index.js';
import { RateLimits } from '../rate-limit/index.js';
import { EventSession } from './event-session.js';
import { EventStream } from './event-stream.js';
import { OpenStreams } from './open-streams.js';
import { closeSocket } from './socket-session.js';
import { tokenOf, UpgradeGate } from './upgrade-gate.js';

/** The longest message of a client, in bytes. */
const MESSAGE_MAX = 16_384;

/** The WebSocket at /ws/events; what is said on it is described in docs/asyncapi.yaml. */
@WebSocketGateway({ path: '/ws/events', maxPayload: MESSAGE_MAX, autoPong: false })
export class EventsGateway implements OnGatewayConnection<WebSocket> {
  constructor(
    private readonly gate: UpgradeGate,
    private readonly stream: EventStream,
    private readonly streams: OpenStreams,
    private readonly authenticator: Authenticator,
    private readonly limits: RateLimits,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(EventsGateway.name);
  }

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    // A browser says which page asks; programs say nothing.
    if (!this.gate.mayAsk(request)) {
      closeSocket(socket, 'stranger');
      return;
    }
    const { gate, stream, streams, authenticator, limits, logger } = this;
    const services = { stream, streams, authenticator, limits, logger };
    const stranger = { address: gate.addressOf(request), known: () => gate.leave(request) };
    new EventSession(socket, services, stranger).start(tokenOf(request));
  }
}
