import { combine, hashText } from './hashing.js';
import { WORD_CLASSES, type WordClass } from './heads.js';
import { NEGATED, QUOTED, SENTENCE_END, type SymbolText } from './symbols.js';

/** What a sentence may have, coarsely: whom it is about, what it says of them, and how it is said. */
const TRAITS = {
  group: ['group', 'groupadj'],
  slur: ['slur'],
  they: ['they'],
  individual: ['individual'],
  others: ['others', 'object'],
  self: ['self'],
  hostile: ['dehuman', 'negative', 'hatred', 'harm', 'exclude'],
  positive: ['positive'],
  profane: ['profane'],
  condemn: ['condemn'],
  report: ['report'],
  modal: ['modal'],
} as const satisfies Record<string, readonly WordClass[]>;

const NAMES = Object.keys(TRAITS);
const bitOf = (name: string): number => 1 << NAMES.indexOf(name);
/** Beyond the traits themselves: hostile or positive words that are negated, and anything that is quoted. */
const HOSTILE_NEGATED = 1 << NAMES.length;
const POSITIVE_NEGATED = 1 << (NAMES.length + 1);
const IN_QUOTES = 1 << (NAMES.length + 2);

const BITS = WORD_CLASSES.map((name) =>
  Object.values(TRAITS).reduce(
    (bits, classes, at) => ((classes as readonly string[]).includes(name) ? bits | (1 << at) : bits),
    0,
  ),
);

const TARGETS =
  bitOf('group') | bitOf('slur') | bitOf('they') | bitOf('individual') | bitOf('others') | bitOf('self');
const SAID =
  bitOf('hostile') |
  bitOf('positive') |
  bitOf('profane') |
  bitOf('slur') |
  HOSTILE_NEGATED |
  POSITIVE_NEGATED;
const MANNER = bitOf('condemn') | bitOf('report') | bitOf('modal') | IN_QUOTES;
/** Together these tell attack, praise, defence and report apart even when the words are new. */
const VIEWS = [-1, TARGETS | SAID, SAID | MANNER, bitOf('group') | bitOf('slur') | SAID | MANNER];

const SENTENCE = hashText('feature:sentence signature');
const WHOLE = hashText('feature:text signature');

function bitsOf(symbol: number): number {
  const plain = symbol % NEGATED;
  let bits = BITS[plain] ?? 0;
  if ((symbol & NEGATED) !== 0) {
    if ((bits & bitOf('hostile')) !== 0) bits = (bits & ~bitOf('hostile')) | HOSTILE_NEGATED;
    if ((bits & bitOf('positive')) !== 0) bits = (bits & ~bitOf('positive')) | POSITIVE_NEGATED;
  }
  return (symbol & QUOTED) === 0 ? bits : bits | IN_QUOTES;
}

/** Hashes of which traits occur together in each sentence and in the whole window, with the last token of each. */
export function addSignatures(text: SymbolText, add: (hash: number, owner: number) => void): void {
  let whole = 0;
  let sentence = 0;
  let last = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const symbol = at < text.length ? (text.symbols[at] ?? 0) : SENTENCE_END;
    if (symbol !== SENTENCE_END) {
      const bits = bitsOf(symbol);
      sentence |= bits;
      if (bits !== 0) last = text.owners[at] ?? last;
    } else if (sentence !== 0) {
      for (const [view, mask] of VIEWS.entries())
        add(combine(combine(SENTENCE, view), sentence & mask), last);
      whole |= sentence;
      sentence = 0;
    }
  }
  for (const [view, mask] of VIEWS.entries()) add(combine(combine(WHOLE, view), whole & mask), -1);
}
