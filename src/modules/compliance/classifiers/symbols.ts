import { maskOf, WORD_CLASSES, type WordClass } from './heads.js';
import { TokenKind, type Token } from './tokens.js';

/** The end of a sentence, among the symbols of a text. */
export const SENTENCE_END = WORD_CLASSES.length;
/** Bits of a symbol beyond its class. */
export const NEGATED = 32;
export const QUOTED = 64;

/** Which class speaks for a word that has several, the most telling first. */
const PRIORITY: readonly WordClass[] = [
  'slur',
  'selfharm',
  'instruction',
  'override',
  'secret',
  'group',
  'groupadj',
  'dehuman',
  'harm',
  'hatred',
  'exclude',
  'negative',
  'sexual',
  'weapon',
  'minor',
  'profane',
  'conspiracy',
  'money',
  'condemn',
  'report',
  'negation',
  'positive',
  'others',
  'person',
  'object',
  'they',
  'individual',
  'modal',
  'all',
  'self',
  'copula',
];
const PRIORITY_BITS = PRIORITY.map((name) => WORD_CLASSES.indexOf(name));

const GROUP_SYMBOL = WORD_CLASSES.indexOf('group');
const PERSON = maskOf('person', 'group');
const GROUPADJ = maskOf('groupadj');
const NEGATION = maskOf('negation');
/** What a negation before it turns round. */
const NEGATABLE = maskOf(
  'negative',
  'hatred',
  'harm',
  'exclude',
  'dehuman',
  'positive',
  'slur',
  'copula',
  'modal',
  'all',
);
const NEGATION_REACH = 5;
const MAX_QUOTE = 40;

/** The primary class of a mask; -1 when it is empty. */
export function primaryClass(mask: number): number {
  if (mask === 0) return -1;
  for (const bit of PRIORITY_BITS) if ((mask & (1 << bit)) !== 0) return bit;
  return -1;
}

const isSentenceEnd = (word: string): boolean => word === '.' || word === '!' || word === '?' || word === ';';
const isQuote = (word: string): boolean =>
  word === '"' || word === '“' || word === '”' || word === '«' || word === '»';

/** Whether a symbol, negated and quoted or not, stands for a protected group. */
export function isGroup(symbol: number): boolean {
  return symbol >= 0 && symbol % 32 === GROUP_SYMBOL;
}

/** The text as its classes alone: which symbols, in their order, and which token each stands for. */
export interface SymbolText {
  readonly symbols: Int32Array;
  readonly owners: Int32Array;
  length: number;
}

/** Space for the symbols of `capacity` tokens. */
export function symbolText(capacity: number): SymbolText {
  return { symbols: new Int32Array(capacity), owners: new Int32Array(capacity), length: 0 };
}

/**
 * Writes per token its symbol (-1 for a word without a class) into `own`, and those with a meaning in their order into
 * `text`. An adjective that may mean a group does so before a word for people; what follows a negation up to a comma, and what is
 * quoted, has symbols of its own.
 */
export function writeSymbols(tokens: readonly Token[], own: Int32Array, text: SymbolText): void {
  text.length = 0;
  let negatedUntil = -1;
  let quotedUntil = -1;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    own[at] = -1;
    if (token.kind === TokenKind.mark) {
      if (isSentenceEnd(token.word)) {
        own[at] = SENTENCE_END;
        push(text, SENTENCE_END, at);
        negatedUntil = -1;
      } else if (token.word === ',') negatedUntil = -1;
      else if (isQuote(token.word) && at > quotedUntil) quotedUntil = closingQuote(tokens, at);
      continue;
    }
    if (token.continued || token.mask === 0) continue;
    if ((token.mask & NEGATION) !== 0) negatedUntil = at + NEGATION_REACH;
    const symbol = symbolOf(tokens, at) + marks(token, at <= negatedUntil, at < quotedUntil);
    own[at] = symbol;
    push(text, symbol, at);
  }
}

function marks(token: Token, negated: boolean, quoted: boolean): number {
  return (negated && (token.mask & NEGATABLE) !== 0 ? NEGATED : 0) + (quoted ? QUOTED : 0);
}

function symbolOf(tokens: readonly Token[], at: number): number {
  const token = tokens[at] as Token;
  if ((token.mask & GROUPADJ) !== 0 && ((tokens[at + 1]?.mask ?? 0) & PERSON) !== 0) return GROUP_SYMBOL;
  return primaryClass(token.mask);
}

/** Where the quotation that opens at a place ends; the place itself when it is not closed soon. */
function closingQuote(tokens: readonly Token[], open: number): number {
  for (let at = open + 1; at < Math.min(tokens.length, open + MAX_QUOTE); at += 1) {
    if (isQuote((tokens[at] as Token).word)) return at;
  }
  return open;
}

function push(text: SymbolText, symbol: number, owner: number): void {
  text.symbols[text.length] = symbol;
  text.owners[text.length] = owner;
  text.length += 1;
}
