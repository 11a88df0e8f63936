import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../../core/config/index.js';
import { CurrentCaller, IdParams, Route, type Caller } from '../../core/http/index.js';
import { ChatOff } from './command.errors.js';
import { DialogueService } from './conversations/dialogue.service.js';
import type { Saying } from './conversations/saying.js';
import { ChatCommandsDto, commandDto, SaidDto, SayDto } from './dto/command.dto.js';
import {
  conversationDto,
  ConversationListDto,
  ConversationMessagesDto,
  ConversationsQueryDto,
  messageDto,
  MessagesQueryDto,
} from './dto/conversation.dto.js';
import { CHAT_COMMANDS } from './registry/registry.js';

@Controller()
@Route.group('commands')
export class CommandController {
  constructor(
    private readonly dialogue: DialogueService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('commands')
  @Route({
    summary: 'Every command that can be given in a conversation.',
    permission: 'any',
    answers: { 200: ChatCommandsDto },
  })
  commands(): ChatCommandsDto {
    this.mustBeOn();
    return { synthetic: true, commands: CHAT_COMMANDS.map(commandDto) };
  }

  @Post('commands')
  @Route({
    summary: 'Says something, in words or as a command, and answers what came of it.',
    description:
      'Each command asks for its own permissions. What changes something is answered with a question that has a plan; say `yes` or `no` in the same conversation within 60 seconds.',
    permission: 'any',
    body: SayDto,
    bodyExample: { text: 'list campaigns', language: 'en' },
    answers: { 200: SaidDto },
  })
  async say(
    @Body() body: SayDto,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
  ): Promise<SaidDto> {
    this.mustBeOn();
    const { conversation_id, language = 'en' } = body;
    const { id } =
      conversation_id === undefined
        ? await this.dialogue.begin(caller, language)
        : await this.dialogue.get(conversation_id, caller);
    const speech = { ...askerOf(request), caller, conversation: id, room: () => Promise.resolve() };
    const messages = await this.dialogue.hear(speech, sayingOf(body));
    return { synthetic: true, conversation_id: id, messages: messages.map(messageDto) };
  }

  @Get('conversations')
  @Route({
    summary: 'Your conversations, the one that was last spoken in first.',
    permission: 'any',
    query: ConversationsQueryDto,
    answers: { 200: ConversationListDto },
  })
  async list(
    @Query() request: ConversationsQueryDto,
    @CurrentCaller() caller: Caller,
  ): Promise<ConversationListDto> {
    const { rows, next } = await this.dialogue.list(caller, request);
    return { synthetic: true, conversations: rows.map(conversationDto), next_cursor: next };
  }

  @Get('conversations/:id/messages')
  @Route({
    summary: 'What was said in one of your conversations.',
    permission: 'any',
    params: IdParams,
    query: MessagesQueryDto,
    answers: { 200: ConversationMessagesDto },
  })
  async messages(
    @Param() { id }: IdParams,
    @Query() { after = '0', limit }: MessagesQueryDto,
    @CurrentCaller() caller: Caller,
  ): Promise<ConversationMessagesDto> {
    await this.dialogue.get(id, caller);
    const messages = await this.dialogue.messages(id, after, limit);
    const next_after = messages.length === limit ? (messages.at(-1)?.sequence ?? null) : null;
    return { synthetic: true, messages: messages.map(messageDto), next_after };
  }

  /** @throws ChatOff where nothing can be said; what was said before can be read */
  private mustBeOn(): void {
    if (!this.config.features.chat) throw new ChatOff();
  }
}

function sayingOf({ text, command, arguments: given = {}, confirmed = false }: SayDto): Saying {
  if (text !== undefined) return { kind: 'text', text };
  return { kind: 'command', command: command ?? '', arguments: given, confirmed };
}

/** What a request showed of who makes it, to make others for them. */
function askerOf({ headers, ip }: FastifyRequest): { credential: string; address: string } {
  const key = headers['x-api-key'];
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return { credential: typeof key === 'string' ? key : (token ?? ''), address: ip };
}
