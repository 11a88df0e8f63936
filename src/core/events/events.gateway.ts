import type { IncomingMessage } from 'node:http';
import { Inject } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection } from '@nestjs/websockets';
import { PinoLogger } from 'nestjs-pino';
import type { WebSocket } from 'ws';
import { CONFIG, type Config } from '../config/index.js';
import { Authenticator, clientAddress, trustedProxies, type TrustedProxy } from '../http/index.js';
import { RateLimits } from '../rate-limit/index.js';
import { CLOSE_CODES, EventSession } from './event-session.js';
import { EventStream } from './event-stream.js';
import { OpenStreams } from './open-streams.js';

/** The longest message of a client, in bytes. */
const MESSAGE_MAX = 16_384;

/** The WebSocket at /ws/events; what is said on it is described in docs/asyncapi.yaml. */
@WebSocketGateway({ path: '/ws/events', maxPayload: MESSAGE_MAX, autoPong: false })
export class EventsGateway implements OnGatewayConnection<WebSocket> {
  private readonly trusts: TrustedProxy;

  constructor(
    private readonly stream: EventStream,
    private readonly streams: OpenStreams,
    private readonly authenticator: Authenticator,
    private readonly limits: RateLimits,
    private readonly logger: PinoLogger,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.trusts = trustedProxies(config.api.trustedProxies);
    logger.setContext(EventsGateway.name);
  }

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    if (!this.mayAsk(request)) {
      socket.close(...CLOSE_CODES.stranger);
      return;
    }
    const { stream, streams, authenticator, limits, logger } = this;
    const address = clientAddress(request, this.trusts);
    const services = { stream, streams, authenticator, limits, logger };
    new EventSession(socket, services, address).start(tokenOf(request));
  }

  /** A browser says which page asks: one of this server, or of those that may call the API. Programs say nothing. */
  private mayAsk({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || this.config.corsOrigins.includes(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
}

/** Browsers cannot set a header: they give the token as a parameter, or in their first message. */
function tokenOf({ headers, url }: IncomingMessage): string | undefined {
  const header = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return header ?? new URL(url ?? '/', 'ws://host').searchParams.get('token') ?? undefined;
}
