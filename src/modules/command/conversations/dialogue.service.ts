import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Caller } from '../../../core/http/index.js';
import type { Page, PageRequest } from '../../../core/database/index.js';
import { ConversationNotFound } from '../command.errors.js';
import type { Language } from '../language/words.js';
import { CommandTranslator } from '../translation/command-translator.js';
import { ApiAccess } from './api-access.js';
import { ConversationHub } from './conversation-hub.js';
import type { Conversation, ConversationMessage } from './conversation.entity.js';
import {
  ConversationsRepository,
  type ConversationHolder,
  type ConversationSort,
} from './conversations.repository.js';
import { Exchange } from './exchange.js';
import type { Saying } from './saying.js';
import { TurnServices, type Speech } from './turn-services.js';
import { Turn } from './turn.js';

/** What people say, and what is answered. */
@Injectable()
export class DialogueService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ConversationsRepository,
    private readonly hub: ConversationHub,
    private readonly api: ApiAccess,
    private readonly services: TurnServices,
    private readonly translator: CommandTranslator,
  ) {}

  /** Begins a conversation of a user. */
  async begin(caller: Caller, language: Language): Promise<Conversation> {
    const id = randomUUID();
    const fresh = { id, user_id: caller.id, key_id: caller.keyId ?? null, language };
    await this.dataSource.transaction((manager) => this.repository.begin(manager, fresh));
    return this.get(id, caller);
  }

  /** @throws ConversationNotFound where there is none that is for this caller */
  async get(id: string, caller: Caller): Promise<Conversation> {
    const found = await this.repository.find(this.dataSource.manager, id, holderOf(caller));
    if (found === undefined) throw new ConversationNotFound();
    return found;
  }

  /** The conversations that are for a caller. */
  list(caller: Caller, request: PageRequest<ConversationSort>): Promise<Page<Conversation>> {
    return this.repository.list(this.dataSource.manager, holderOf(caller), request);
  }

  /** Messages of a conversation after a place, the oldest first. */
  messages(id: string, after: string, limit: number): Promise<ConversationMessage[]> {
    return this.repository.messagesAfter(this.dataSource.manager, id, after, limit);
  }

  /**
   * Hears what somebody says and answers it.
   * @returns what was answered, in order; everybody who takes part has been told
   * @throws ConversationNotFound; AppError for what a program says and is not as it should be
   */
  async hear(speech: Speech, saying: Saying): Promise<ConversationMessage[]> {
    const { manager } = this.dataSource;
    const text = textOf(saying);
    const { text: _, ...body } = { text, ...(saying.kind !== 'text' && saying) };
    const heard = await this.repository.append(manager, speech.conversation, [{ type: 'said', text, body }]);
    if (heard === undefined) throw new ConversationNotFound();
    this.hub.tell(speech.conversation, heard.messages);
    const sequence = heard.messages[0]?.sequence ?? '0';
    const exchange = new Exchange(this.services, this.api, speech, heard.conversation, sequence);
    await new Turn(exchange, this.translator).answer(saying);
    return exchange.told;
  }
}

/** What was answered to a person may be more than a key of theirs may see. */
function holderOf({ id, keyId }: Caller): ConversationHolder {
  return { user: id, key: keyId };
}

function textOf(saying: Saying): string {
  if (saying.kind === 'text' || saying.kind === 'spoken') return saying.text;
  if (saying.kind === 'reply') return saying.yes ? 'yes' : 'no';
  return `${saying.command} ${JSON.stringify(saying.arguments)}`;
}
