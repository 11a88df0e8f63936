import { ApiError } from '@azt3knet/client';
import { accepted } from '../../../core/errors/index.js';
import { QuestionOver } from '../command.errors.js';
import type { Intent } from '../language/reading.js';
import type { ChatCommand } from '../registry/chat-command.js';
import { CHAT_COMMANDS } from '../registry/registry.js';
import type { Thing } from '../registry/things.js';
import { taken } from './choices.js';
import { mentionedOf, type Exchange } from './exchange.js';
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
    const given = { ...intent.given };
    if (subject !== undefined && command.subject !== undefined && intent.subject?.by !== 'name')
      given[command.subject] = subject.id;
    const missing = Object.entries(command.arguments.shape).find(
      ([name, schema]) => given[name] === undefined && !schema.safeParse(undefined).success,
    )?.[0];
    if (missing !== undefined) return this.questions.askMissing({ ...intent, given }, missing);
    const parsed = command.arguments.safeParse(given, { error: accepted });
    if (!parsed.success) {
      const problem = parsed.error.issues
        .map(({ path, message }) => `${path.join('.')} ${message}`)
        .join('; ');
      const text = say('wrong', this.exchange.language, { problem });
      return this.exchange.tellAnswer('refused', text, { command: command.name });
    }
    const whole: Intent = { ...intent, given: parsed.data };
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
      if (question?.about !== 'plan' || Date.parse(question.expires_at) <= Date.now()) return undefined;
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
    await this.questions.askSubject(intent, found.near, found.name);
    return 'asked';
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
      const focus = exchange.focusAfter(answer.focus, answer.jobId);
      await exchange.tellAnswer(
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
        await exchange.recordEnd(intent, 'failed');
        throw error;
      }
      await exchange.recordEnd(intent, 'refused', error.code);
      const text = say('failed', exchange.language, { problem: error.detail });
      await exchange.tellAnswer('refused', text, { command: command.name, problem: error.code });
    }
  }

  private async watch(job: string): Promise<void> {
    const { conversation, language, services } = this.exchange;
    const api = this.exchange.client();
    await services.watches.watch(conversation.id, job, language, () =>
      api.get('/api/v1/jobs/{id}', { params: { path: { id: job } } }),
    );
  }

  private async recordConfirmed(intent: Intent): Promise<void> {
    const { dataSource, record } = this.exchange.services;
    await dataSource.transaction((manager) => record.confirmed(manager, this.exchange.caseOf(intent)));
  }
}
