import { randomUUID } from 'node:crypto';
import { ApiError } from '@azt3knet/client';
import { accepted, AppError } from '../../../core/errors/index.js';
import { readInput } from '../../../core/http/index.js';
import { CommandUnknown, QuestionOver } from '../command.errors.js';
import type { Intent, Reading } from '../language/reading.js';
import { understand } from '../language/understand.js';
import type { Language } from '../language/words.js';
import type { ChatCommand } from '../registry/chat-command.js';
import { CHAT_COMMANDS, commandNamed } from '../registry/registry.js';
import { nounOf, type Thing, type ThingKind } from '../registry/things.js';
import type { ApiAccess } from './api-access.js';
import { chosen, kept, labelOf, taken, valueIn } from './choices.js';
import type { CommandOutcome } from './command-record.js';
import type {
  Conversation,
  ConversationMessage,
  Mentioned,
  MessageType,
  OpenQuestion,
} from './conversation.entity.js';
import type { ConversationChange } from './conversations.repository.js';
import type { Speech, TurnServices } from './turn-services.js';
import { findThing } from './finder.js';
import { DOUBTS, filled, say } from './wording.js';

/** What somebody says: words, or what a program says in fields. */
export type Saying =
  | { kind: 'text'; text: string }
  | { kind: 'command'; command: string; arguments: Record<string, unknown>; confirmed: boolean }
  | { kind: 'reply'; question: string; yes: boolean };

/** How long a plan waits for its answer, in milliseconds; other questions wait longer, since nothing hangs on them. */
export const PLAN_MS = 60_000;
const QUESTION_MS = 300_000;
/** Kinds of things that "it" is looked for among. */
const FOCUS_MAX = 8;
/** Characters of data for programs that are kept with a message. */
const DATA_MAX = 262_144;

/** One message, and all that is answered to it. */
export class Turn {
  readonly told: ConversationMessage[] = [];
  private language: Language;

  constructor(
    private readonly services: TurnServices,
    private readonly api: ApiAccess,
    private readonly speech: Speech,
    private readonly conversation: Conversation,
    /** The place of what is answered. */
    private readonly sequence: string,
  ) {
    this.language = conversation.language;
  }

  /** @throws AppError for what a program says and is not as it should be */
  async answer(saying: Saying): Promise<void> {
    try {
      if (saying.kind === 'text') await this.answerText(saying.text);
      else if (saying.kind === 'command') await this.answerProgram(saying);
      else await this.answerReply(saying.question, saying.yes);
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof AppError)) throw error;
      // A program that says something impossible is told so in fields.
      if (error instanceof AppError && saying.kind !== 'text') throw error;
      const problem = error instanceof ApiError ? error.detail : error.message;
      await this.tellAnswer('refused', say('failed', this.language, { problem }), { problem: codeOf(error) });
    }
  }

  private async answerText(text: string): Promise<void> {
    const { question } = this.conversation;
    const isOpen = question !== null && Date.parse(question.expires_at) > Date.now();
    const reading = understand(text, {
      language: this.language,
      focus: this.conversation.focus.map(({ kind }) => kind),
      listed: this.listed(),
      asked: question !== null,
    });
    this.language = reading.language;
    if (question !== null && isOpen && (await this.answersQuestion(text, reading, question))) return;
    if (reading.kind !== 'intent' && reading.kind !== 'whose' && reading.kind !== 'question')
      return this.tellAnswer(
        'declined',
        say(question === null || isOpen ? 'dropped' : 'expired', this.language),
      );
    if (reading.kind === 'intent') return this.begin(reading.intent);
    if (reading.kind === 'whose') return this.askWhose(reading.intents, reading.name);
    return this.askBack(reading);
  }

  private listed(): { kind: ThingKind; count: number } | undefined {
    const { listed } = this.conversation;
    return listed?.[0] && { kind: listed[0].kind, count: listed.length };
  }

  /** Whether a text answers what was asked, and if so, goes on with it. */
  private async answersQuestion(text: string, reading: Reading, question: OpenQuestion): Promise<boolean> {
    if (reading.kind === 'no') {
      const mine = await this.take(question);
      if (mine !== undefined) await this.decline(mine);
      return mine !== undefined;
    }
    if (question.about === 'plan') {
      if (reading.kind !== 'yes') return false;
      await this.confirm(question.id);
      return true;
    }
    if (question.about === 'choice') {
      const index =
        reading.kind === 'yes' && question.choices.length === 1
          ? 0
          : chosen(text, question.choices, question.language);
      const intent = index === undefined ? undefined : question.choices[index]?.intent;
      return this.goOn(question, intent && taken(intent));
    }
    const intent = taken(question.intent);
    if (intent === undefined || reading.kind === 'yes') return false;
    const value = valueIn(text, intent, question.argument, this.language);
    if (value === undefined) return false;
    return this.goOn(question, { ...intent, given: { ...intent.given, [question.argument]: value } });
  }

  private async goOn(question: OpenQuestion, intent: Intent | undefined): Promise<boolean> {
    if (intent === undefined || (await this.take(question)) === undefined) return false;
    const name = intent.command.subject === undefined ? undefined : intent.given[intent.command.subject];
    await this.begin(
      typeof name === 'string' && intent.subject === undefined
        ? { ...intent, subject: { by: 'name', name } }
        : intent,
    );
    return true;
  }

  /** Takes a question for who answers it; undefined when somebody else did, or too late. */
  private async take({ id }: { id: string }): Promise<OpenQuestion | undefined> {
    const { dataSource, repository } = this.services;
    return repository.takeQuestion(dataSource.manager, this.conversation.id, id);
  }

  private async answerReply(id: string, yes: boolean): Promise<void> {
    if (yes && this.conversation.question?.about === 'plan') return this.confirm(id);
    const question = await this.take({ id });
    if (question === undefined || Date.parse(question.expires_at) <= Date.now()) throw new QuestionOver();
    this.language = question.language;
    if (!yes) return this.decline(question);
    const [only, ...others] = question.about === 'choice' ? question.choices : [];
    const intent = only === undefined || others.length > 0 ? undefined : taken(only.intent);
    if (intent === undefined) throw new QuestionOver();
    return this.begin(intent);
  }

  private async decline(question: OpenQuestion): Promise<void> {
    const intent = question.about === 'plan' ? taken(question.intent) : undefined;
    if (intent !== undefined) await this.recordEnd(intent, 'declined');
    await this.tellAnswer('declined', say('dropped', this.language), {
      command: intent?.command.name ?? null,
    });
  }

  /** Does what was planned, for the first who says yes. */
  private async confirm(id: string): Promise<void> {
    const { dataSource, repository, record } = this.services;
    const intent = await dataSource.transaction(async (manager) => {
      const question = await repository.takeQuestion(manager, this.conversation.id, id);
      if (question?.about !== 'plan' || Date.parse(question.expires_at) <= Date.now()) return undefined;
      const found = taken(question.intent);
      if (found === undefined) return undefined;
      this.language = question.language;
      await record.confirmed(manager, this.caseOf(found));
      return { ...found, thing: question.thing };
    });
    if (intent === undefined) throw new QuestionOver();
    if (!(await this.allows(intent.command))) return;
    const thing = intent.thing === null ? undefined : { ...intent.thing, item: {} };
    const subject = thing === undefined ? undefined : await this.again(intent.command, thing);
    await this.run(intent, subject, id);
  }

  /** The thing of a plan as it is now. */
  private async again(command: ChatCommand, thing: Thing): Promise<Thing | undefined> {
    const kind = command.subjectKind ?? command.kind;
    const found = await findThing(this.client(), kind, { by: 'name', name: thing.id }, this.conversation);
    return 'thing' in found ? found.thing : thing;
  }

  private async answerProgram({
    command: name,
    arguments: given,
    confirmed,
  }: Extract<Saying, { kind: 'command' }>): Promise<void> {
    const command = commandNamed(name);
    if (command === undefined) throw new CommandUnknown(name);
    readInput(command.arguments, given, 'arguments');
    const said = command.subject === undefined ? undefined : given[command.subject];
    const subject = typeof said === 'string' ? { by: 'name' as const, name: said } : undefined;
    await this.begin({ command, given, subject }, confirmed);
  }

  /**
   * Goes about a command: may they, what is it about, is all there, shall it be done?
   * @param confirmed whether a program has said yes in advance, which counts for what can be taken back
   */
  private async begin(intent: Intent, confirmed = false): Promise<void> {
    const { command } = intent;
    if (!(await this.allows(command))) return;
    const subject = await this.subjectOf(intent);
    if (subject === 'asked') return;
    const given = { ...intent.given };
    if (subject !== undefined && command.subject !== undefined && intent.subject?.by !== 'name')
      given[command.subject] = subject.id;
    const missing = Object.entries(command.arguments.shape).find(
      ([name, schema]) => given[name] === undefined && !schema.safeParse(undefined).success,
    )?.[0];
    if (missing !== undefined) return this.askMissing({ ...intent, given }, missing);
    const parsed = command.arguments.safeParse(given, { error: accepted });
    if (!parsed.success) {
      const problem = parsed.error.issues
        .map(({ path, message }) => `${path.join('.')} ${message}`)
        .join('; ');
      return this.tellAnswer('refused', say('wrong', this.language, { problem }), { command: command.name });
    }
    const whole: Intent = { ...intent, given: parsed.data };
    if (command.effect === 'read' || (confirmed && command.effect === 'write')) {
      if (command.effect !== 'read') await this.recordConfirmed(whole);
      return this.run(whole, subject);
    }
    return this.askPlan(whole, subject);
  }

  /** Whether the caller may; if not, they are told. */
  private async allows(command: ChatCommand): Promise<boolean> {
    const { caller } = this.speech;
    const { authenticator } = this.services;
    const denied = command.needs.find((permission) => !authenticator.may(caller, permission));
    if (denied === undefined) return true;
    const text =
      caller.todo === undefined
        ? say('denied', this.language, { permission: denied })
        : say('todo', this.language, { todo: caller.todo });
    await this.recordEnd({ command, given: {} }, 'denied', denied);
    await this.tellAnswer('denied', text, { command: command.name, permission: denied });
    return false;
  }

  /** What a command is about; where that is not clear it is asked. */
  private async subjectOf({ command, given, subject }: Intent): Promise<Thing | 'asked' | undefined> {
    if (subject === undefined || command.subject === undefined) return undefined;
    const kind = command.subjectKind ?? command.kind;
    const found = await findThing(this.client(), kind, subject, this.conversation);
    if ('thing' in found) return found.thing;
    const noun = nounOf(kind, this.language);
    const near = found.near.map((thing): Intent => {
      const name = thing.name === thing.id ? thing.id : thing.name;
      return {
        command,
        given: { ...given, [command.subject as string]: thing.id },
        subject: { by: 'name', name: found.near.length > 1 && thing.kind === 'simulation' ? thing.id : name },
      };
    });
    const names = near.map((each) => `“${each.subject?.by === 'name' ? each.subject.name : ''}”`).join(', ');
    if (near.length > 0)
      await this.askChoice(say('near', this.language, { noun, name: found.name ?? '', near: names }), near);
    else if (found.name !== undefined)
      await this.askMissing(
        { command, given: without(given, command.subject) },
        command.subject,
        say('none', this.language, { noun, name: found.name }),
      );
    else
      await this.tellAnswer('refused', say('nothing_there', this.language, { noun }), {
        command: command.name,
      });
    return 'asked';
  }

  /** A name of which it was not said what it names: of what kind is it? */
  private async askWhose(intents: readonly Intent[], name: string): Promise<void> {
    const own = intents.filter(({ command }) =>
      command.needs.every((each) => this.services.authenticator.may(this.speech.caller, each)),
    );
    const found = await Promise.all(
      own.map(async (intent) => {
        const kind = intent.command.subjectKind ?? intent.command.kind;
        const result = await findThing(this.client(), kind, { by: 'name', name }, this.conversation);
        return { intent, result };
      }),
    );
    const exact = found
      .filter(({ result }) => 'thing' in result)
      .map(({ intent }) => ({ ...intent, subject: { by: 'name' as const, name } }));
    const [only, ...others] = exact;
    if (only !== undefined && others.length === 0) return this.begin(only);
    if (only !== undefined) return this.askChoice(DOUBTS.choose[this.language], exact);
    const near = found.flatMap(({ intent, result }) =>
      'near' in result
        ? result.near.map((thing): Intent => ({
            ...intent,
            given: { ...intent.given, [intent.command.subject ?? '']: thing.name },
            subject: { by: 'name', name: thing.name },
          }))
        : [],
    );
    const noun = [
      ...new Set(own.map(({ command }) => nounOf(command.subjectKind ?? command.kind, this.language))),
    ].join('/');
    if (near.length === 0) return this.tellQuestionless(say('none', this.language, { noun, name }));
    const names = near.map((each) => `“${each.subject?.by === 'name' ? each.subject.name : ''}”`).join(', ');
    return this.askChoice(say('near', this.language, { noun, name, near: names }), near.slice(0, 9));
  }

  /** A text that is no order as it stands. */
  private async askBack(reading: Extract<Reading, { kind: 'question' }>): Promise<void> {
    const { doubt, words = [], suggestion, choices = [], missing } = reading;
    if (missing !== undefined && suggestion !== undefined) return this.askMissing(suggestion, missing);
    const text = filled(DOUBTS[doubt][this.language], { words: words.join(', ') });
    const offered = suggestion === undefined ? choices : [suggestion];
    const whole = offered.filter(
      ({ subject, command, given }) =>
        command.subject === undefined || subject !== undefined || command.subject in given,
    );
    if (whole.length > 0 && (doubt === 'choose' || doubt === 'misspelt' || doubt === 'words'))
      return this.askChoice(text, whole);
    return this.tellQuestionless(text, { doubt });
  }

  private async askChoice(text: string, intents: readonly Intent[]): Promise<void> {
    const choices = intents.map((intent) => ({
      label: labelOf(intent, this.language),
      intent: kept(intent),
    }));
    const lines = choices.map(({ label }, index) => `  ${index + 1}. ${label}`);
    const more = choices.length > 1 ? [say('numbered', this.language)] : [];
    await this.ask(
      [text, ...lines, ...more].join('\n'),
      QUESTION_MS,
      (base) => ({ ...base, about: 'choice', choices }),
      {
        choices: choices.map(({ label }) => label),
      },
    );
  }

  private async askMissing(intent: Intent, argument: string, text?: string): Promise<void> {
    const asked =
      text ??
      intent.command.spoken[argument]?.ask?.[this.language] ??
      filled(DOUBTS.missing[this.language], { words: argument });
    await this.ask(
      asked,
      QUESTION_MS,
      (base) => ({ ...base, about: 'missing', intent: kept(intent), argument }),
      {
        command: intent.command.name,
        argument,
      },
    );
  }

  private async askPlan(intent: Intent, subject: Thing | undefined): Promise<void> {
    const { command, given } = intent;
    const values = Object.fromEntries(
      Object.keys(command.arguments.shape).map((name) => [
        name,
        given[name] === undefined ? say('nothing', this.language) : textOf(given[name]),
      ]),
    );
    const name =
      subject === undefined
        ? say('next', this.language)
        : subject.name === subject.id
          ? subject.id
          : `${subject.name} (${subject.id})`;
    const plan = filled(command.plan?.[this.language] ?? command.help[this.language], {
      ...values,
      subject: name,
    });
    const text = say('confirm', this.language, { plan, seconds: String(PLAN_MS / 1_000) });
    const thing = subject === undefined ? null : mentionedOf(subject);
    await this.ask(
      text,
      PLAN_MS,
      (base) => ({ ...base, about: 'plan', intent: kept(intent), thing }),
      {
        plan: { command: command.name, effect: command.effect, arguments: given, subject: thing, text: plan },
      },
      { focus: this.focusAfter(subject, undefined) },
    );
  }

  private async ask(
    text: string,
    milliseconds: number,
    questionOf: (base: { id: string; language: Language; expires_at: string }) => OpenQuestion,
    body: Record<string, unknown>,
    change: ConversationChange = {},
  ): Promise<void> {
    const expires_at = new Date(Date.now() + milliseconds).toISOString();
    const question = questionOf({ id: randomUUID(), language: this.language, expires_at });
    await this.tell(
      'question',
      text,
      { question_id: question.id, expires_at, ...body },
      { ...change, question },
    );
  }

  /** Asks what is answered by saying it anew. */
  private tellQuestionless(text: string, body: Record<string, unknown> = {}): Promise<void> {
    return this.tell('question', text, body, { question: null });
  }

  private async run(intent: Intent, subject: Thing | undefined, confirmation?: string): Promise<void> {
    const { command, given } = intent;
    try {
      const answer = await command.run({
        api: this.client(confirmation),
        arguments: given,
        subject,
        language: this.language,
        commands: CHAT_COMMANDS,
        history: (limit) => this.history(limit),
        tell: async (text, data) => {
          await this.tell('part', text, { command: command.name, data });
          await this.speech.room();
        },
      });
      await this.recordEnd(intent, 'done');
      const focus = this.focusAfter(answer.focus, answer.jobId);
      await this.tellAnswer(
        'done',
        answer.text,
        { command: command.name, data: answer.data, job_id: answer.jobId ?? null },
        {
          focus,
          ...(answer.listed !== undefined && { listed: answer.listed.map(mentionedOf) }),
        },
      );
      if (command.actions.includes('watch') && answer.jobId !== undefined) await this.watch(answer.jobId);
    } catch (error) {
      if (!(error instanceof ApiError)) {
        await this.recordEnd(intent, 'failed');
        throw error;
      }
      await this.recordEnd(intent, 'refused', error.code);
      const text = say('failed', this.language, { problem: error.detail });
      await this.tellAnswer('refused', text, { command: command.name, problem: error.code });
    }
  }

  private async watch(job: string): Promise<void> {
    const api = this.client();
    await this.services.watches.watch(this.conversation.id, job, this.language, () =>
      api.get('/api/v1/jobs/{id}', { params: { path: { id: job } } }),
    );
  }

  private async history(
    limit: number,
  ): Promise<{ sequence: string; by: 'person' | 'server'; text: string; at: string }[]> {
    const { dataSource, repository } = this.services;
    const rows = await repository.newest(dataSource.manager, this.conversation.id, limit);
    return rows.map(({ sequence, type, text, created_at }) => ({
      sequence,
      by: type === 'said' ? 'person' : 'server',
      text,
      at: created_at.toISOString(),
    }));
  }

  private focusAfter(focus: Thing | undefined, job: string | undefined): Mentioned[] {
    const spoken = [
      ...(focus === undefined ? [] : [mentionedOf(focus)]),
      ...(job === undefined ? [] : [{ kind: 'job' as const, id: job, name: job }]),
      ...this.conversation.focus,
    ];
    const first = spoken.filter(
      ({ kind }, index) => spoken.findIndex((each) => each.kind === kind) === index,
    );
    return first.slice(0, FOCUS_MAX);
  }

  private client(confirmation?: string) {
    return this.api.as(this.speech, confirmation);
  }

  private caseOf({ command, given }: Intent) {
    return { caller: this.speech.caller, conversation: this.conversation.id, command, arguments: given };
  }

  private async recordConfirmed(intent: Intent): Promise<void> {
    const { dataSource, record } = this.services;
    await dataSource.transaction((manager) => record.confirmed(manager, this.caseOf(intent)));
  }

  private recordEnd(intent: Intent, outcome: CommandOutcome, problem?: string): Promise<void> {
    return this.services.record.ended(this.caseOf(intent), outcome, problem);
  }

  private tellAnswer(
    outcome: CommandOutcome,
    text: string,
    body: Record<string, unknown> = {},
    change: ConversationChange = {},
  ): Promise<void> {
    return this.tell('answer', text, { outcome, ...body }, { question: null, ...change });
  }

  private async tell(
    type: MessageType,
    text: string,
    body: Record<string, unknown>,
    change: ConversationChange = {},
  ): Promise<void> {
    const { dataSource, repository, hub } = this.services;
    const whole = { in_reply_to: this.sequence, ...body };
    const bounded =
      JSON.stringify(whole).length > DATA_MAX ? { ...whole, data: null, truncated: true } : whole;
    const added = await repository.append(
      dataSource.manager,
      this.conversation.id,
      [{ type, text, body: bounded }],
      {
        language: this.language,
        ...change,
      },
    );
    if (added === undefined) return;
    this.told.push(...added.messages);
    hub.tell(this.conversation.id, added.messages);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function mentionedOf({ kind, id, name }: Thing): Mentioned {
  return { kind, id, name };
}

function without(given: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const { [name]: _, ...rest } = given;
  return rest;
}

function codeOf(error: ApiError | AppError): string {
  return error.code;
}
