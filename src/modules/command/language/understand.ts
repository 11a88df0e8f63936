import type { ChatCommand } from '../registry/chat-command.js';
import { CHAT_COMMANDS, commandsFor } from '../registry/registry.js';
import type { Action } from './actions.js';
import { argumentsIn, isName } from './arguments.js';
import { aliasOf, answerIn, helpIn, reasonIn, watchingIn } from './phrases.js';
import { languageOf, ordersSomething } from './language-of.js';
import type { Before, Doubt, Intent, Reading } from './reading.js';
import { pointersAside } from './references.js';
import {
  actionsIn,
  doubtIn,
  isPlural,
  isPointer,
  nounsIn,
  takesAll,
  unknownIn,
  type Noun,
} from './sentence.js';
import { has, spansOf, type Span } from './spans.js';
import { corrected } from './spelling.js';
import { Subjects } from './subjects.js';
import { terminalCommand } from './terminal-commands.js';
import type { Language } from './words.js';

/**
 * What somebody wants, by the words alone: the same words after the same words before are always read the same. Every word is
 * accounted for; where one is not, or where something is denied, supposed, quoted or asked for with something else, the reading is a
 * question.
 */
export function understand(text: string, before: Before): Reading {
  const language = languageOf(text, before.language);
  const answer = answerIn(text, language);
  if (answer !== undefined && before.asked) return { kind: answer, language };
  if (answer !== undefined && (answer === 'yes' || !ordersSomething(text, language)))
    return { kind: 'question', doubt: 'no_question', language };
  return new Understanding(text, language, before).read();
}

class Understanding {
  private readonly subjects: Subjects;

  constructor(
    private readonly text: string,
    private readonly language: Language,
    private readonly before: Before,
  ) {
    this.subjects = new Subjects(before);
  }

  read(): Reading {
    const { text, language } = this;
    const alias = aliasOf(text, language);
    if (alias !== undefined) return this.intent({ command: alias, given: {} });
    const help = helpIn(text, language);
    if (help !== undefined) return this.intent(help);
    const { words, reason } = reasonIn(text, language);
    const spans = spansOf(words, language);
    if (spans.every((span) => has(span, 'filler'))) return this.question('empty');
    const watching = watchingIn(spans, language);
    if (watching !== undefined) return this.readWatching(watching);
    const doubt = doubtIn(spans);
    if (doubt !== undefined) return this.question(doubt.doubt, { words: doubt.words });
    const reading = this.readCommand(spans, reason);
    // "start campaing": what is taken for a name may be a noun.
    if (reading.kind === 'whose') return this.readSpelling(spans, reason) ?? reading;
    if (
      reading.kind === 'intent' ||
      (reading.kind === 'question' && reading.doubt !== 'unknown' && reading.doubt !== 'words')
    )
      return reading;
    return this.readSpelling(spans, reason) ?? reading;
  }

  /** "Tell me when … finishes": the words between say what. */
  private readWatching(spans: readonly Span[]): Reading {
    const doubt = doubtIn(spans);
    if (doubt !== undefined) return this.question(doubt.doubt, { words: doubt.words });
    return this.readAction('watch', spans, undefined);
  }

  /** The same with the words that are misspelt set right. What changes something is asked first. */
  private readSpelling(spans: readonly Span[], reason: string | undefined): Reading | undefined {
    const right = corrected(spans, this.language);
    if (right === undefined) return undefined;
    if (right.choices > 1) return undefined;
    const reading = this.readCommand(right.spans, reason);
    // "populaton": it is known what is meant, and asked which.
    if (reading.kind === 'question' && reading.doubt === 'missing') return reading;
    if (reading.kind !== 'intent') return undefined;
    const { intent } = reading;
    if (intent.command.effect === 'read' || !right.isAction) return reading;
    return this.question('misspelt', { words: right.words, suggestion: intent });
  }

  private readCommand(spans: readonly Span[], reason: string | undefined): Reading {
    const { actions, rest } = actionsIn(spans);
    const strong = actions.filter(({ weak }) => !weak);
    const named = new Set(strong.map(({ action }) => action));
    // "Show the logs": the noun of what is shown is a verb of its own.
    const distinct = [...named].filter((each) => !named.has('logs') || (each !== 'show' && each !== 'list'));
    const looks = distinct.every((each) => each === 'show' || each === 'list' || each === 'logs');
    if (distinct.length > 1 || (!looks && actions.some(({ weak }) => weak)))
      return this.question('several', { words: actions.map(({ text }) => text) });
    const action = distinct[0] ?? actions[0]?.action;
    return action === undefined ? this.readNoun(rest, reason) : this.readAction(action, rest, reason);
  }

  /** No verb: "campaigns", "campaign spring-murals". */
  private readNoun(spans: readonly Span[], reason: string | undefined): Reading {
    const noun = nounsIn(spans)[0];
    if (noun === undefined) return this.question('unknown', { words: unknownIn(spans) });
    return this.readAction(noun.many ? 'list' : 'show', spans, reason);
  }

  private readAction(action: Action, spans: readonly Span[], reason: string | undefined): Reading {
    const nouns = nounsIn(spans);
    const about = nouns.find(({ kind, many }) => commandsFor(kind, meantBy(action, many)).length > 0);
    if (about !== undefined) return this.readAbout(action, about, spans, reason);
    if (nouns.length === 0) return this.readNameless(action, spans, reason);
    // "draft for population metro_cdmx": the noun is an argument.
    const takes = CHAT_COMMANDS.filter(
      (command) => command.actions.includes(action) && takesAll(command, nouns),
    );
    if (takes.length === 0) {
      const terminal = terminalCommand(action, nouns);
      const words = nouns.map(({ text }) => text);
      return this.question('what', { words, ...(terminal !== undefined && { terminal }) });
    }
    return this.settle(
      takes.map((command) => this.intentOf(command, action, spans, undefined, reason)),
      spans,
      reason,
    );
  }

  /** A verb and a noun. */
  private readAbout(action: Action, noun: Noun, spans: readonly Span[], reason: string | undefined): Reading {
    const rest = withoutNoun(spans, noun);
    const { kind } = noun;
    const latest = rest.some((span) => has(span, 'latest'));
    const refers = rest.some((span) => isName(span) || has(span, 'ordinal'));
    // "list campaign spring-murals" shows one; "show the last 5 campaigns" lists.
    const meant: Action = action === 'list' && !noun.many && (refers || latest) ? 'show' : action;
    const commands = commandsFor(kind, meantBy(meant, noun.many));
    const intents = commands.map((command) => this.intentOf(command, meant, spans, noun, reason));
    return this.settle(intents, spans, reason);
  }

  /** A verb and no noun: what was spoken of, or a name. */
  private readNameless(action: Action, spans: readonly Span[], reason: string | undefined): Reading {
    const names = spans.filter(isName);
    const commands = CHAT_COMMANDS.filter(
      ({ actions, spoken }) =>
        actions.includes(action) && Object.values(spoken).some(({ form }) => form === 'name'),
    );
    const [alone] = names;
    // "simulate rumour_town for 20 ticks": words that are no name stand beside it.
    const measured = commands
      .map((command) => this.intentOf(command, action, spans, undefined, reason))
      .filter(({ left, reasonLeft }) => left.length === 0 && !reasonLeft);
    const generates = CHAT_COMMANDS.filter(
      ({ actions, spoken }) =>
        actions.includes(action) && !Object.values(spoken).some(({ form }) => form === 'name'),
    );
    if (action === 'generate' && generates.length === 1 && spans.some((span) => has(span, 'gender')))
      return this.settle(
        [this.intentOf(generates[0] as ChatCommand, action, spans, undefined, reason)],
        spans,
        reason,
      );
    const points = spans.some(
      (span) => has(span, 'reference') || has(span, 'latest') || has(span, 'ordinal'),
    );
    if (alone !== undefined && names.length === 1 && !points) {
      const intents = commands.map((command) => this.intentOf(command, action, spans, undefined, reason));
      const whole = intents.filter(({ left }) => left.length === 0);
      if (whole.length === 0)
        return this.question(commands.length === 0 ? 'unknown' : 'words', { words: unknownIn(spans) });
      return {
        kind: 'whose',
        intents: whole.map(({ intent }) => intent),
        name: alone.text,
        language: this.language,
      };
    }
    const given = measured.map(({ intent }) => intent.given[intent.command.subject ?? '']);
    const [name] = given;
    if (names.length > 1 && !points && typeof name === 'string' && given.every((each) => each === name))
      return {
        kind: 'whose',
        intents: measured.map(({ intent }) => intent),
        name,
        language: this.language,
      };
    if (names.length > 0) return this.question('words', { words: unknownIn(spans) });
    const kind = this.subjects.kindOf(action, spans, points);
    if (kind === undefined) {
      const choices = commands.map((command): Intent => ({ command, given: {} }));
      return this.question(points ? 'nothing_before' : 'what', { choices });
    }
    const noun: Noun = { kind, many: false, text: '', span: undefined };
    const intents = commandsFor(kind, action).map((command) =>
      this.intentOf(command, action, spans, noun, reason),
    );
    return this.settle(intents, spans, reason);
  }

  private intentOf(
    command: ChatCommand,
    action: Action,
    spans: readonly Span[],
    noun: Noun | undefined,
    reason: string | undefined,
  ): Attempt {
    const free = withoutNoun(spans, noun, command.spoken);
    const { given, refers, left } = argumentsIn(command, free, this.before);
    const spoken = Object.entries(command.spoken);
    const argument = (form: string): string | undefined => spoken.find(([, each]) => each.form === form)?.[0];
    const verdict = argument('verdict');
    const ruling = VERDICTS.get(action);
    if (verdict !== undefined && ruling !== undefined) given[verdict] = ruling;
    const why = argument('reason');
    if (why !== undefined && reason !== undefined) given[why] = reason;
    const reasonLeft = why === undefined && reason !== undefined;
    const isNamed = noun?.span !== undefined || typeof given[command.subject ?? ''] === 'string';
    const aside = isNamed ? pointersAside(spans) : [];
    const pointing = left.filter((span) => !aside.includes(span));
    const subject = this.subjects.of(command, given, pointing, noun);
    const over = left.filter((span) => aside.includes(span) || !isPointer(span, subject, command));
    const intent: Intent = {
      command,
      given,
      ...(subject !== undefined && { subject }),
      ...(Object.keys(refers).length > 0 && { refers }),
    };
    return { intent, left: over, reasonLeft };
  }

  /** One command of those that the words may mean, or a question. */
  private settle(attempts: readonly Attempt[], spans: readonly Span[], reason: string | undefined): Reading {
    const whole = attempts.filter(({ left, reasonLeft }) => left.length === 0 && !reasonLeft);
    if (whole.length === 0) {
      const [first] = attempts;
      if (first === undefined) return this.question('what', { words: unknownIn(spans) });
      if (first.reasonLeft) return this.question('conditional', { words: [reason ?? ''] });
      const many = first.left.some((span) => has(span, 'many'));
      return this.question(many ? 'many' : 'words', {
        words: first.left.map(({ text }) => text),
        ...(!many && first.intent.command.effect === 'read' && { suggestion: first.intent }),
      });
    }
    if (whole.length > 1) return this.question('choose', { choices: whole.map(({ intent }) => intent) });
    const { intent } = whole[0] as Attempt;
    if (intent.command.effect !== 'read' && spans.some((span) => has(span, 'many')))
      return this.question('many', { choices: [] });
    if (isPlural(spans, intent.command)) return this.question('many', { choices: [] });
    return this.complete(intent);
  }

  /** Asks for what is missing. */
  private complete(intent: Intent): Reading {
    const { command, given, subject, refers = {} } = intent;
    const pointers = [...(subject === undefined ? [] : [subject]), ...Object.values(refers)];
    if (pointers.some((each) => this.subjects.isNowhere(each))) return this.question('nothing_before');
    const lacks = Object.entries(command.arguments.shape).some(
      ([name, schema]) =>
        !(name in given) &&
        !(name in refers) &&
        !(name === command.subject && subject !== undefined) &&
        !schema.safeParse(undefined).success,
    );
    if (lacks) return this.question('missing', { suggestion: intent });
    return this.intent(intent);
  }

  private intent(intent: Intent): Reading {
    return { kind: 'intent', intent, language: this.language };
  }

  private question(doubt: Doubt, about: Partial<Extract<Reading, { kind: 'question' }>> = {}): Reading {
    return { kind: 'question', doubt, language: this.language, ...about };
  }
}

/** A command that the words may mean, and those that it has no use for. */
interface Attempt {
  intent: Intent;
  left: readonly Span[];
  reasonLeft: boolean;
}

const VERDICTS: ReadonlyMap<Action, string> = new Map([
  ['uphold', 'uphold'],
  ['reject', 'uphold'],
  ['release', 'release'],
  ['approve', 'release'],
  ['label', 'label'],
]);

/** "Show the campaigns" lists them. */
function meantBy(action: Action, many: boolean): Action {
  return action === 'show' && many ? 'list' : action;
}

/** What stands beside a noun; of "content queue", which queue, and of "500 agents", whom, where that is an argument. */
function withoutNoun(
  spans: readonly Span[],
  noun: Noun | undefined,
  spoken: ChatCommand['spoken'] = {},
): Span[] {
  const takesGender = Object.values(spoken).some(({ form }) => form === 'gender');
  return spans.flatMap((span) => {
    if (span !== noun?.span) return [span];
    const meanings = span.meanings.filter(({ is }) => is === 'queue' || (is === 'gender' && takesGender));
    return meanings.length === 0 ? [] : [{ ...span, meanings }];
  });
}
