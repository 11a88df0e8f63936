import { randomUUID } from 'node:crypto';
import type { Client } from '@azt3knet/client';
import type { Intent } from '../language/reading.js';
import type { Language } from '../language/words.js';
import type { SaidBefore } from '../registry/chat-command.js';
import type { Thing } from '../registry/things.js';
import type { ApiAccess } from './api-access.js';
import type { CommandCase, CommandOutcome } from './command-record.js';
import type {
  Conversation,
  ConversationMessage,
  Focus,
  Mentioned,
  MessageType,
  OpenQuestion,
} from './conversation.entity.js';
import type { ConversationChange } from './conversations.repository.js';
import type { Speech, TurnServices } from './turn-services.js';

/** Kinds of things that "it" is looked for among. */
const FOCUS_MAX = 8;
/** Messages among which the one is that asked what is still open. */
const RECENT = 100;
/** Characters of data for programs that are kept with a message. */
const DATA_MAX = 262_144;

/** One message and what is told in answer to it: in which language, by whom it was said, and what was spoken of. */
export class Exchange {
  /** What was told, in order. */
  readonly told: ConversationMessage[] = [];
  language: Language;
  /** Whether it goes back to speech, which is easily misheard. */
  spoken = false;
  private readonly begun = performance.now();

  constructor(
    readonly services: TurnServices,
    private readonly api: ApiAccess,
    readonly speech: Speech,
    readonly conversation: Conversation,
    /** The place of what is answered. */
    private readonly sequence: string,
  ) {
    this.language = conversation.language;
  }

  /** The time by the clock of the database, which all processes go by, in milliseconds since 1970. */
  get now(): number {
    // What is answered was written down just before.
    return this.conversation.updated_at.getTime() + performance.now() - this.begun;
  }

  /** Whether a question has waited for its answer long enough. */
  isOver(question: OpenQuestion): boolean {
    return Date.parse(question.expires_at) <= this.now;
  }

  /** The API as the speaker. @param confirmation makes what is confirmed twice happen once */
  client(confirmation?: string): Client {
    return this.api.as(this.speech, confirmation);
  }

  /** Answers, and closes the open question. */
  tellAnswer(
    outcome: CommandOutcome,
    text: string,
    body: Record<string, unknown> = {},
    change: ConversationChange = {},
  ): Promise<void> {
    return this.tell('answer', text, { outcome, ...body }, { question: null, ...change });
  }

  /** Asks what is answered by saying it anew. */
  tellQuestionless(text: string, body: Record<string, unknown> = {}): Promise<void> {
    return this.tell('question', text, body, { question: null });
  }

  /** Asks, and waits for the answer. @param milliseconds for how long */
  async ask(
    text: string,
    milliseconds: number,
    questionOf: (base: { id: string; language: Language; expires_at: string }) => OpenQuestion,
    body: Record<string, unknown>,
    change: ConversationChange = {},
  ): Promise<void> {
    const expires_at = new Date(this.now + milliseconds).toISOString();
    const question = questionOf({ id: randomUUID(), language: this.language, expires_at });
    await this.tell(
      'question',
      text,
      { question_id: question.id, expires_at, ...body },
      { ...change, question },
    );
    if (question.about === 'plan') this.services.deadlines.set(this.conversation.id, question, milliseconds);
  }

  /** Keeps a message and tells it to everybody in the conversation. */
  async tell(
    type: MessageType,
    text: string,
    body: Record<string, unknown>,
    change: ConversationChange = {},
  ): Promise<void> {
    const { dataSource, repository, hub } = this.services;
    const whole = { in_reply_to: this.sequence, ...body };
    const bounded =
      JSON.stringify(whole).length > DATA_MAX ? { ...whole, data: null, truncated: true } : whole;
    const message = { type, text, body: bounded };
    const added = await repository.append(dataSource.manager, this.conversation.id, [message], {
      language: this.language,
      ...change,
    });
    if (added === undefined) return;
    this.told.push(...added.messages);
    hub.tell(this.conversation.id, added.messages);
  }

  /** Takes a question for who answers it; undefined when somebody else did, or too late. */
  take({ id }: { id: string }): Promise<OpenQuestion | undefined> {
    const { dataSource, repository } = this.services;
    return repository.takeQuestion(dataSource.manager, this.conversation.id, id);
  }

  /** The message that asked a question, where it is not long ago. */
  async asked(question: string): Promise<ConversationMessage | undefined> {
    const { dataSource, repository } = this.services;
    const rows = await repository.newest(dataSource.manager, this.conversation.id, RECENT);
    return rows.find(({ body }) => body['question_id'] === question);
  }

  /** A command as the audit names it. */
  caseOf({ command, given }: Pick<Intent, 'command' | 'given'>): CommandCase {
    return { caller: this.speech.caller, conversation: this.conversation.id, command, arguments: given };
  }

  recordEnd(
    intent: Pick<Intent, 'command' | 'given'>,
    outcome: CommandOutcome,
    problem?: string,
  ): Promise<void> {
    return this.services.record.ended(this.caseOf(intent), outcome, problem);
  }

  /** What "it" may be from now on: what was spoken of, and the job that goes on with it, before all else. */
  focusAfter(focus: Thing | undefined, job: string | undefined): Focus[] {
    const now = [
      ...(focus === undefined ? [] : [mentionedOf(focus)]),
      ...(job === undefined ? [] : [{ kind: 'job' as const, id: job, name: job }]),
    ];
    const spoken = [...now, ...mentionedIn(this.conversation.focus)];
    const first = spoken.filter(
      ({ kind }, index) => spoken.findIndex((each) => each.kind === kind) === index,
    );
    const list = now.length > 0 ? [] : this.conversation.focus.filter((each) => 'list' in each);
    return [...list, ...first].slice(0, FOCUS_MAX);
  }

  /** What was said before, the newest last. */
  async history(limit: number): Promise<SaidBefore[]> {
    const { dataSource, repository } = this.services;
    const rows = await repository.newest(dataSource.manager, this.conversation.id, limit);
    return rows.map(({ sequence, type, text, created_at }) => ({
      sequence,
      by: type === 'said' ? 'person' : 'server',
      text,
      at: created_at.toISOString(),
    }));
  }
}

/** The things that were spoken of. */
export function mentionedIn(focus: readonly Focus[]): Mentioned[] {
  return focus.filter((each) => 'id' in each);
}

/** A thing as a conversation remembers it. */
export function mentionedOf({ kind, id, name }: Thing): Mentioned {
  return { kind, id, name };
}
