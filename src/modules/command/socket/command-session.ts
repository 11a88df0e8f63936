import type { RawData, WebSocket } from 'ws';
import {
  jsonOf,
  SocketSession,
  type CloseReason,
  type SocketServices,
  type Speaker,
  type Stranger,
} from '../../../core/events/index.js';
import type { AppError } from '../../../core/errors/index.js';
import { readInput, type Caller, type Permission } from '../../../core/http/index.js';
import { plainText } from '../../../core/legible.js';
import { ConversationNotFound, MessageNotJson } from '../command.errors.js';
import type { ApiAccess } from '../conversations/api-access.js';
import type { ConversationHub, Participant, Progress } from '../conversations/conversation-hub.js';
import type { ConversationMessage } from '../conversations/conversation.entity.js';
import type { DialogueService } from '../conversations/dialogue.service.js';
import { lookAs, type JobWatches } from '../conversations/job-watches.js';
import type { Saying } from '../conversations/saying.js';
import { say } from '../conversations/wording.js';
import { spokenText } from '../dto/command.dto.js';
import { messageDto } from '../dto/conversation.dto.js';
import type { Language } from '../language/words.js';
import { stateText } from '../registry/states.js';
import type { VoiceService } from '../voice/voice.service.js';
import { commandFrame, type CommandFrame, type Ready } from './frames.js';
import { Listener } from './listener.js';

export interface CommandServices extends SocketServices {
  dialogue: DialogueService;
  hub: ConversationHub;
  watches: JobWatches;
  api: ApiAccess;
  voice: VoiceService;
}

/** What the request of a connection said. */
export interface Wishes {
  /** The name or the id of a user. */
  user: string;
  /** A conversation to go on with. */
  conversation: string | undefined;
  /** The last message that the client has. */
  after: string | undefined;
  language: Language;
  /** Whether the client reads JSON; known for sure as soon as it sends some. */
  json: boolean;
}

/** Messages that are read at once for a client that has fallen behind. */
const PAGE = 100;
/** Pieces of sound that a client may send in a second. */
const SOUNDS_MAX = 200;

/** One client of a conversation. */
export class CommandSession extends SocketSession implements Participant {
  private json: boolean;
  private conversation: string | undefined;
  private position = 0n;
  private language: Language;
  private leave: (() => void) | undefined;
  /** A client that does not keep up is told from the table, at its own pace. */
  private catching: Promise<void> | undefined;
  private more = false;
  private readonly over = new AbortController();
  private readonly listener: Listener;

  constructor(
    socket: WebSocket,
    protected override readonly services: CommandServices,
    stranger: Stranger,
    private readonly wishes: Wishes,
  ) {
    super(socket, services, stranger);
    this.json = wishes.json;
    this.language = wishes.language;
    this.listener = new Listener(
      services.voice,
      (telling) => {
        if (this.json && !this.isFull) this.send(telling);
      },
      (error) => this.refuse(error),
    );
  }

  /** Speech comes in pieces of some hundredths of a second. */
  protected override get soundsMax(): number {
    return SOUNDS_MAX;
  }

  protected override needs(): Iterable<Permission> {
    return [];
  }

  protected override refusalOf({ id, username, bot }: Caller): CloseReason | undefined {
    const { user } = this.wishes;
    // Conversations belong to accounts, and a bot has none.
    if (bot !== undefined) return 'other';
    return user === id || user === username ? undefined : 'other';
  }

  protected override end(): void {
    this.over.abort();
    this.listener.close();
    this.leave?.();
  }

  protected override refuse(error: AppError): void {
    if (this.json) super.refuse(error);
    else this.send(plainText(error.message));
  }

  protected override async welcome(caller: Caller, credential: string): Promise<void> {
    if (this.conversation === undefined && !(await this.join(caller))) return;
    if (this.json) this.send(this.readyOf(caller));
    if (this.wishes.after !== undefined) this.behind();
    if (this.wishes.conversation !== undefined) await this.takeUpWatches(credential);
  }

  /** Jobs that the conversation waits for may have ended while nobody was there. */
  private async takeUpWatches(credential: string): Promise<void> {
    const api = this.services.api.as({ credential, address: this.stranger.address });
    await this.services.watches.takeUp(this.conversation ?? '', lookAs(api));
  }

  private readyOf({ username, expiresAt }: Caller): Ready {
    return {
      synthetic: true,
      type: 'ready',
      username,
      conversation_id: this.conversation ?? '',
      sequence: String(this.position),
      language: this.language,
      expires_at: expiresAt,
    };
  }

  /** Begins a conversation, or goes on with one. @returns false where there is none to go on with */
  private async join(caller: Caller): Promise<boolean> {
    const { dialogue, hub } = this.services;
    const { conversation: wanted, after, language } = this.wishes;
    try {
      const found =
        wanted === undefined ? await dialogue.begin(caller, language) : await dialogue.get(wanted, caller);
      this.conversation = found.id;
      this.language = found.language;
      const last = BigInt(found.last_sequence);
      this.position = after === undefined || BigInt(after) > last ? last : BigInt(after);
    } catch (error) {
      if (!(error instanceof ConversationNotFound)) throw error;
      this.close('gone');
      return false;
    }
    // It may have gone while it was looked up.
    if (!this.isOpen) return false;
    this.leave = hub.join(this.conversation, this);
    return true;
  }

  protected override async hear(data: RawData, isBinary: boolean): Promise<void> {
    if (isBinary) return this.hearSound(data as Buffer);
    const text = (data as Buffer).toString('utf8');
    const isJson = text.trimStart().startsWith('{');
    if (isJson) this.json = true;
    const frame = isJson ? frameOf(data) : undefined;
    if (frame?.action === 'authenticate') return this.authenticate(frame.token);
    const speaker = await this.speaker();
    if (speaker === undefined || this.conversation === undefined) return;
    if (frame === undefined) return this.answer(speaker, textSaying(text));
    return this.obey(frame, speaker);
  }

  private async obey(
    frame: Exclude<CommandFrame, { action: 'authenticate' }>,
    speaker: Speaker,
  ): Promise<void> {
    if (frame.action === 'ping') return this.send({ type: 'pong' });
    if (frame.action === 'voice_start') return this.listen(speaker, frame.sample_rate, frame.language);
    if (frame.action === 'voice_cancel') return this.listener.cancel();
    if (frame.action !== 'voice_end') return this.answer(speaker, sayingOf(frame));
    const spoken = await this.listener.end();
    if (spoken !== undefined) await this.answer(speaker, { kind: 'spoken', ...spoken });
  }

  /** Sound is counted and weighed by its utterance; who speaks is asked when it begins and when it ends. */
  private async hearSound(sound: Buffer): Promise<void> {
    if (this.listener.isIdle) {
      const speaker = await this.speaker();
      if (speaker === undefined || this.conversation === undefined) return;
      await this.listen(speaker);
    }
    await this.listener.take(sound);
  }

  private listen(
    { caller, credential }: Speaker,
    sampleRate?: number,
    language = this.language,
  ): Promise<void> {
    const api = this.services.api.as({ credential, address: this.stranger.address });
    return this.listener.begin({ user: caller.id, language, api }, sampleRate);
  }

  private async answer({ caller, credential, ended }: Speaker, saying: Saying): Promise<void> {
    const room = async (): Promise<void> => {
      if (!(await this.drained(ended))) this.close('slow');
    };
    const asker = { credential, address: this.stranger.address };
    const conversation = this.conversation ?? '';
    await this.services.dialogue.hear({ ...asker, caller, conversation, room }, saying);
  }

  told(messages: readonly ConversationMessage[]): void {
    for (const message of messages) {
      // What comes out of turn, or too fast, is read from the table.
      if (this.catching !== undefined || this.isFull || BigInt(message.sequence) !== this.position + 1n) {
        if (BigInt(message.sequence) > this.position) this.behind();
        return;
      }
      this.pass(message);
    }
  }

  behind(): void {
    this.more = true;
    this.catching ??= this.catchUp()
      .catch((error: unknown) => this.breakOff(error, 'a client could not be told what it missed'))
      .finally(() => {
        this.catching = undefined;
      });
  }

  progress(progress: Progress): void {
    if (this.isFull) return;
    const { job_id: job, status, done, total } = progress;
    const values = {
      job,
      status: stateText(status, 'job', this.language),
      done: total === null ? String(done) : `${done}/${total}`,
    };
    this.send(
      this.json ? { type: 'progress', ...progress } : plainText(say('progress', this.language, values)),
    );
  }

  private async catchUp(): Promise<void> {
    const { signal } = this.over;
    while (this.more && this.isOpen) {
      this.more = false;
      if (!(await this.drained(signal))) return this.close('slow');
      const missed = await this.services.dialogue.messages(
        this.conversation ?? '',
        String(this.position),
        PAGE,
      );
      for (const message of missed) {
        if (!(await this.drained(signal))) return this.close('slow');
        if (!this.isOpen) return;
        this.pass(message);
      }
      this.more ||= missed.length === PAGE;
    }
  }

  private pass(message: ConversationMessage): void {
    this.position = BigInt(message.sequence);
    if (this.json) this.send(messageDto(message));
    // A person knows what they said.
    else if (message.type !== 'said') this.send(plainText(message.text));
  }
}

/** @throws AppError naming the field that is wrong */
function frameOf(data: RawData): CommandFrame {
  const value = jsonOf(data);
  if (value === undefined) throw new MessageNotJson();
  return readInput(commandFrame, value, 'message');
}

function textSaying(text: string): Saying {
  return { kind: 'text', text: readInput(spokenText, text.trim() === '' ? ' ' : text, 'text') };
}

function sayingOf(frame: Extract<CommandFrame, { action: 'say' | 'reply' | 'command' }>): Saying {
  if (frame.action === 'say') return { kind: 'text', text: frame.text };
  if (frame.action === 'reply') return { kind: 'reply', question: frame.question_id, yes: frame.yes };
  const { command, arguments: given, confirmed } = frame;
  return { kind: 'command', command, arguments: given, confirmed };
}
