import { bucketOf, combine, hashText } from './hashing.js';
import { maskOf } from './heads.js';
import { addSignatures } from './signature.js';
import { isGroup, SENTENCE_END, symbolText, writeSymbols } from './symbols.js';
import { TokenKind, type Token } from './tokens.js';

/** How many tokens are read together; a longer text is read in overlapping windows of this size. */
export const WINDOW_TOKENS = 64;

/** Kinds of features, each weighed by itself so that none drowns the others. */
export const FAMILIES = 3;
const LETTERS = 0;
const WORDS = 1;
const CLASSES = 2;

/** What a family's features weigh together, and how many there must be before each weighs less. */
const WEIGHT = [0.8, 1, 1.3];
const SOFTENING = [30, 6, 4];

const MAX_LETTERS = 20;
const MAX_PAIRED = 12;
const CAPACITY = 8192;
const NO_TOKEN = -1;

const ANY_GROUP = maskOf('group', 'slur');

const SEED = (name: string): number => hashText(`feature:${name}`);
const UNIGRAM = SEED('unigram');
const BIGRAM = SEED('bigram');
const SKIPGRAM = SEED('skipgram');
const TRIGRAM = SEED('trigram');
const GRAM = [SEED('2'), SEED('3'), SEED('4'), SEED('5')];
const MIXED = SEED('mixed');
const SYMBOL = SEED('symbol');
const SYMBOL_SKIP = SEED('symbol skip');
const PAIR = SEED('pair');
const NEAR_GROUP = SEED('near group');
const LOUD = SEED('loud');
const NUMBER = SEED('number');
const DOCUMENT = SEED('document');
const START = hashText('^');
const GROUP_WORD = hashText('<group>');

/** The hashed features of a window of tokens; the buffers belong to the extractor and change with its next window. */
export class Features {
  readonly buckets = new Int32Array(CAPACITY);
  readonly families = new Uint8Array(CAPACITY);
  /** The token that a feature comes from; -1 for the text as a whole. */
  readonly owners = new Int32Array(CAPACITY);
  length = 0;
  /** What each feature of a family counts. */
  readonly values = new Float64Array(FAMILIES);
  private readonly counts = new Int32Array(FAMILIES);
  private readonly hashes = new Int32Array(WINDOW_TOKENS + 1);
  private readonly mixed = new Int32Array(WINDOW_TOKENS + 1);
  private readonly own = new Int32Array(WINDOW_TOKENS + 1);
  private readonly symbols = symbolText(WINDOW_TOKENS + 1);

  /**
   * Reads tokens, at most WINDOW_TOKENS of them.
   * @param shape what the text as a whole looks like: hashes of `textShape`
   */
  read(tokens: readonly Token[], shape: readonly number[]): void {
    this.length = 0;
    this.counts.fill(0);
    writeSymbols(tokens, this.own, this.symbols);
    this.writeHashes(tokens);
    const nearGroup = tokens.some(({ mask }) => (mask & ANY_GROUP) !== 0);
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] as Token;
      this.addWords(at, nearGroup);
      if (token.loud) this.add(combine(LOUD, this.hashes[at] ?? 0), WORDS, at);
      if (token.kind === TokenKind.number) this.addNumber(token.word, at);
      this.addMixed(at);
      if (token.kind === TokenKind.word && !isGroup(this.own[at] ?? -1)) this.addLetters(token.word, at);
    }
    this.addSymbols();
    this.addPairs();
    addSignatures(this.symbols, (hash, owner) => this.add(hash, CLASSES, owner));
    for (const each of shape) this.add(combine(DOCUMENT, each), CLASSES, NO_TOKEN);
    for (let family = 0; family < FAMILIES; family += 1) {
      const count = (this.counts[family] ?? 0) + (SOFTENING[family] ?? 0);
      this.values[family] = (WEIGHT[family] ?? 0) / Math.sqrt(count);
    }
  }

  /** The word of each token; groups of people all count as one word, so that none is held against its members. */
  private writeHashes(tokens: readonly Token[]): void {
    for (let at = 0; at < tokens.length; at += 1) {
      const { word, kind } = tokens[at] as Token;
      let hash = kind === TokenKind.number ? hashText(`#${word.length}`) : hashText(word);
      const symbol = this.own[at] ?? -1;
      if (isGroup(symbol)) hash = GROUP_WORD;
      this.hashes[at] = hash;
      this.mixed[at] = symbol < 0 ? hash : combine(SYMBOL, symbol);
    }
  }

  private addWords(at: number, nearGroup: boolean): void {
    const { hashes } = this;
    const word = hashes[at] ?? 0;
    const before = at > 0 ? (hashes[at - 1] ?? 0) : START;
    this.add(combine(UNIGRAM, word), WORDS, at);
    this.add(combine(combine(BIGRAM, before), word), WORDS, at);
    if (at > 1) {
      const first = hashes[at - 2] ?? 0;
      this.add(combine(combine(SKIPGRAM, first), word), WORDS, at);
      this.add(combine(combine(combine(TRIGRAM, first), before), word), WORDS, at);
    }
    if (nearGroup) this.add(combine(NEAR_GROUP, word), CLASSES, at);
  }

  /** How a number begins and how long it is: telephone and short codes differ from amounts and years. */
  private addNumber(digits: string, at: number): void {
    this.add(combine(combine(NUMBER, digits.length), hashText(digits.slice(0, 2))), WORDS, at);
    this.add(combine(NUMBER, hashText(digits.slice(0, 4))), WORDS, at);
  }

  /** Words with their neighbours' classes in place of the neighbours. */
  private addMixed(at: number): void {
    const { mixed, own } = this;
    let classed = (own[at] ?? -1) >= 0 && own[at] !== SENTENCE_END;
    let hash = combine(MIXED, mixed[at] ?? 0);
    for (let back = 1; back <= 3 && back <= at; back += 1) {
      const symbol = own[at - back] ?? -1;
      if (symbol === SENTENCE_END) break;
      classed ||= symbol >= 0;
      hash = combine(hash, mixed[at - back] ?? 0);
      if (classed) this.add(hash, CLASSES, at);
    }
  }

  private addLetters(word: string, owner: number): void {
    const length = Math.min(word.length, MAX_LETTERS);
    for (let start = -1; start < length - 1; start += 1) {
      let hash = start < 0 ? START : word.charCodeAt(start);
      for (let size = 2; size <= 5; size += 1) {
        const at = start + size - 1;
        if (at > length) break;
        hash = combine(hash, at === length ? START : word.charCodeAt(at));
        if (size > 2) this.add(combine(GRAM[size - 2] ?? 0, hash), LETTERS, owner);
      }
    }
  }

  private addSymbols(): void {
    const { symbols, owners, length } = this.symbols;
    for (let at = 0; at < length; at += 1) {
      const owner = owners[at] ?? NO_TOKEN;
      let hash = combine(SYMBOL, symbols[at] ?? 0);
      this.add(hash, CLASSES, owner);
      for (let back = 1; back <= 3 && back <= at; back += 1) {
        hash = combine(hash, symbols[at - back] ?? 0);
        this.add(hash, CLASSES, owner);
      }
      if (at > 1)
        this.add(combine(combine(SYMBOL_SKIP, symbols[at - 2] ?? 0), symbols[at] ?? 0), CLASSES, owner);
    }
  }

  /** Which classes occur together anywhere in the window, whatever stands between. */
  private addPairs(): void {
    const { symbols, owners, length } = this.symbols;
    const seen: number[] = [];
    for (let at = 0; at < length && seen.length < MAX_PAIRED; at += 1) {
      const symbol = symbols[at] ?? 0;
      if (symbol === SENTENCE_END || seen.includes(symbol)) continue;
      for (const other of seen)
        this.add(combine(combine(PAIR, other), symbol), CLASSES, owners[at] ?? NO_TOKEN);
      seen.push(symbol);
    }
  }

  private add(hash: number, family: number, owner: number): void {
    if (this.length >= CAPACITY) return;
    this.buckets[this.length] = bucketOf(hash);
    this.families[this.length] = family;
    this.owners[this.length] = owner;
    this.length += 1;
    this.counts[family] = (this.counts[family] ?? 0) + 1;
  }
}

const UPPER = /\p{Lu}/gu;
const bucketed = (count: number): number => (count < 4 ? count : count < 8 ? 4 : count < 16 ? 5 : 6);

/** What a text looks like as a whole: how long, how loud, how many links, numbers and questions. */
export function textShape(source: string, tokens: readonly Token[]): number[] {
  const kinds = [0, 0, 0, 0, 0, 0];
  const marks = { '!': 0, '?': 0, $: 0, '£': 0, '%': 0, '"': 0 };
  let digits = 0;
  for (const { kind, word, start, end } of tokens) {
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (kind === TokenKind.number) digits = Math.max(digits, word.length);
    if (kind === TokenKind.mark && word in marks) marks[word as keyof typeof marks] += end - start;
  }
  const head = source.slice(0, 2000);
  const loud = (head.match(UPPER)?.length ?? 0) / (head.length + 1);
  const length =
    tokens.length < 5 ? 0 : tokens.length < 12 ? 1 : tokens.length < 30 ? 2 : tokens.length < 80 ? 3 : 4;
  const facts: [string, number][] = [
    ['length', length],
    ['loud', loud > 0.4 ? 3 : loud > 0.2 ? 2 : loud > 0.08 ? 1 : 0],
    ['links', bucketed(kinds[TokenKind.link] ?? 0)],
    ['numbers', bucketed(kinds[TokenKind.number] ?? 0)],
    ['mentions', bucketed(kinds[TokenKind.mention] ?? 0)],
    ['emoji', bucketed(kinds[TokenKind.emoji] ?? 0)],
    ['digits', digits],
    ...Object.entries(marks).map(([mark, count]): [string, number] => [mark, bucketed(count)]),
  ];
  return facts.map(([name, value]) => hashText(`${name}=${value}`));
}
