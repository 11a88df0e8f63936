import { sourceSpan, type FoldedText } from './folding.js';
import { isWordUnit } from './words.js';

/** A mark that is typed for a letter: the digit that is read as the same letters, and whether it may begin or end a word. */
interface SymbolReading {
  digit: number;
  atEdge: boolean;
}

const reading = (digit: string, atEdge: boolean): SymbolReading => ({ digit: digit.charCodeAt(0), atEdge });

const SYMBOLS = new Map<number, SymbolReading>([
  ['@'.charCodeAt(0), reading('4', true)],
  ['$'.charCodeAt(0), reading('5', true)],
  ['€'.charCodeAt(0), reading('3', true)],
  ['!'.charCodeAt(0), reading('1', false)],
  ['|'.charCodeAt(0), reading('1', false)],
  ['+'.charCodeAt(0), reading('7', false)],
]);

const SPACE = 0x20;

const MAX_SYMBOL_RUN = 3;

/** From this many single letters in a row, each one character apart, they are read as one word. */
const MIN_SPACED_LETTERS = 3;

/** Letters that are a word by themselves: `I h a t e`, `a b o m b`, `y o d i o`, `u s u c k`. */
const LONE_WORDS = new Set(Array.from('iauyoe', (letter) => letter.charCodeAt(0)));

const unitAt = ({ units, length }: FoldedText, at: number): number =>
  at >= 0 && at < length ? (units[at] ?? 0) : 0;

/** Whether a letter or digit stands next to a place in a direction, or behind up to MAX_SYMBOL_RUN symbols. */
function isBesideWord(text: FoldedText, at: number, direction: 1 | -1): boolean {
  for (let step = 1; step <= MAX_SYMBOL_RUN; step += 1) {
    const unit = unitAt(text, at + step * direction);
    if (isWordUnit(unit)) return true;
    if (!SYMBOLS.has(unit)) return false;
  }
  return false;
}

/** Whether the symbol at a place is a word with none or one beside it: `I am @ person`, `@$ you know`. */
function isAloneAt(text: FoldedText, at: number): boolean {
  const isEdge = (place: number): boolean => SYMBOLS.get(unitAt(text, place))?.atEdge === true;
  const start = isEdge(at - 1) ? at - 1 : at;
  const end = isEdge(at + 1) ? at + 2 : at + 1;
  const isFree = (place: number): boolean => unitAt(text, place) === SPACE || unitAt(text, place) === 0;
  return isEdge(at) && isFree(start - 1) && isFree(end);
}

/** The digit for the symbol at a place, if it is part of a word there. */
function symbolAt(text: FoldedText, at: number): number | undefined {
  const symbol = SYMBOLS.get(unitAt(text, at));
  if (symbol === undefined) return undefined;
  const before = isBesideWord(text, at, -1);
  const after = isBesideWord(text, at, 1);
  const fits = (before && after) || (symbol.atEdge && (before || after));
  return fits || isAloneAt(text, at) ? symbol.digit : undefined;
}

/** The text with symbols read as letters (`k!ll`, `$ex`), or null when none stands in or at a word. */
export function symbolView(text: FoldedText): FoldedText | null {
  let units: Uint16Array | null = null;
  for (let at = 0; at < text.length; at += 1) {
    // Letters, digits and spaces are most of a text.
    if (isWordUnit(text.units[at] ?? 0) || text.units[at] === 0x20) continue;
    const digit = symbolAt(text, at);
    if (digit === undefined) continue;
    units ??= text.units.slice(0, text.length);
    units[at] = digit;
  }
  return units === null ? null : { ...text, units };
}

const isSingle = (text: FoldedText, at: number): boolean =>
  isWordUnit(unitAt(text, at)) && !isWordUnit(unitAt(text, at - 1)) && !isWordUnit(unitAt(text, at + 1));

/** Whether the letter at a place begins a row of single letters, and may be a word before the word they spell. */
function isLoneWord(text: FoldedText, at: number): boolean {
  return LONE_WORDS.has(unitAt(text, at)) && !isSingle(text, at - 2);
}

/** The place of the last of the single letters that begin at `start`, each one character after the other. */
function lastSpacedLetter(text: FoldedText, start: number, wordwise: boolean): number {
  const spaced = unitAt(text, start + 1) === SPACE;
  let last = start;
  const goesOn = (at: number): boolean => !wordwise || (unitAt(text, at + 1) === SPACE) === spaced;
  while (isSingle(text, last + 2) && goesOn(last)) last += 2;
  return last;
}

/** Whether three single letters stand in a row, each one character apart. */
function hasSpacedLetters({ units, length }: FoldedText): boolean {
  // The last seven characters, one bit each: 1 for a part of a word. The text's ends count as separators.
  let recent = 0;
  for (let at = 0; at <= length; at += 1) {
    recent = ((recent << 1) | (at < length && isWordUnit(units[at] ?? 0) ? 1 : 0)) & 0b111_1111;
    if (recent === 0b010_1010) return true;
  }
  return false;
}

/**
 * The text with spaced words closed up, or null when it has none.
 * @param wordwise whether a space between dotted letters ends a word (`g.o a.w.a.y`); else all are one (`g o.a w.a y`)
 * @param afterLone whether a first letter that may be a word is left as one: `i hate` for `i h a t e`
 */
export function spacedView(text: FoldedText, wordwise: boolean, afterLone = false): FoldedText | null {
  if (!hasSpacedLetters(text)) return null;
  const kept: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    kept.push(at);
    if (!isSingle(text, at) || (afterLone && isLoneWord(text, at))) continue;
    const last = lastSpacedLetter(text, at, wordwise);
    // Among dotted letters a word of two is one, too.
    const fewest = wordwise && unitAt(text, at + 1) !== SPACE ? 2 : MIN_SPACED_LETTERS;
    if (last - at < 2 * (fewest - 1)) continue;
    for (at += 2; at <= last; at += 2) kept.push(at);
    at = last;
  }
  if (kept.length === text.length) return null;
  const spans = kept.map((at) => sourceSpan(text, at, at + 1));
  return {
    units: Uint16Array.from(kept, (at) => unitAt(text, at)),
    length: kept.length,
    starts: Int32Array.from(spans, ([start]) => start),
    ends: Int32Array.from(spans, ([, end]) => end),
  };
}
