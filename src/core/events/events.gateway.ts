import type { IncomingMessage } from 'node:http';
import { WebSocketGateway, type OnGatewayConnection } from '@nestjs/websockets';
import { PinoLogger } from 'nestjs-pino';
import type { WebSocket } from 'ws';
import { Authenticator } from '../http/index.js';
import { EventSession } from './event-session.js';
import { EventStream } from './event-stream.js';
import { OpenStreams } from './open-streams.js';

/** The longest message of a client, in bytes. */
const MESSAGE_MAX = 16_384;

/** The WebSocket at /ws/events; what is said on it is described in docs/asyncapi.yaml. */
@WebSocketGateway({ path: '/ws/events', maxPayload: MESSAGE_MAX, autoPong: false })
export class EventsGateway implements OnGatewayConnection<WebSocket> {
  constructor(
    private readonly stream: EventStream,
    private readonly streams: OpenStreams,
    private readonly authenticator: Authenticator,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(EventsGateway.name);
  }

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    const { stream, streams, authenticator, logger } = this;
    new EventSession(socket, { stream, streams, authenticator, logger }).start(tokenOf(request));
  }
}

/** Browsers cannot set a header: they give the token as a parameter, or in their first message. */
function tokenOf({ headers, url }: IncomingMessage): string | undefined {
  const header = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return header ?? new URL(url ?? '/', 'ws://host').searchParams.get('token') ?? undefined;
}
