import { LOOKALIKES } from './lookalikes.js';

const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u;
const MARK = /[\p{Mn}\p{Me}]/u;
const WHITESPACE = /[\s\u0085\u2028\u2029]/u;
const CONTROL = /\p{Cc}/u;
const DIGIT = /\p{Nd}/u;
const SPACE = 0x20;

/** Reads a decimal digit of any script as an ASCII digit; Unicode keeps each script's ten digits in one ascending run. */
function asciiDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let first = code;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

/** White letters on a dark disc or square, which Unicode does not decompose: their first code points. */
const FILLED_LETTERS = [0x1f150, 0x1f170];

function filledLetter(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  const first = FILLED_LETTERS.find((start) => code >= start && code < start + 26);
  return first === undefined ? undefined : String.fromCharCode(0x61 + code - first);
}

function foldPart(part: string): string {
  if (MARK.test(part)) return '';
  if (DIGIT.test(part)) return asciiDigit(part);
  let folded = '';
  // Upper case first: it unfolds ß to ss and unites the forms of sigma and the long s.
  for (const letter of part.toUpperCase().toLowerCase().normalize('NFKD')) {
    if (!MARK.test(letter)) folded += LOOKALIKES.get(letter) ?? letter;
  }
  return folded;
}

/**
 * What one character becomes in a folded text: its base letters in lower case, without accents (`ñ` is `n`), with
 * look-alikes of other scripts as the Latin letter; a plain space for white space; nothing for an invisible character.
 */
export function foldCharacter(character: string): string {
  // In this order: U+FEFF counts as white space, tabs and line ends as controls.
  if (IGNORABLE.test(character)) return '';
  if (WHITESPACE.test(character)) return ' ';
  if (CONTROL.test(character)) return '';
  const lookalike = LOOKALIKES.get(character) ?? filledLetter(character);
  if (lookalike !== undefined) return lookalike;
  let folded = '';
  for (const part of character.normalize('NFKD')) folded += LOOKALIKES.get(part) ?? foldPart(part);
  return folded;
}

/** A folded text and the way back to its source; the buffers belong to the folder and change with its next fold. */
export interface FoldedText {
  /** UTF-16 units of the folded text; only the first `length` count. */
  readonly units: Uint16Array;
  readonly length: number;
  /** Where unit i came from in the source, as a half-open span; null when unit i came from unit i. */
  readonly starts: Int32Array | null;
  readonly ends: Int32Array | null;
  /** Whether the rest was left out, since the text became longer than MAX_FOLDED_LENGTH. */
  readonly cut?: boolean;
}

/** The source span [start, end) of a span of folded units, in UTF-16 units. */
export function sourceSpan(folded: FoldedText, start: number, end: number): [start: number, end: number] {
  if (folded.starts === null || folded.ends === null) return [start, end];
  return [folded.starts[start] ?? 0, folded.ends[end - 1] ?? 0];
}

/** The folded text as a string. */
export function foldedString(folded: FoldedText): string {
  const { units } = folded;
  return Buffer.from(units.buffer, units.byteOffset, folded.length * 2).toString('utf16le');
}

function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800;
}

/** Some characters fold to many: ﷺ to eighteen. A text of those is not read beyond so many units. */
export const MAX_FOLDED_LENGTH = 40_000;

const UNKNOWN = 0;
const SEVERAL = 0xffff;

/**
 * Folds texts, one at a time. Plain ASCII takes one table look-up a character; other characters of the basic plane
 * are folded once and remembered.
 */
export class TextFolder {
  private units = new Uint16Array(1024);
  private starts = new Int32Array(1024);
  private ends = new Int32Array(1024);
  private length = 0;
  /** The one unit a unit folds to; SEVERAL when it is none or more than one, UNKNOWN when not asked yet. */
  private readonly single = new Uint16Array(0x10000);
  private readonly several = new Map<number, string>();

  constructor() {
    for (let unit = 0; unit < 0x80; unit += 1) this.learn(unit);
  }

  /** Folds `source`; the result is valid until the next call. */
  fold(source: string): FoldedText {
    this.reserve(source.length);
    const same = this.foldPlain(source);
    if (same === source.length) return { units: this.units, length: same, starts: null, ends: null };
    for (let unit = 0; unit < same; unit += 1) {
      this.starts[unit] = unit;
      this.ends[unit] = unit + 1;
    }
    this.length = same;
    const cut = this.foldRest(source, same) < source.length;
    return { units: this.units, length: this.length, starts: this.starts, ends: this.ends, cut };
  }

  /** Folds as long as each unit becomes exactly one; returns how many did. */
  private foldPlain(source: string): number {
    const { units, single } = this;
    let previous = -1;
    for (let at = 0; at < source.length; at += 1) {
      const unit = source.charCodeAt(at);
      let folded = single[unit] ?? UNKNOWN;
      if (folded === UNKNOWN) folded = this.learn(unit);
      // Surrogates may form a letter together, and of several spaces only the first stays.
      if (folded === SEVERAL || isSurrogate(unit) || (folded === SPACE && previous === SPACE)) return at;
      units[at] = folded;
      previous = folded;
    }
    return source.length;
  }

  /** Returns how much of the source was folded. */
  private foldRest(source: string, from: number): number {
    let at = from;
    while (at < source.length && this.length < MAX_FOLDED_LENGTH) {
      const unit = source.charCodeAt(at);
      let folded = this.single[unit] ?? UNKNOWN;
      if (folded === UNKNOWN) folded = this.learn(unit);
      const code = isSurrogate(unit) ? (source.codePointAt(at) ?? unit) : unit;
      const next = at + (code > 0xffff ? 2 : 1);
      if (code > 0xffff) this.pushAll(foldCharacter(String.fromCodePoint(code)), at, next);
      else if (folded === SEVERAL) this.pushAll(this.several.get(unit) ?? '', at, next);
      else if (folded !== SPACE || !this.endsInSpace()) this.push(folded, at, next);
      at = next;
    }
    return at;
  }

  private endsInSpace(): boolean {
    return this.length > 0 && this.units[this.length - 1] === SPACE;
  }

  private pushAll(folded: string, start: number, end: number): void {
    this.reserve(this.length + folded.length);
    for (let at = 0; at < folded.length; at += 1) this.push(folded.charCodeAt(at), start, end);
  }

  private push(unit: number, start: number, end: number): void {
    if (this.length >= this.units.length) this.reserve(this.length + 1);
    this.units[this.length] = unit;
    this.starts[this.length] = start;
    this.ends[this.length] = end;
    this.length += 1;
  }

  private learn(unit: number): number {
    const character = String.fromCharCode(unit);
    // A surrogate by itself means nothing and stays what it is.
    const folded = isSurrogate(unit) ? character : foldCharacter(character);
    const code = folded.length === 1 ? folded.charCodeAt(0) : SEVERAL;
    if (code === SEVERAL) this.several.set(unit, folded);
    this.single[unit] = code;
    return code;
  }

  private reserve(length: number): void {
    if (length <= this.units.length) return;
    const size = Math.max(length, this.units.length * 2);
    const [units, starts, ends] = [this.units, this.starts, this.ends];
    this.units = new Uint16Array(size);
    this.starts = new Int32Array(size);
    this.ends = new Int32Array(size);
    this.units.set(units);
    this.starts.set(starts);
    this.ends.set(ends);
  }
}
