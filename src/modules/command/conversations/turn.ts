import { ApiError } from '@azt3knet/client';
import { AppError } from '../../../core/errors/index.js';
import { readInput } from '../../../core/http/index.js';
import { nearestName } from '../../../core/nearest-name.js';
import { CommandUnknown, QuestionOver } from '../command.errors.js';
import type { Doubt, Intent, Reading } from '../language/reading.js';
import { understand } from '../language/understand.js';
import { CHAT_COMMANDS, commandNamed } from '../registry/registry.js';
import type { ThingKind } from '../registry/things.js';
import type { CommandTranslator } from '../translation/command-translator.js';
import { chosen, taken, valueIn } from './choices.js';
import type { OpenQuestion } from './conversation.entity.js';
import { mentionedIn, type Exchange } from './exchange.js';
import { Execution } from './execution.js';
import { Questions } from './questions.js';
import type { Saying } from './saying.js';
import { say } from './wording.js';

const COMMAND_NAMES = CHAT_COMMANDS.map(({ name }) => name);

/** What a language model may be asked about: nobody said "not", "if" or two things at once. */
const TRANSLATED: ReadonlySet<Doubt> = new Set(['unknown', 'words', 'what']);

/** What is not understood, and wants nothing else: the question before is still open. */
const LEFT_OPEN: ReadonlySet<Doubt> = new Set([
  'empty',
  'unknown',
  'words',
  'what',
  'nothing_before',
  'quoted',
]);

/** One message, and all that is answered to it. */
export class Turn {
  private readonly questions: Questions;
  private readonly execution: Execution;

  constructor(
    private readonly exchange: Exchange,
    private readonly translator: CommandTranslator,
  ) {
    this.questions = new Questions(exchange);
    this.execution = new Execution(exchange, this.questions);
  }

  /** @throws AppError for what a program says and is not as it should be */
  async answer(saying: Saying): Promise<void> {
    const isProgram = saying.kind === 'command' || saying.kind === 'reply';
    try {
      if (saying.kind === 'text') await this.answerText(saying.text);
      else if (saying.kind === 'spoken') await this.answerSpoken(saying);
      else if (saying.kind === 'command') await this.answerProgram(saying);
      else await this.answerReply(saying.question, saying.yes);
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof AppError)) throw error;
      // A program that says something impossible is told so in fields.
      if (error instanceof AppError && isProgram) throw error;
      const problem = error instanceof ApiError ? error.detail : error.message;
      const text = say('failed', this.exchange.language, { problem });
      await this.exchange.tellAnswer('refused', text, { problem: error.code });
    }
  }

  /** What is not certain is asked back, whatever it says. */
  private answerSpoken({ text, certain }: Extract<Saying, { kind: 'spoken' }>): Promise<void> {
    this.exchange.spoken = true;
    return certain ? this.answerText(text) : this.questions.askHeard(text);
  }

  /** Goes on with what was heard, now that it is known to have been said. */
  private answerHeard(text: string): Promise<void> {
    this.exchange.spoken = true;
    return this.answerText(text, null);
  }

  private async answerText(text: string, question = this.exchange.conversation.question): Promise<void> {
    const { exchange, questions } = this;
    const isOpen = question !== null && !exchange.isOver(question);
    const reading = understand(text, {
      language: exchange.language,
      focus: mentionedIn(exchange.conversation.focus).map(({ kind }) => kind),
      listed: this.listed(),
      list: this.list(),
      asked: question !== null,
    });
    exchange.language = reading.language;
    const open = isOpen ? question : null;
    if (open !== null && (await this.answersQuestion(text, reading, open))) return;
    if (reading.kind === 'intent') {
      await this.leave(open, reading.intent);
      return this.execution.begin(reading.intent);
    }
    if (reading.kind === 'whose') {
      await this.leave(open);
      const intent = await questions.askWhose(reading.intents, reading.name);
      return intent && this.execution.begin(intent);
    }
    if (reading.kind === 'question') return this.askBack(text, reading, open);
    if (reading.kind === 'yes' && open !== null) return questions.remind(open);
    const over = question === null || isOpen ? 'dropped' : 'expired';
    return exchange.tellAnswer('declined', say(over, exchange.language));
  }

  /** Asks what was meant; a language model may have a suggestion. What is not understood leaves a question open. */
  private async askBack(
    text: string,
    reading: Extract<Reading, { kind: 'question' }>,
    open: OpenQuestion | null,
  ): Promise<void> {
    const { questions } = this;
    const { caller } = this.exchange.speech;
    const isUnknown =
      TRANSLATED.has(reading.doubt) && reading.suggestion === undefined && reading.terminal === undefined;
    const found = isUnknown ? await this.translator.translate(text, caller) : undefined;
    if (found !== undefined) {
      await this.leave(open, found.intent);
      return questions.askTranslated(found.intent, found.model);
    }
    if (open !== null && LEFT_OPEN.has(reading.doubt) && reading.suggestion === undefined)
      return questions.remind(open, reading);
    await this.leave(open, reading.suggestion);
    // Whether it may be done, and what it is about, comes before what is missing.
    if (reading.doubt === 'missing' && reading.suggestion !== undefined)
      return this.execution.begin(reading.suggestion);
    return questions.askBack(reading);
  }

  /** Drops a question for something else, and says so; who says whole what was asked about has answered it. */
  private async leave(open: OpenQuestion | null, intent?: Intent): Promise<void> {
    if (open === null) return;
    const asked =
      open.about === 'choice'
        ? open.choices.map((choice) => choice.intent.command)
        : open.about === 'missing'
          ? [open.intent.command]
          : [];
    if (intent !== undefined && asked.includes(intent.command.name)) return;
    const mine = await this.exchange.take(open);
    if (mine !== undefined) await this.questions.tellLeft(mine);
  }

  private listed(): { kind: ThingKind; count: number } | undefined {
    const { listed } = this.exchange.conversation;
    return listed?.[0] && { kind: listed[0].kind, count: listed.length };
  }

  private list(): { kind: ThingKind; count: number } | undefined {
    const [first] = this.exchange.conversation.focus;
    return first !== undefined && 'list' in first ? { kind: first.kind, count: first.list } : undefined;
  }

  /** Whether a text answers what was asked, and if so, goes on with it. */
  private async answersQuestion(text: string, reading: Reading, question: OpenQuestion): Promise<boolean> {
    const { exchange } = this;
    if (reading.kind === 'no') {
      const mine = await exchange.take(question);
      if (mine !== undefined) await this.decline(mine);
      return mine !== undefined;
    }
    if (question.about === 'plan') {
      if (reading.kind !== 'yes') return false;
      await this.execution.confirm(question.id);
      return true;
    }
    if (question.about === 'heard') {
      if (reading.kind !== 'yes' || (await exchange.take(question)) === undefined) return false;
      await this.answerHeard(question.text);
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
    const value = valueIn(text, intent, question.argument, exchange.language);
    if (value === undefined) return false;
    return this.goOn(question, { ...intent, given: { ...intent.given, [question.argument]: value } });
  }

  private async goOn(question: OpenQuestion, intent: Intent | undefined): Promise<boolean> {
    if (intent === undefined || (await this.exchange.take(question)) === undefined) return false;
    const name = intent.command.subject === undefined ? undefined : intent.given[intent.command.subject];
    await this.execution.begin(
      typeof name === 'string' && intent.subject === undefined
        ? { ...intent, subject: { by: 'name', name } }
        : intent,
    );
    return true;
  }

  private async answerReply(id: string, yes: boolean): Promise<void> {
    const { exchange } = this;
    if (yes && exchange.conversation.question?.about === 'plan') return this.execution.confirm(id);
    const question = await exchange.take({ id });
    if (question === undefined || exchange.isOver(question)) throw new QuestionOver();
    exchange.language = question.language;
    if (!yes) return this.decline(question);
    if (question.about === 'heard') return this.answerHeard(question.text);
    const [only, ...others] = question.about === 'choice' ? question.choices : [];
    const intent = only === undefined || others.length > 0 ? undefined : taken(only.intent);
    if (intent === undefined) throw new QuestionOver();
    return this.execution.begin(intent);
  }

  private async decline(question: OpenQuestion): Promise<void> {
    const { exchange } = this;
    const intent = question.about === 'plan' ? taken(question.intent) : undefined;
    if (intent !== undefined) await exchange.recordEnd(intent, 'declined');
    const command = intent?.command.name ?? null;
    await exchange.tellAnswer('declined', say('dropped', exchange.language), { command });
  }

  private async answerProgram({
    command: name,
    arguments: given,
    confirmed,
  }: Extract<Saying, { kind: 'command' }>): Promise<void> {
    const command = commandNamed(name);
    if (command === undefined) throw new CommandUnknown(name, nearestName(name, COMMAND_NAMES));
    readInput(command.arguments, given, 'arguments');
    const said = command.subject === undefined ? undefined : given[command.subject];
    const subject = typeof said === 'string' ? { by: 'name' as const, name: said } : undefined;
    await this.execution.begin({ command, given, subject }, confirmed);
  }
}
