import { foldedString, TextFolder, sourceSpan, type FoldedText } from '../guard/folding.js';

const LINE_END = 0x0a;
const SPACE = 0x20;
const LINE_ENDS = /[\n\r\u0085\u2028\u2029]/u;

const WordClass = { none: 0, digit: 1, letter: 2 } as const;

const classes = Uint8Array.from({ length: 0x80 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  if (/[0-9]/u.test(character)) return WordClass.digit;
  return /[a-z]/u.test(character) ? WordClass.letter : WordClass.none;
});

/** Whether the unit at a place of a folded text is a digit. False beyond its ends. */
export function isDigitAt(text: string, at: number): boolean {
  return classes[text.charCodeAt(at)] === WordClass.digit;
}

/** Whether the unit at a place of a folded text is a Latin letter or a digit. False beyond its ends. */
export function isWordAt(text: string, at: number): boolean {
  return (classes[text.charCodeAt(at)] ?? WordClass.none) !== WordClass.none;
}

/** A run of Latin letters and digits in a folded text, as wide as it goes; half-open. */
export interface Token {
  start: number;
  end: number;
  hasDigit: boolean;
  hasLetter: boolean;
}

/** Moves `token` to the run of letters and digits that begins at `start`; the units before are no part of it. */
export function readToken(text: string, start: number, token: Token): void {
  let seen = 0;
  let at = start;
  for (; at < text.length; at += 1) {
    const kind = classes[text.charCodeAt(at)] ?? WordClass.none;
    if (kind === WordClass.none) break;
    seen |= kind;
  }
  token.start = start;
  token.end = at;
  token.hasDigit = (seen & WordClass.digit) !== 0;
  token.hasLetter = (seen & WordClass.letter) !== 0;
}

/** A copy of the folded text in which white space that holds a line end is a line end, so that no number crosses it. */
function withLineEnds(folded: FoldedText, source: string): string {
  const units = folded.units.slice(0, folded.length);
  for (let at = 0; at < folded.length; at += 1) {
    if (units[at] !== SPACE) continue;
    const [start] = sourceSpan(folded, at, at + 1);
    // Of several white spaces only the first is kept in the folded text; the gap runs to the next kept character.
    const end = at + 1 < folded.length ? sourceSpan(folded, at + 1, at + 2)[0] : source.length;
    if (LINE_ENDS.test(source.slice(start, end))) units[at] = LINE_END;
  }
  return foldedString({ ...folded, units });
}

/** A text as detectors read it: lower case, plain digits and dashes, nothing invisible, one space between words. */
export class Reading {
  readonly text: string;

  constructor(
    readonly source: string,
    private readonly folded: FoldedText,
  ) {
    this.text = LINE_ENDS.test(source) ? withLineEnds(folded, source) : foldedString(folded);
  }

  /** The source span [start, end) of a span of the folded text, in UTF-16 units. */
  sourceSpan(start: number, end: number): [start: number, end: number] {
    return sourceSpan(this.folded, start, end);
  }

  /** What the author wrote where the folded text has [start, end): with its case, accents and invisible characters. */
  written(start: number, end: number): string {
    return this.source.slice(...this.sourceSpan(start, end));
  }
}

const folder = new TextFolder();

/** Reads a text; the result is valid until the next call. */
export function readText(source: string): Reading {
  return new Reading(source, folder.fold(source));
}
