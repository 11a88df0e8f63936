import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection } from '@nestjs/websockets';
import { PinoLogger } from 'nestjs-pino';
import type { WebSocket } from 'ws';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { closeSocket, OpenStreams, pathParameter, tokenOf, UpgradeGate } from '../../../core/events/index.js';
import { Authenticator, uuid } from '../../../core/http/index.js';
import { RateLimits } from '../../../core/rate-limit/index.js';
import { ApiAccess } from '../conversations/api-access.js';
import { ConversationHub } from '../conversations/conversation-hub.js';
import { DialogueService } from '../conversations/dialogue.service.js';
import { JobWatches } from '../conversations/job-watches.js';
import { VoiceService } from '../voice/voice.service.js';
import { CommandSession, type Wishes } from './command-session.js';

/** The longest message of a client, in bytes. */
const MESSAGE_MAX = 16_384;

/** The parts of a conversation. */
@Injectable()
export class CommandTalk {
  constructor(
    readonly dialogue: DialogueService,
    readonly hub: ConversationHub,
    readonly watches: JobWatches,
    readonly api: ApiAccess,
    readonly voice: VoiceService,
  ) {}
}

/** What a conversation over a WebSocket is made of. */
@Injectable()
export class CommandSocketServices {
  constructor(
    readonly streams: OpenStreams,
    readonly authenticator: Authenticator,
    readonly limits: RateLimits,
    readonly logger: PinoLogger,
    readonly talk: CommandTalk,
  ) {
    logger.setContext(CommandSession.name);
  }
}

/** The WebSocket at /ws/command/{user_id}; what is said on it is described in docs/asyncapi.yaml. */
@WebSocketGateway({ path: '/ws/command/*', maxPayload: MESSAGE_MAX, autoPong: false })
export class CommandGateway implements OnGatewayConnection<WebSocket> {
  constructor(
    private readonly gate: UpgradeGate,
    private readonly services: CommandSocketServices,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    // A browser says which page asks; programs say nothing.
    if (!this.gate.mayAsk(request)) return closeSocket(socket, 'stranger');
    if (!this.config.features.chat) return closeSocket(socket, 'off');
    const wishes = wishesOf(request);
    if (wishes === undefined) return closeSocket(socket, 'gone');
    const { talk, streams, authenticator, limits, logger } = this.services;
    const services = { streams, authenticator, limits, logger, ...partsOf(talk) };
    const stranger = { address: this.gate.addressOf(request), known: () => this.gate.leave(request) };
    new CommandSession(socket, services, stranger, wishes).start(tokenOf(request));
  }
}

function partsOf({
  dialogue,
  hub,
  watches,
  api,
  voice,
}: CommandTalk): Pick<CommandTalk, 'dialogue' | 'hub' | 'watches' | 'api' | 'voice'> {
  return { dialogue, hub, watches, api, voice };
}

/** @returns undefined where what is asked for cannot be there */
function wishesOf(request: IncomingMessage): Wishes | undefined {
  const query = new URL(request.url ?? '/', 'ws://host').searchParams;
  const [conversation, after] = [query.get('conversation') ?? undefined, query.get('after') ?? undefined];
  if (conversation !== undefined && !uuid.safeParse(conversation).success) return undefined;
  if (after !== undefined && !/^\d{1,18}$/.test(after)) return undefined;
  return {
    user: pathParameter(request) ?? '',
    conversation,
    after,
    language: query.get('language') === 'es' ? 'es' : 'en',
    json: query.get('format') === 'json',
  };
}
