/** The languages of the shipped locales. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in every language. */
export type Said = Readonly<Record<Language, string>>;
/** Words or phrases in every language, in lower case, without accents. */
export type Words = Readonly<Record<Language, readonly string[]>>;

/** Phrases that are written with commas between them. */
export function of(phrases: string): readonly string[] {
  return phrases.split(',').map((phrase) => phrase.trim());
}

/** A word of a sentence. */
export interface Token {
  /** As it was written, without the marks around it. */
  raw: string;
  /** In lower case, without accents. */
  word: string;
  /** Between quotation marks: a name, and nothing to obey. */
  quoted: boolean;
  /** What ended before it: a sentence, a part of one, or nothing. */
  after: 'sentence' | 'part' | undefined;
}

/** In lower case, without accents; the curly apostrophe is the straight one. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .normalize('NFC')
    .replaceAll(/[\u2018\u2019\u02bc]/g, "'")
    .toLowerCase();
}

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '«': '»',
  '‘': '’',
  '`': '`',
  "'": "'",
};
const LEADING = /^[¿¡([{<*_,.;:!?\-–—]+/u;
const TRAILING = new Set(')]}>*,.;:!?…-–—');

/** The words of a text, in order. Marks are left out; what they end is kept. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let after: Token['after'];
  for (const { piece, quoted } of piecesOf(text)) {
    if (quoted) {
      tokens.push({ raw: piece, word: plain(piece), quoted, after });
      after = undefined;
      continue;
    }
    for (const part of piece.split(/\s+/u)) {
      const mark = part.slice(endOfWord(part));
      const raw = part.slice(0, endOfWord(part)).replace(LEADING, '');
      if (/^[.;!?…]/.test(part) && raw !== part && tokens.length > 0) after = 'sentence';
      if (raw !== '') {
        tokens.push({ raw, word: plain(raw), quoted, after });
        after = undefined;
      }
      if (/[.;!?…]/.test(mark)) after = 'sentence';
      else if (/[,:–—]/.test(mark)) after ??= 'part';
    }
    if (piece.slice(piece.trimEnd().length).includes('\n')) after = 'sentence';
  }
  return tokens;
}

/** Where the marks begin that a word ends with. */
function endOfWord(part: string): number {
  let end = part.length;
  while (end > 0 && TRAILING.has(part.charAt(end - 1))) end -= 1;
  return end;
}

interface Piece {
  piece: string;
  quoted: boolean;
}

/** A text in pieces: what stands between quotation marks, and the rest. A mark that is not closed is none. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let before = ' ';
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at] as string;
    const close = /[\s(¿¡]/u.test(before) ? QUOTES[mark] : undefined;
    const end = close === undefined ? -1 : endOf(text, close, at + 1);
    before = mark;
    if (end === -1) continue;
    pieces.push({ piece: text.slice(from, at), quoted: false });
    if (end > at + 1) pieces.push({ piece: text.slice(at + 1, end).trim(), quoted: true });
    from = end + 1;
    at = end;
    before = text[end] as string;
  }
  pieces.push({ piece: text.slice(from), quoted: false });
  return pieces.filter(({ piece, quoted }) => quoted || piece.trim() !== '');
}

/** Where a quotation ends: a mark with no letter behind it, so that an apostrophe ends none. */
function endOf(text: string, close: string, from: number): number {
  for (let at = text.indexOf(close, from); at !== -1; at = text.indexOf(close, at + 1))
    if (!/[\p{L}\p{N}]/u.test(text[at + 1] ?? ' ')) return at;
  return -1;
}
