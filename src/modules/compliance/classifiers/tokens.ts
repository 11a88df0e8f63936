import { foldedString, sourceSpan, TextFolder, type FoldedText } from '../guard/folding.js';
import { spacedView, symbolView } from '../guard/views.js';
import { isWordUnit } from '../guard/words.js';
import { hashText } from './hashing.js';
import { Reader } from './readings.js';
import { MAX_PHRASE_WORDS, type Vocabulary } from './vocabulary.js';

/** What a token is, beside its word. */
export const TokenKind = { word: 0, number: 1, mark: 2, emoji: 3, link: 4, mention: 5 } as const;

/** A word, number or mark of a text as it is meant, and where in the source it stands, in UTF-16 units, half-open. */
export interface Token {
  /** The folded word without digits for letters, repeats, stars and slips; a name of an emoji; the mark itself. */
  word: string;
  kind: number;
  /** Classes of the word, or of the phrase that begins with it. */
  mask: number;
  /** Whether a phrase of the lexicon that begins earlier goes on here. */
  continued: boolean;
  /** Whether the source has it in capitals. */
  loud: boolean;
  start: number;
  end: number;
}

/** The longest text that is read, in UTF-16 units; what comes after it is not. */
export const MAX_READ_UNITS = 20_000;

const LINK =
  /(?:https?:\/\/|www\.)[^\s]{1,2000}|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.(?:com|net|org|info|biz|io|co|uk|es|mx|ru|ltd|xyz|top|me|ly|link|site|online|app|shop|club)(?![a-z0-9])(?:\/[^\s]{0,2000})?/y;
const MIN_JOINED_LENGTH = 4;
const NUMBER = /^[0-9]+$/u;
const HAS_DIGIT = /[0-9]/u;
const DOT = 0x2e;
const COLON = 0x3a;
const STAR = 0x2a;
const HASH = 0x23;
const APOSTROPHE = 0x27;
const SPACE = 0x20;

/** A word as it is written, where it stands, and how many tokens came before it. */
interface Written {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly before: number;
  readonly isFragment: boolean;
}

const NOTHING: Written = { word: '', start: -1, end: -1, before: 0, isFragment: false };

const isCapital = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a;

/** Splits texts into tokens, one text at a time. */
export class Tokeniser {
  private readonly folder = new TextFolder();
  private readonly reader: Reader;
  private tokens: Token[] = [];
  private text = '';
  private view: FoldedText = { units: new Uint16Array(0), length: 0, starts: null, ends: null };
  private source = '';
  private last = NOTHING;
  /** The folded text that was read last, before symbols were read as letters; valid until the next. */
  folded: FoldedText = this.view;

  /** @param emoji names by emoji without its variation selector; several words have a space between */
  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly emoji: ReadonlyMap<string, string>,
  ) {
    this.reader = new Reader(vocabulary);
  }

  /** The tokens of the first MAX_READ_UNITS units of a text. */
  read(source: string): Token[] {
    this.source = source.length > MAX_READ_UNITS ? source.slice(0, MAX_READ_UNITS) : source;
    this.folded = this.folder.fold(this.source);
    const symbols = symbolView(this.folded) ?? this.folded;
    this.view = spacedView(symbols, true) ?? symbols;
    this.text = foldedString(this.view);
    this.tokens = [];
    this.last = NOTHING;
    for (let at = 0; at < this.text.length;) at = this.readAt(at);
    this.classify();
    return this.tokens;
  }

  /** Reads what stands at a place; returns where to go on. */
  private readAt(at: number): number {
    const unit = this.text.charCodeAt(at);
    if (unit === SPACE) return at + 1;
    if (isWordUnit(unit)) return this.readWord(at);
    return this.readMark(at);
  }

  private readWord(at: number): number {
    let end = at + 1;
    while (end < this.text.length && this.isInWord(end)) end += 1;
    const next = this.text.charCodeAt(end);
    if (next === DOT || next === COLON) {
      LINK.lastIndex = at;
      const link = LINK.exec(this.text);
      if (link !== null) {
        this.push('link', TokenKind.link, at, at + link[0].length);
        return at + link[0].length;
      }
    }
    const written = this.text.slice(at, end);
    const raw = written.includes('#') ? written.replaceAll('#', '*') : written;
    const bare = raw.includes("'") ? raw.replaceAll("'", '') : raw;
    if (NUMBER.test(bare)) this.push(bare, TokenKind.number, at, end);
    else if (this.isMention(at, bare)) this.push('mention', TokenKind.mention, at, end);
    else if (raw.length !== bare.length || !this.isSecondPiece(bare, at, end))
      this.pushReadings(bare, at, end, raw.length - bare.length);
    return end;
  }

  /**
   * Closes up a known word that a space cuts in two (`disgu sting`).
   * @returns whether the word at a place was its second piece
   */
  private isSecondPiece(word: string, start: number, end: number): boolean {
    const { last, tokens, vocabulary } = this;
    const isFragment = vocabulary.isFragment(word);
    this.last = { word, start, end, before: tokens.length, isFragment };
    if (last.end !== start - 1 || this.text.charCodeAt(last.end) !== SPACE) return false;
    if (!isFragment && !last.isFragment) return false;
    const joined = last.word + word;
    if (joined.length < MIN_JOINED_LENGTH || HAS_DIGIT.test(joined) || !vocabulary.isKnown(joined))
      return false;
    tokens.length = last.before;
    this.push(joined, TokenKind.word, last.start, end);
    this.last = NOTHING;
    return true;
  }

  /** Letters, digits, an apostrophe between letters, and stars or number signs that stand for letters. */
  private isInWord(at: number): boolean {
    const unit = this.text.charCodeAt(at);
    if (isWordUnit(unit)) return true;
    if (unit !== STAR && unit !== APOSTROPHE && unit !== HASH) return false;
    const next = this.text.charCodeAt(at + 1);
    if (unit !== STAR) return at + 1 < this.text.length && isWordUnit(next);
    return (
      next === STAR ||
      this.text.charCodeAt(at - 1) === STAR ||
      (at + 1 < this.text.length && isWordUnit(next))
    );
  }

  /** Whether an `@` begins a name here; folded it is a digit that may be read as a letter, as in `@ss`. */
  private isMention(at: number, word: string): boolean {
    const [start] = sourceSpan(this.view, at, at + 1);
    if (this.source.charAt(start) !== '@' || word.length < 3) return false;
    return this.reader.read(word).every((reading) => this.vocabulary.maskOf(reading.word) === 0);
  }

  private pushReadings(bare: string, at: number, end: number, apostrophes: number): void {
    const readings = this.reader.read(bare);
    for (const { word, from, to } of readings) {
      // With an apostrophe the places inside have moved; the word as a whole is where it was.
      const exact = readings.length > 1 && apostrophes === 0;
      this.push(word, TokenKind.word, exact ? at + from : at, exact ? at + to : end);
    }
  }

  private readMark(at: number): number {
    const code = this.text.codePointAt(at) ?? 0;
    const one = String.fromCodePoint(code);
    const two = code > 0x2000 ? one + String.fromCodePoint(this.text.codePointAt(at + one.length) ?? 0) : one;
    const mark = two !== one && this.emoji.has(two) ? two : one;
    const name = code > 0x7f ? this.emoji.get(mark) : undefined;
    const end = at + mark.length;
    if (name !== undefined) {
      for (const word of name.split(' ')) this.push(word, TokenKind.emoji, at, end);
      return end;
    }
    let last = end;
    while (this.text.startsWith(mark, last)) last += mark.length;
    this.push(mark, TokenKind.mark, at, last);
    return last;
  }

  private push(word: string, kind: number, at: number, end: number): void {
    const [start, stop] = sourceSpan(this.view, at, end);
    this.tokens.push({
      word,
      kind,
      mask: 0,
      continued: false,
      loud: this.isLoud(start, stop),
      start,
      end: stop,
    });
  }

  private isLoud(start: number, end: number): boolean {
    return (
      end - start > 1 &&
      isCapital(this.source.charCodeAt(start)) &&
      isCapital(this.source.charCodeAt(end - 1))
    );
  }

  /** Looks the words up in the lexicon, the longest phrase first, and closes up words that were cut in two. */
  private classify(): void {
    this.joinCutWords();
    const { tokens, vocabulary } = this;
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] as Token;
      if (token.kind === TokenKind.mark || token.kind === TokenKind.number) continue;
      const hash = hashText(token.word);
      const phrase = vocabulary.longestPhrase(token.word, hash);
      const longest = Math.min(phrase, MAX_PHRASE_WORDS, tokens.length - at);
      for (let count = longest; count >= 1; count -= 1) {
        const mask =
          count === 1 ? vocabulary.maskOf(token.word, hash) : vocabulary.maskOf(phraseAt(tokens, at, count));
        if (mask === 0) continue;
        token.mask = mask;
        for (let rest = at + 1; rest < at + count; rest += 1) (tokens[rest] as Token).continued = true;
        at += count - 1;
        break;
      }
    }
  }

  private joinCutWords(): void {
    const kept: Token[] = [];
    for (const token of this.tokens) {
      if (this.isBridged(kept, token)) continue;
      const pieces = this.piecesOf(kept, token);
      const first = kept[kept.length - pieces];
      if (first === undefined || pieces === 0) kept.push(token);
      else {
        first.word = joinedWord(kept, pieces, token);
        first.end = token.end;
        kept.length -= pieces - 1;
      }
    }
    this.tokens = kept;
  }

  /**
   * Closes a word up when a mark or emoji stands inside of it without spaces (`ha.te`).
   * @returns whether the token went into the word before
   */
  private isBridged(kept: Token[], token: Token): boolean {
    const start = kept.at(-1)?.start;
    if (token.kind !== TokenKind.word || kept.at(-1)?.end !== token.start) return false;
    let count = 0;
    while (isMarkAt(kept.at(-1 - count), start)) count += 1;
    const first = kept.at(-1 - count);
    if (count === 0 || first?.end !== start || first?.kind !== TokenKind.word) return false;
    const joined = first.word + token.word;
    if (joined.length < MIN_JOINED_LENGTH || !this.isWhole(joined, first.word, token.word)) return false;
    kept.length -= count + 1;
    kept.push({ ...first, word: joined, end: token.end });
    return true;
  }

  /** Whether two pieces are a word of the lexicon together, or a known one when one of them is hardly a word. */
  private isWhole(joined: string, ...pieces: readonly string[]): boolean {
    if (this.vocabulary.maskOf(joined) !== 0) return true;
    return this.vocabulary.isKnown(joined) && pieces.some((piece) => this.vocabulary.isFragment(piece));
  }

  /** How many of the last tokens, two or one, make a word of the lexicon with this one; 0 when none do. */
  private piecesOf(kept: readonly Token[], token: Token): number {
    if (token.kind !== TokenKind.word) return 0;
    const [last, before] = [kept.at(-1), kept.at(-2)];
    if (last?.kind !== TokenKind.word) return 0;
    // Words that are known were not cut.
    const isCut = this.isUnknown(token) || this.isUnknown(last);
    if (before?.kind === TokenKind.word && (isCut || this.isUnknown(before)) && this.isJoined(kept, 2, token))
      return 2;
    return isCut && this.isJoined(kept, 1, token) ? 1 : 0;
  }

  private isUnknown({ word }: Token): boolean {
    return !this.vocabulary.isKnown(word);
  }

  private isJoined(kept: readonly Token[], pieces: number, token: Token): boolean {
    const joined = joinedWord(kept, pieces, token);
    return (
      joined.length >= MIN_JOINED_LENGTH && !HAS_DIGIT.test(joined) && this.vocabulary.maskOf(joined) !== 0
    );
  }
}

/** The last tokens and one more as one word. */
function joinedWord(kept: readonly Token[], pieces: number, token: Token): string {
  let joined = '';
  for (let back = pieces; back > 0; back -= 1) joined += kept.at(-back)?.word ?? '';
  return joined + token.word;
}

/** Whether a token is a mark, or a word of an emoji's name, that begins at a place. */
function isMarkAt(token: Token | undefined, start: number | undefined): boolean {
  if (token === undefined || token.start !== start) return false;
  return token.kind === TokenKind.mark || token.kind === TokenKind.emoji;
}

function phraseAt(tokens: readonly Token[], at: number, count: number): string {
  let phrase = '';
  for (let next = at; next < at + count; next += 1)
    phrase += (next > at ? ' ' : '') + (tokens[next]?.word ?? '');
  return phrase;
}
