import { ACTIONS, type Action } from './actions.js';
import { agesAt } from './ages.js';
import * as lexicon from './lexicon.js';
import { tokensOf, type Language, type Token, type Words } from './words.js';
import { NOUNS, THING_KINDS, type ThingKind } from '../registry/things.js';

/** What a word, or several, may mean. */
export type Meaning =
  | { is: 'action'; action: Action; weak: boolean }
  | { is: 'noun'; kind: ThingKind; many: boolean }
  | { is: 'filler' | 'negation' | 'hedge' | 'joint' | 'many' | 'reference' | 'latest' }
  | { is: 'ordinal'; index: number }
  | { is: 'ages'; from: number; to: number }
  | { is: 'state' | 'gender' | 'severity' | 'mode' | 'queue'; value: string };

/** Words that belong together, and what they may mean; no meaning: nobody knows them, which names are like. */
export interface Span {
  tokens: readonly Token[];
  text: string;
  meanings: readonly Meaning[];
}

export function has(span: Span, is: Meaning['is']): boolean {
  return span.meanings.some((each) => each.is === is);
}

export function only(span: Span, is: Meaning['is']): boolean {
  return span.meanings.length > 0 && span.meanings.every((each) => each.is === is);
}

/** The longest phrase, in words. */
const PHRASE_MAX = 5;

/** They say how something is looked at, and stand beside another verb: `show the status`. */
const WEAK: ReadonlySet<string> = new Set([
  'status',
  'state',
  'progress',
  'details',
  'details of',
  'info',
  'info on',
  'information',
  'is',
  'which',
  'what',
  'are',
  'count',
  'estado',
  'progreso',
  'detalles',
  'detalle',
  'detalles de',
  'informacion',
  'esta',
  'estan',
]);

type Phrases = ReadonlyMap<string, readonly Meaning[]>;

function phrasesOf(language: Language): Phrases {
  const phrases = new Map<string, Meaning[]>();
  const add = (words: readonly string[], meaning: Meaning): void => {
    for (const phrase of words) phrases.set(phrase, [...(phrases.get(phrase) ?? []), meaning]);
  };
  for (const [action, words] of Object.entries(ACTIONS) as [Action, Words][])
    for (const phrase of words[language]) add([phrase], { is: 'action', action, weak: WEAK.has(phrase) });
  for (const kind of THING_KINDS) {
    // A noun changes nothing by itself, and people mix them.
    const { one, many } = NOUNS[kind];
    add([...new Set([...one.en, ...one.es])], { is: 'noun', kind, many: false });
    add([...new Set([...many.en, ...many.es])], { is: 'noun', kind, many: true });
  }
  const plain = {
    filler: lexicon.FILLERS,
    negation: lexicon.NEGATIONS,
    hedge: lexicon.HEDGES,
    joint: lexicon.JOINTS,
    many: lexicon.MANY,
    reference: lexicon.REFERENCES,
    latest: lexicon.LATEST,
  } as const;
  for (const [is, words] of Object.entries(plain) as [keyof typeof plain, Words][])
    add(words[language], { is });
  for (const [index, words] of lexicon.ORDINALS.entries()) add(words[language], { is: 'ordinal', index });
  const valued = {
    state: lexicon.STATES,
    gender: lexicon.GENDERS,
    severity: lexicon.SEVERITIES,
    mode: lexicon.MODES,
  } as const;
  for (const [is, values] of Object.entries(valued) as [
    keyof typeof valued,
    Readonly<Record<string, Words>>,
  ][])
    for (const [value, words] of Object.entries(values)) add(words[language], { is, value });
  for (const [value, words] of Object.entries(lexicon.QUEUES_OF)) {
    const names = queuePhrases(words);
    add(names, { is: 'noun', kind: 'queue', many: false });
    add(names, { is: 'queue', value });
  }
  return phrases;
}

/** `simulation queue`, `queue simulation`, `cola de simulaciones`: a noun and a name in one, in any language. */
function queuePhrases({ en, es }: Words): string[] {
  return [...new Set([...en, ...es])].flatMap((name) => [
    `${name} queue`,
    `queue ${name}`,
    `queue of ${name}`,
    `cola ${name}`,
    `cola de ${name}`,
  ]);
}

const PHRASES: Readonly<Record<Language, Phrases>> = { en: phrasesOf('en'), es: phrasesOf('es') };

/** Words that somebody may have misspelt, with what they are. */
export function knownWords(language: Language, is: 'action' | 'noun'): string[] {
  return [...PHRASES[language]]
    .filter(([phrase, meanings]) => !phrase.includes(' ') && meanings.some((each) => each.is === is))
    .map(([phrase]) => phrase);
}

/** Pronouns that Spanish joins to its verbs, the longest first. */
const CLITICS = /^(.{3,}?)(?:me|te|se|nos)?(lo|la|los|las)$/;

/** `detenlo`: a verb, and what it is about. */
function splitClitic(token: Token, phrases: Phrases): Token[] {
  if (token.quoted || phrases.has(token.word)) return [token];
  const [, stem, pronoun] = CLITICS.exec(token.word) ?? [];
  if (stem === undefined || pronoun === undefined) return [token];
  const isVerb = phrases.get(stem)?.some(({ is }) => is === 'action') === true;
  if (!isVerb) return [token];
  const word = pronoun.endsWith('s') ? 'ellos' : 'eso';
  return [
    { ...token, raw: stem, word: stem },
    { raw: word, word, quoted: false, after: undefined },
  ];
}

/** The words of a text, in phrases that are known in a language, each as long as can be. */
export function spansOf(text: string, language: Language): Span[] {
  const phrases = PHRASES[language];
  const tokens = tokensOf(text).flatMap((token) =>
    language === 'es' ? splitClitic(token, phrases) : [token],
  );
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length;) {
    const ages = agesAt(tokens, at);
    if (ages !== undefined) {
      const { length, from, to } = ages;
      const said = tokens.slice(at, at + length);
      spans.push({
        tokens: said,
        text: said.map(({ raw }) => raw).join(' '),
        meanings: [{ is: 'ages', from, to }],
      });
      at += length;
      continue;
    }
    const length = phraseAt(tokens, at, phrases);
    const taken = tokens.slice(at, at + Math.max(1, length));
    const words = taken.map(({ word }) => word).join(' ');
    const meanings = length === 0 ? [] : meaningsOf(words, taken, phrases);
    spans.push({ tokens: taken, text: taken.map(({ raw }) => raw).join(' '), meanings });
    at += taken.length;
  }
  return spans;
}

function meaningsOf(words: string, tokens: readonly Token[], phrases: Phrases): readonly Meaning[] {
  const meanings = phrases.get(words) ?? [];
  // `está` asks, `esta` points.
  if (words === 'esta')
    return meanings.filter(({ is }) => (is === 'action') === (tokens[0]?.raw.toLowerCase() === 'está'));
  // `cancele` asks for it, `cancelé` tells of it.
  if (
    /[éó]$/iu.test(tokens[0]?.raw ?? '') &&
    tokens.length === 1 &&
    meanings.some(({ is }) => is === 'action')
  )
    return [{ is: 'hedge' }];
  return meanings;
}

/** How many words of a phrase begin here; 0 where none does. A phrase does not go across the end of a sentence. */
function phraseAt(tokens: readonly Token[], at: number, phrases: Phrases): number {
  let found = 0;
  let words = '';
  for (let length = 1; length <= PHRASE_MAX && at + length <= tokens.length; length += 1) {
    const token = tokens[at + length - 1] as Token;
    if (token.quoted || (length > 1 && token.after !== undefined)) break;
    words = length === 1 ? token.word : `${words} ${token.word}`;
    if (phrases.has(words)) found = length;
  }
  return found;
}

/** How many words of a text are known in a language. */
export function wordsKnown(text: string, language: Language): number {
  return spansOf(text, language)
    .filter(({ meanings }) => meanings.length > 0)
    .reduce((sum, { tokens }) => sum + tokens.length, 0);
}
