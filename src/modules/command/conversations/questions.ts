import type { Intent, Reading } from '../language/reading.js';
import type { Language } from '../language/words.js';
import { nounOf, type Thing, type ThingKind } from '../registry/things.js';
import { kept, labelOf } from './choices.js';
import type { OpenQuestion } from './conversation.entity.js';
import { mentionedOf, type Exchange } from './exchange.js';
import { findThing } from './finder.js';
import { doubtText, DOUBTS, filled, say, valueWord } from './wording.js';

/** How long a plan waits for its answer, in milliseconds; other questions wait longer, since nothing hangs on them. */
export const PLAN_MS = 60_000;
const QUESTION_MS = 300_000;
/** Names that a question offers. */
const OFFERED_MAX = 9;

/** What is asked back. */
export class Questions {
  constructor(private readonly exchange: Exchange) {}

  /** Whether this is what was said: it is not certain. */
  async askHeard(text: string): Promise<void> {
    const { exchange } = this;
    const { question } = exchange.conversation;
    // A plan stays open until it is answered clearly.
    if (question?.about === 'plan' && !exchange.isOver(question))
      return exchange.tell('question', say('unsure', exchange.language, { text }), { heard: text });
    const body = { heard: text };
    await exchange.ask(
      say('heard', exchange.language, { text }),
      QUESTION_MS,
      (base) => ({ ...base, about: 'heard', text }),
      body,
    );
  }

  /** Whether this is what was meant: a language model says so. @param model its name */
  async askTranslated(intent: Intent, model: string): Promise<void> {
    const { language } = this.exchange;
    await this.askChoice(say('translated', language, { model }), [intent], {
      translated: { model, command: intent.command.name, arguments: intent.given },
    });
  }

  /** A text that is no order as it stands. */
  async askBack(reading: Extract<Reading, { kind: 'question' }>): Promise<void> {
    const { doubt, suggestion, choices = [] } = reading;
    const text = doubtText(reading, this.exchange.language);
    const offered = suggestion === undefined ? choices : [suggestion];
    const whole = offered.filter(
      ({ subject, command, given }) =>
        command.subject === undefined || subject !== undefined || command.subject in given,
    );
    if (whole.length > 0 && (doubt === 'choose' || doubt === 'misspelt' || doubt === 'words'))
      return this.askChoice(text, whole);
    return this.exchange.tellQuestionless(text, { doubt });
  }

  /** Says that a question is still open, beside what was not understood. */
  async remind(open: OpenQuestion, reading?: Extract<Reading, { kind: 'question' }>): Promise<void> {
    const { exchange } = this;
    const asked = await exchange.asked(open.id);
    const seconds = String(Math.max(1, Math.round((Date.parse(open.expires_at) - exchange.now) / 1_000)));
    const plan = asked?.body['plan'] as { text?: string } | undefined;
    const question =
      plan?.text === undefined
        ? (asked?.text ?? '')
        : say('confirm', exchange.language, { plan: plan.text, seconds });
    const doubt = reading && doubtText(reading, exchange.language);
    const still = say('still_open', exchange.language, { question });
    await exchange.tell('question', doubt === undefined ? still : `${doubt}\n${still}`, {
      ...(reading !== undefined && { doubt: reading.doubt }),
      question_id: open.id,
      expires_at: open.expires_at,
    });
  }

  /** Says that a question was dropped for something else. */
  async tellLeft(question: OpenQuestion): Promise<void> {
    const { exchange } = this;
    const what = question.about === 'plan' ? 'left_plan' : 'left_question';
    await exchange.tell('notice', say(what, exchange.language), {
      question_id: question.id,
      outcome: 'declined',
    });
  }

  /**
   * A name of which it was not said what it names: of what kind is it?
   * @returns the one command that it can be; undefined where something was asked
   */
  async askWhose(intents: readonly Intent[], name: string): Promise<Intent | undefined> {
    const { conversation, language, services, speech } = this.exchange;
    const own = intents.filter(({ command }) =>
      command.needs.every((each) => services.authenticator.may(speech.caller, each)),
    );
    const found = await Promise.all(
      own.map(async (intent) => {
        const kind = intent.command.subjectKind ?? intent.command.kind;
        const result = await findThing(this.exchange.client(), kind, { by: 'name', name }, conversation);
        return { intent, result };
      }),
    );
    const exact = found
      .filter(({ result }) => 'thing' in result)
      .map(({ intent }) => ({ ...intent, subject: { by: 'name' as const, name } }));
    const [only, ...others] = exact;
    if (only !== undefined && others.length === 0) return only;
    if (only !== undefined) {
      await this.askChoice(DOUBTS.choose[language], exact);
      return undefined;
    }
    const near = found.flatMap(({ intent, result }) =>
      'near' in result
        ? result.near.map((thing): Intent => ({
            ...intent,
            given: { ...intent.given, [intent.command.subject ?? '']: thing.name },
            subject: { by: 'name', name: thing.name },
          }))
        : [],
    );
    const kinds = own.map(({ command }) => nounOf(command.subjectKind ?? command.kind, language));
    const noun = [...new Set(kinds)].join('/');
    if (near.length === 0) await this.exchange.tellQuestionless(say('none', language, { noun, name }));
    else await this.askNear(near.slice(0, OFFERED_MAX), noun, name);
    return undefined;
  }

  /** What a command is about was not found: one of these, another name, or nothing. */
  async askSubject(intent: Intent, near: readonly Thing[], name?: string): Promise<void> {
    const { language } = this.exchange;
    const { command, given } = intent;
    const subject = command.subject ?? '';
    const noun = nounOf(command.subjectKind ?? command.kind, language);
    const offered = near.map((thing): Intent => {
      const called =
        near.length > 1 && (thing.kind === 'simulation' || thing.kind === 'experiment')
          ? thing.id
          : thing.name;
      return {
        ...intent,
        given: { ...given, [subject]: thing.id },
        subject: { by: 'name', name: called },
      };
    });
    if (offered.length > 0) await this.askNear(offered, noun, name ?? '');
    else if (name !== undefined) {
      const { [subject]: _, ...rest } = given;
      const open: Intent = { ...intent, given: rest, subject: undefined };
      await this.askMissing(open, subject, say('none', language, { noun, name }));
    } else
      await this.exchange.tellAnswer('refused', say('nothing_there', language, { noun }), {
        command: command.name,
      });
  }

  /** Asks for an argument. */
  async askMissing(intent: Intent, argument: string, text?: string): Promise<void> {
    const { language } = this.exchange;
    const asked =
      text ??
      intent.command.spoken[argument]?.ask?.[language] ??
      filled(DOUBTS.missing[language], { words: argument });
    const body = { command: intent.command.name, argument };
    await this.exchange.ask(
      asked,
      QUESTION_MS,
      (base) => ({ ...base, about: 'missing', intent: kept(intent), argument }),
      body,
    );
  }

  /** What an argument names is not there: another name, or nothing. */
  async askMention(
    { command, given }: Intent,
    argument: string,
    kind: ThingKind,
    near: readonly Thing[],
  ): Promise<void> {
    const { language } = this.exchange;
    const { [argument]: said, ...rest } = given;
    const names = near.map(({ name }) => quoted(name, language)).join(', ');
    const values = { noun: nounOf(kind, language), name: String(said), near: names };
    const text = say(near.length === 0 ? 'none' : 'near', language, values);
    await this.askMissing({ command, given: rest }, argument, text);
  }

  /** What an argument points at is not there: which one? */
  async askReferred(intent: Intent, argument: string, kind: ThingKind): Promise<void> {
    const { language } = this.exchange;
    const { [argument]: _, ...refers } = intent.refers ?? {};
    const text = say('none_to_mean', language, { noun: nounOf(kind, language) });
    await this.askMissing({ ...intent, refers }, argument, text);
  }

  /** Tells what will happen, and asks whether it shall. */
  async askPlan(intent: Intent, subject: Thing | undefined): Promise<void> {
    const { language } = this.exchange;
    const { command, given } = intent;
    const values = Object.fromEntries(
      Object.keys(command.arguments.shape).map((name) => [
        name,
        given[name] === undefined ? say('nothing', language) : valueWord(textOf(given[name]), language),
      ]),
    );
    const plan = filled(command.plan?.[language] ?? command.help[language], {
      ...(subject !== undefined && wordsIn(subject.item)),
      ...values,
      subject: subject === undefined ? say('next', language) : calledOf(subject),
    });
    const text = say('confirm', language, { plan, seconds: String(PLAN_MS / 1_000) });
    const thing = subject === undefined ? null : mentionedOf(subject);
    const told = {
      command: command.name,
      effect: command.effect,
      arguments: given,
      subject: thing,
      text: plan,
    };
    await this.exchange.ask(
      text,
      PLAN_MS,
      (base) => ({ ...base, about: 'plan', intent: kept(intent), thing }),
      { plan: told },
      { focus: this.exchange.focusAfter(subject, undefined) },
    );
  }

  private async askNear(near: readonly Intent[], noun: string, name: string): Promise<void> {
    const { language } = this.exchange;
    const names = near.map((each) => quoted(each.subject?.by === 'name' ? each.subject.name : '', language));
    await this.askChoice(say('near', language, { noun, name, near: names.join(', ') }), near);
  }

  private async askChoice(
    text: string,
    intents: readonly Intent[],
    body: Record<string, unknown> = {},
  ): Promise<void> {
    const { language } = this.exchange;
    const choices = intents.map((intent) => ({ label: labelOf(intent, language), intent: kept(intent) }));
    const lines = choices.map(({ label }, index) => `  ${index + 1}. ${label}`);
    const more = choices.length > 1 ? [say('numbered', language)] : [];
    await this.exchange.ask(
      [text, ...lines, ...more].join('\n'),
      QUESTION_MS,
      (base) => ({ ...base, about: 'choice', choices }),
      { choices: choices.map(({ label }) => label), ...body },
    );
  }
}

function quoted(name: string, language: Language): string {
  return language === 'es' ? `«${name}»` : `“${name}”`;
}

function calledOf({ name, id }: Thing): string {
  return name === id ? id : `${name} (${id})`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The fields of a thing that are words. */
function wordsIn(item: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(item).filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
}
