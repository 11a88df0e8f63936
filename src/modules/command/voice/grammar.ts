import { ACTIONS, type Action } from '../language/actions.js';
import { NO, NUMBERS, ORDINALS, YES } from '../language/lexicon.js';
import { tokensOf } from '../language/words.js';
import type { ChatCommand } from '../registry/chat-command.js';
import { hasPlaceholder } from '../registry/placeholders.js';
import { NOUNS, type ThingKind } from '../registry/things.js';
import type { SpokenNames } from './spoken-names.js';

/** Words for an action that are listened for: the more there are, the more are mistaken for each other. */
const VERBS_MAX = 2;
const ANSWERS_MAX = 4;
/** Names that are listened for. */
const NAMES_MAX = 200;

/** What is listened for. */
interface Grammar {
  /** In the Java Speech Grammar Format. */
  jsgf: string;
  /** Every word of it. */
  words: readonly string[];
}

/**
 * A grammar of English orders from the registry of commands: their aliases and examples, and each verb with its noun and the names
 * of such things.
 * @param isKnown whether it is known how a word sounds; what has others is left out
 */
export function grammarOf(
  commands: readonly ChatCommand[],
  names: SpokenNames,
  isKnown: (word: string) => boolean,
): Grammar {
  return new GrammarWriter(names, isKnown).write(commands);
}

class GrammarWriter {
  private readonly words = new Set<string>();
  private readonly namesOf = new Map<ThingKind, string[]>();

  constructor(
    names: SpokenNames,
    private readonly isKnown: (word: string) => boolean,
  ) {
    for (const { kind, said } of names.all.slice(0, NAMES_MAX)) {
      const phrase = this.phrase(said.join(' '));
      if (phrase !== undefined) this.namesOf.set(kind, [...(this.namesOf.get(kind) ?? []), phrase]);
    }
  }

  write(commands: readonly ChatCommand[]): Grammar {
    for (const word of ['please', 'the', 'it', 'last', 'one']) this.words.add(word);
    const answers = [YES, NO].flatMap(({ en }) => this.phrases(en).slice(0, ANSWERS_MAX));
    const places = ORDINALS.flatMap(({ en }) => this.phrases(en).slice(0, 1)).map(
      (each) => `[the] ${each} [one]`,
    );
    const orders = commands.flatMap((command) => this.ordersOf(command));
    const rules = [...this.namesOf].map(([kind, each]) => `<${kind}> = ${either(each)};`);
    const sentences = [...new Set([...answers, ...places, ...orders])];
    const jsgf = [
      '#JSGF V1.0;',
      'grammar azt3knet;',
      ...rules,
      `public <sentence> = [please] (\n  ${sentences.join('\n| ')}\n);`,
    ];
    return { jsgf: `${jsgf.join('\n')}\n`, words: [...this.words] };
  }

  private ordersOf(command: ChatCommand): string[] {
    const { aliases, examples, actions, kind } = command;
    const whole = [
      ...this.phrases(aliases.en),
      ...this.phrases(examples.en.filter((each) => !hasPlaceholder(each))),
    ];
    const verbs = [...new Set(actions.flatMap((action) => this.verbsFor(action)))];
    const { one, many } = NOUNS[kind];
    const [noun] = this.phrases(one.en);
    const [nouns] = this.phrases(many.en);
    if (verbs.length === 0 || noun === undefined || asksForMore(command)) return whole;
    if (command.subject === undefined)
      return [...whole, `${either(verbs)} [the] ${actions.includes('list') ? (nouns ?? noun) : noun}`];
    const subject = command.subjectKind ?? kind;
    const named = this.namesOf.has(subject) ? [`${either(verbs)} [the] ${noun} <${subject}>`] : [];
    return [...whole, ...named, `${either(verbs)} it`, `${either(verbs)} the last ${noun}`];
  }

  private verbsFor(action: Action): string[] {
    const verbs = this.phrases(ACTIONS[action].en).slice(0, VERBS_MAX);
    return action === 'list' ? [...verbs, ...this.phrases(['show'])] : verbs;
  }

  private phrases(texts: readonly string[]): string[] {
    return texts.map((text) => this.phrase(text)).filter((phrase) => phrase !== undefined);
  }

  /** A text as it is said; undefined for one letter, and where it has a word that nobody knows the sound of. */
  private phrase(text: string): string | undefined {
    const words = tokensOf(text).map(({ word }) => NUMBER_WORDS.get(word) ?? word);
    if (words.join('').length < 2 || !words.every((word) => /^[a-z']+$/.test(word) && this.isKnown(word)))
      return undefined;
    for (const word of words) this.words.add(word);
    return words.join(' ');
  }
}

const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries(NUMBERS)
    .toReversed()
    .map(([word, value]) => [String(value), word]),
);

/** Whether it needs an argument besides what it is about. */
function asksForMore({ arguments: schema, subject }: ChatCommand): boolean {
  return Object.entries(schema.shape).some(
    ([name, each]) => name !== subject && !each.safeParse(undefined).success,
  );
}

function either(phrases: readonly string[]): string {
  return `( ${phrases.join(' | ')} )`;
}
