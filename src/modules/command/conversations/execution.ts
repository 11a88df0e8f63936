import { ApiError } from '@azt3knet/client';
import { accepted } from '../../../core/errors/index.js';
import { QuestionOver } from '../command.errors.js';
import { soundOf } from '../language/distance.js';
import type { Intent } from '../language/reading.js';
import type { ChatCommand } from '../registry/chat-command.js';
import { hindrance } from '../registry/possible.js';
import { CHAT_COMMANDS } from '../registry/registry.js';
import { stateText } from '../registry/states.js';
import { nounOf, type Thing } from '../registry/things.js';
import { taken } from './choices.js';
import { mentionedIn, mentionedOf, type Exchange } from './exchange.js';
import { lookAs, type Watched } from './job-watches.js';
import { findThing } from './finder.js';
import type { Questions } from './questions.js';
import { say } from './wording.js';

/** Carries commands out: may they, what is it about, is all there, shall it be done? */
export class Execution {
  constructor(
    private readonly exchange: Exchange,
    private readonly questions: Questions,
  ) {}

  /**
   * Goes about a command; what changes something is a plan first.
   * @param confirmed whether a program has said yes in advance, which counts for what can be taken back
   */
  async begin(intent: Intent, confirmed = false): Promise<void> {
    const { command } = intent;
    if (!(await this.allows(command))) return;
    const subject = await this.subjectOf(intent);
    if (subject === 'asked') return;
    if (await this.isHindered(command, subject)) return;
    const referred = await this.referredOf(intent);
    if (referred === 'asked') return;
    const given = { ...intent.given, ...referred };
    const pinned: Intent = { command, given, subject: intent.subject };
    if (subject !== undefined && command.subject !== undefined && !isNamedOtherwise(intent, subject)) {
      given[command.subject] = subject.id;
      // What it was when it was said; by the answer to a question there may be a newer one.
      pinned.subject = { by: 'name', name: subject.id };
    }
    const missing = Object.entries(command.arguments.shape).find(
      ([name, schema]) => given[name] === undefined && !schema.safeParse(undefined).success,
    )?.[0];
    if (missing !== undefined) return this.questions.askMissing(pinned, missing);
    const parsed = command.arguments.safeParse(given, { error: accepted });
    if (!parsed.success) {
      const problem = parsed.error.issues
        .map(({ path, message }) => `${path.join('.')} ${message}`)
        .join('; ');
      const text = say('wrong', this.exchange.language, { problem });
      return this.exchange.tellAnswer('refused', text, { command: command.name });
    }
    const whole: Intent = { ...pinned, given: parsed.data };
    if (!confirmed && (await this.asksForMention(whole))) return;
    // What is followed is told of later, too: who was misheard would wonder.
    const reads = command.effect === 'read' && !(this.exchange.spoken && command.actions.includes('watch'));
    if (!reads && !(confirmed && command.effect === 'write')) return this.questions.askPlan(whole, subject);
    if (!reads) await this.recordConfirmed(whole);
    return this.run(whole, subject);
  }

  /** Does what was planned, for the first who says yes. @throws QuestionOver */
  async confirm(id: string): Promise<void> {
    const { exchange } = this;
    const { dataSource, repository, record } = exchange.services;
    const intent = await dataSource.transaction(async (manager) => {
      const question = await repository.takeQuestion(manager, exchange.conversation.id, id);
      if (question?.about !== 'plan' || exchange.isOver(question)) return undefined;
      const found = taken(question.intent);
      if (found === undefined) return undefined;
      exchange.language = question.language;
      await record.confirmed(manager, exchange.caseOf(found));
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
    const { conversation } = this.exchange;
    const found = await findThing(this.exchange.client(), kind, { by: 'name', name: thing.id }, conversation);
    return 'thing' in found ? found.thing : thing;
  }

  /** Whether the caller may; if not, they are told. */
  private async allows(command: ChatCommand): Promise<boolean> {
    const { exchange } = this;
    const { caller } = exchange.speech;
    const { authenticator } = exchange.services;
    const denied = command.needs.find((permission) => !authenticator.may(caller, permission));
    if (denied === undefined) return true;
    const text =
      caller.todo === undefined
        ? say('denied', exchange.language, { permission: denied })
        : say('todo', exchange.language, { todo: caller.todo });
    await exchange.recordEnd({ command, given: {} }, 'denied', denied);
    await exchange.tellAnswer('denied', text, { command: command.name, permission: denied });
    return false;
  }

  /** What a command is about; where that is not clear it is asked. */
  private async subjectOf(intent: Intent): Promise<Thing | 'asked' | undefined> {
    const { command, subject } = intent;
    if (subject === undefined || command.subject === undefined) return undefined;
    const kind = command.subjectKind ?? command.kind;
    const found = await findThing(this.exchange.client(), kind, subject, this.exchange.conversation);
    if ('thing' in found) return found.thing;
    if (found.none === true) {
      const text = say('none_listed', this.exchange.language, {
        noun: nounOf(kind, this.exchange.language, true),
      });
      await this.exchange.tellAnswer('refused', text, { command: command.name });
      return 'asked';
    }
    await this.questions.askSubject(intent, found.near, found.name);
    return 'asked';
  }

  /** The arguments that were pointed at; where there is nothing they are asked for. */
  private async referredOf(intent: Intent): Promise<Record<string, string> | 'asked'> {
    const { conversation } = this.exchange;
    const referred: Record<string, string> = {};
    for (const [argument, said] of Object.entries(intent.refers ?? {})) {
      const kind = intent.command.mentions?.[argument];
      if (kind === undefined) continue;
      const found = await findThing(this.exchange.client(), kind, said, conversation);
      if ('thing' in found) referred[argument] = found.thing.id;
      else {
        await this.questions.askReferred(intent, argument, kind);
        return 'asked';
      }
    }
    return referred;
  }

  /** Whether what it is about is in a state in which it cannot be done; if so, they are told. */
  private async isHindered(command: ChatCommand, subject: Thing | undefined): Promise<boolean> {
    const state = subject && hindrance(command.possible, subject.item);
    if (subject === undefined || state === undefined) return false;
    const { language } = this.exchange;
    const states = (command.possible?.states ?? []).map((each) => stateText(each, subject.kind, language));
    const text = say('impossible', language, {
      noun: nounOf(subject.kind, language),
      name: subject.name,
      state: stateText(state, subject.kind, language),
      states: [states.slice(0, -1).join(', '), states.at(-1)].filter(Boolean).join(say('or', language)),
    });
    await this.exchange.tellAnswer(
      'refused',
      text,
      { command: command.name, problem: 'state_impossible' },
      { focus: this.exchange.focusAfter(subject, undefined) },
    );
    return true;
  }

  /** Whether an argument names something that is not there; if so, another name is asked for. */
  private async asksForMention(intent: Intent): Promise<boolean> {
    const { conversation } = this.exchange;
    for (const [argument, kind] of Object.entries(intent.command.mentions ?? {})) {
      const name = intent.given[argument];
      if (typeof name !== 'string') continue;
      try {
        const found = await findThing(this.exchange.client(), kind, { by: 'name', name }, conversation);
        if ('thing' in found) continue;
        await this.questions.askMention(intent, argument, kind, found.near);
        return true;
      } catch (error) {
        // Whether what one may not see is there is not for the chat to say.
        if (!(error instanceof ApiError)) throw error;
      }
    }
    return false;
  }

  private async run(intent: Intent, subject: Thing | undefined, confirmation?: string): Promise<void> {
    const { exchange } = this;
    const { command, given } = intent;
    try {
      const answer = await command.run({
        api: exchange.client(confirmation),
        arguments: given,
        subject,
        language: exchange.language,
        commands: CHAT_COMMANDS,
        history: (limit) => exchange.history(limit),
        tell: async (text, data) => {
          await exchange.tell('part', text, { command: command.name, data });
          await exchange.speech.room();
        },
      });
      await exchange.recordEnd(intent, 'done');
      const spoken = exchange.focusAfter(answer.focus, answer.jobId);
      const { listed } = answer;
      const focus =
        listed === undefined ? spoken : [{ kind: command.kind, list: listed.length }, ...mentionedIn(spoken)];
      await exchange.tellAnswer(
        'done',
        answer.text,
        { command: command.name, data: answer.data, job_id: answer.jobId ?? null },
        {
          focus,
          ...(listed !== undefined && { listed: listed.map(mentionedOf) }),
        },
      );
      if (command.actions.includes('watch') && answer.jobId !== undefined)
        await this.watch({ job_id: answer.jobId, experiment_id: answer.experimentId ?? null });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        await exchange.recordEnd(intent, 'failed');
        throw error;
      }
      await exchange.recordEnd(intent, 'refused', error.code);
      const text = say('failed', exchange.language, { problem: error.detail });
      await exchange.tellAnswer('refused', text, { command: command.name, problem: error.code });
    }
  }

  private async watch(watched: Watched): Promise<void> {
    const { conversation, language, services } = this.exchange;
    await services.watches.watch(conversation.id, watched, language, lookAs(this.exchange.client()));
  }

  private async recordConfirmed(intent: Intent): Promise<void> {
    const { dataSource, record } = this.exchange.services;
    await dataSource.transaction((manager) => record.confirmed(manager, this.exchange.caseOf(intent)));
  }
}

/** Whether a name says more, or something else, than the id of what it names: `rumour_town@1.0.0`. */
function isNamedOtherwise({ subject: said }: Intent, { id }: Thing): boolean {
  return said?.by === 'name' && soundOf(said.name) !== soundOf(id);
}
