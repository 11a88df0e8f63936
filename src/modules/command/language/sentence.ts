import type { ChatCommand } from '../registry/chat-command.js';
import type { ThingKind } from '../registry/things.js';
import { ACTIONS, type Action } from './actions.js';
import { isName } from './arguments.js';
import { isNewestAlone } from './references.js';
import type { Doubt, SubjectSaid } from './reading.js';
import { has, only, spansOf, type Meaning, type Span } from './spans.js';
import { LANGUAGES, plain } from './words.js';

export interface Noun {
  kind: ThingKind;
  many: boolean;
  text: string;
  span: Span | undefined;
}

export function unknownIn(spans: readonly Span[]): string[] {
  return spans.filter(isName).map(({ text }) => text);
}

/** Words that say it is not asked for as it stands. */
export function doubtIn(spans: readonly Span[]): { doubt: Doubt; words: string[] } | undefined {
  const of = (is: Meaning['is']): string[] => spans.filter((span) => only(span, is)).map(({ text }) => text);
  const quoted = spans
    .filter(({ tokens: [token] }) => token?.quoted === true && (spans.length === 1 || ordersIn(token.raw)))
    .map(({ text }) => text);
  const found: [Doubt, string[]][] = [
    ['negated', spans.filter((span) => has(span, 'negation')).map(({ text }) => text)],
    [
      'conditional',
      spans
        .filter((span) => (has(span, 'hedge') && !has(span, 'action')) || isInflected(span))
        .map(({ text }) => text),
    ],
    ['quoted', quoted],
    ['several', of('joint')],
    ['several', sentencesIn(spans)],
  ];
  const first = found.find(([, words]) => words.length > 0);
  return first === undefined ? undefined : { doubt: first[0], words: first[1] };
}

/** Whether what stands between quotation marks tells somebody to do something. */
function ordersIn(text: string): boolean {
  return (
    /\s/u.test(text) &&
    LANGUAGES.some((language) => spansOf(text, language).some((span) => has(span, 'action')))
  );
}

/** Where a text has more than one sentence that says something. */
function sentencesIn(spans: readonly Span[]): string[] {
  const sentences: Span[][] = [[]];
  for (const span of spans) {
    if (span.tokens[0]?.after === 'sentence') sentences.push([]);
    sentences.at(-1)?.push(span);
  }
  const full = sentences.filter((sentence) => sentence.some((span) => !has(span, 'filler')));
  return full.length > 1 ? full.map((sentence) => sentence.map(({ text }) => text).join(' ')) : [];
}

export interface Verb {
  action: Action;
  weak: boolean;
  text: string;
}

/** The verbs of a sentence. A word that may be something else too is a verb where it comes first and no other word is one. */
export function actionsIn(spans: readonly Span[]): { actions: Verb[]; rest: Span[] } {
  const content = spans.filter((span) => !only(span, 'filler'));
  const hasPure = content.some((span) => only(span, 'action') && !isWeak(span));
  const actions: Verb[] = [];
  const rest: Span[] = [];
  for (const span of spans) {
    const verbs = span.meanings.filter((each) => each.is === 'action');
    const others = span.meanings.filter((each) => each.is !== 'action');
    const first = content[0] === span;
    const next = spans[spans.indexOf(span) + 1];
    const describes = others.some(({ is }) => is === 'state') && next !== undefined && isManyNoun(next);
    const isVerb = verbs.length > 0 && (others.length === 0 || (first && !hasPure && !describes));
    if (isVerb) for (const { action, weak } of verbs) actions.push({ action, weak, text: span.text });
    else rest.push(verbs.length > 0 ? { ...span, meanings: others } : span);
  }
  return { actions, rest };
}

function isWeak({ meanings }: Span): boolean {
  return meanings.every((each) => each.is === 'action' && each.weak);
}

function isManyNoun({ meanings }: Span): boolean {
  return meanings.some((each) => each.is === 'noun' && each.many);
}

export function nounsIn(spans: readonly Span[]): Noun[] {
  return spans.flatMap((span) =>
    span.meanings.flatMap((each) =>
      each.is === 'noun' ? [{ kind: each.kind, many: each.many, text: span.text, span }] : [],
    ),
  );
}

/** Whether a word points at what a command is about, and says nothing else. */
export function isPointer(span: Span, subject: SubjectSaid | undefined, command: ChatCommand): boolean {
  const lists = command.actions.includes('list');
  if (has(span, 'latest')) return (lists && !isNewestAlone(span)) || subject?.by === 'latest';
  if (has(span, 'ordinal')) return subject?.by === 'ordinal';
  if (has(span, 'reference')) return subject !== undefined;
  // "is the campaign running?"
  if (only(span, 'state')) return command.actions.includes('show') && subject !== undefined;
  return false;
}

/** Whether every noun names an argument of a command. */
export function takesAll({ spoken }: ChatCommand, nouns: readonly Noun[]): boolean {
  return nouns.every(({ text }) =>
    Object.values(spoken).some(({ words }) =>
      LANGUAGES.some((language) => words[language].includes(plain(text))),
    ),
  );
}

/** "stop the campaigns": commands change one thing. */
export function isPlural(spans: readonly Span[], { effect, kind, actions }: ChatCommand): boolean {
  if (effect === 'read' || actions.includes('generate')) return false;
  return nounsIn(spans).some((noun) => noun.kind === kind && noun.many);
}

/** The beginnings of our verbs, as other forms of them have. */
const STEMS: readonly string[] = Object.values(ACTIONS)
  .flatMap((words) => LANGUAGES.flatMap((language) => words[language]))
  .filter((word) => /^[a-z]{5,}$/.test(word))
  .map((word) => word.replace(/(?:[aei]r|[aeo])$/, ''));
const ENDINGS = /^[a-z]?(?:ing|ed|ando|iendo|aba|aban|aste|aron|amos|ado|ada|ido|ida)$/;

/** "cancelling", "cancelaste": a form of a verb of ours that tells of something and asks for nothing. */
function isInflected(span: Span): boolean {
  const [token] = span.tokens;
  if (!isName(span) || token === undefined || token.quoted) return false;
  return STEMS.some((stem) => token.word.startsWith(stem) && ENDINGS.test(token.word.slice(stem.length)));
}
