import type { ThingKind } from '../registry/things.js';
import type { Before, SubjectSaid } from './reading.js';
import { has, type Meaning, type Span } from './spans.js';

/** What was spoken of before, as far as words point at it. */
export type SpokenBefore = Pick<Before, 'focus' | 'list' | 'listed'>;

/** What points at something by itself after these: `for it`, `de la última`. */
const PREPOSITIONS: ReadonlySet<string> = new Set(['for', 'of', 'with', 'from', 'para', 'de', 'del', 'con']);
const ARTICLES: ReadonlySet<string> = new Set(['the', 'la', 'el']);
/** Other words point as well, and belong to a noun: `that simulation`. */
const PRONOUNS: ReadonlySet<string> = new Set(['it', 'eso', 'esto']);
const NEWEST_ALONE = /(?: one|^ultim[oa])$/;

/** Whether this is the newest of something with no noun to follow: `the last one`, `la última`. */
export function isNewestAlone(span: Span): boolean {
  return has(span, 'latest') && NEWEST_ALONE.test(wordsOf(span));
}

/** What a phrase points at, and which of the words it is: the first and the last of them. */
export interface Pointing {
  said: SubjectSaid;
  from: number;
  to: number;
}

/** `the last population`, `that population`, `la población más reciente`, and `the population` that was spoken of. */
export function pointingNoun(spans: readonly Span[], kind: ThingKind): Pointing | undefined {
  const at = spans.findIndex(({ meanings }) =>
    meanings.some((each) => each.is === 'noun' && each.kind === kind && !each.many),
  );
  if (at === -1) return undefined;
  const [before, after] = [spans[at - 1], spans[at + 1]];
  const pointer = before !== undefined && wordsOf(before) !== 'one' ? saidBy(before, kind) : undefined;
  if (pointer !== undefined) return { said: pointer, from: at - 1, to: at };
  if (after !== undefined && has(after, 'latest'))
    return { said: { by: 'latest', kind }, from: at, to: at + 1 };
  if (before !== undefined && ARTICLES.has(wordsOf(before)))
    return { said: { by: 'focus', kind }, from: at, to: at };
  return undefined;
}

/** `for it`, `of the last one`, `para la segunda`: what was spoken of or listed last, where that is of this kind. */
export function pointingAlone(
  spans: readonly Span[],
  kind: ThingKind,
  before: SpokenBefore,
): Pointing | undefined {
  const at = spans.findIndex(
    (span, index) => isAfterPreposition(spans, index) && aloneBy(span, kind, before) !== undefined,
  );
  const span = spans[at];
  const said = span && aloneBy(span, kind, before);
  return said && { said, from: at, to: at };
}

/** Words that point at something else than the noun or the name beside them: `the campaign of it`. */
export function pointersAside(spans: readonly Span[]): Span[] {
  return spans.filter((span, at) => {
    const next = spans[at + 1];
    const isAlone = next === undefined || !has(next, 'noun');
    const points = PRONOUNS.has(wordsOf(span)) || isNewestAlone(span) || has(span, 'ordinal');
    return points && isAlone && isAfterPreposition(spans, at);
  });
}

function isAfterPreposition(spans: readonly Span[], at: number): boolean {
  const before = spans[at - 1];
  const first = before !== undefined && ARTICLES.has(wordsOf(before)) ? spans[at - 2] : before;
  return first !== undefined && PREPOSITIONS.has(wordsOf(first));
}

/** What a word says of the noun behind it. */
function saidBy(span: Span, kind: ThingKind): SubjectSaid | undefined {
  if (has(span, 'latest')) return { by: 'latest', kind };
  if (has(span, 'reference')) return { by: 'focus', kind };
  const ordinal = ordinalOf(span);
  return ordinal && { by: 'ordinal', kind, index: ordinal.index };
}

/** What a word says that has no noun. */
function aloneBy(
  span: Span,
  kind: ThingKind,
  { focus, list, listed }: SpokenBefore,
): SubjectSaid | undefined {
  const words = wordsOf(span);
  const ofList: SubjectSaid | undefined =
    list?.kind === kind ? { by: 'latest', kind, listed: true } : undefined;
  if (PRONOUNS.has(words)) {
    if (list?.count === 0) return ofList;
    return focus[0] === kind ? { by: 'focus', kind } : undefined;
  }
  if (has(span, 'latest')) return isNewestAlone(span) ? ofList : undefined;
  const ordinal = ordinalOf(span);
  return ordinal !== undefined && listed?.kind === kind
    ? { by: 'ordinal', kind, index: ordinal.index }
    : undefined;
}

function ordinalOf({ meanings }: Span): Extract<Meaning, { is: 'ordinal' }> | undefined {
  return meanings.find((each) => each.is === 'ordinal');
}

function wordsOf({ tokens }: Span): string {
  return tokens.map(({ word }) => word).join(' ');
}
