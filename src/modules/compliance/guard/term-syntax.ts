import { phraseWords } from './words.js';

/** Named lists that terms refer to as `<name>`; their entries are terms without such references. */
export type TermSets = Readonly<Record<string, readonly string[]>>;

/** A term as parts in sequence: a word, or alternatives of which one stands there. */
export type Term = readonly TermPart[];
export type TermPart = string | readonly Term[];

/** The most words and alternatives of one term, its sets written out. */
export const MAX_TERM_PARTS = 4_000;

/** The most parts of a term that may be left out, one after the other: each doubles the ways through what follows. */
export const MAX_OPTIONAL_PARTS = 10;

/** The longest word of a term; longer ones are found in no text. */
export const MAX_WORD_LETTERS = 64;

const TOKEN = /[()|]|<[^<>()|\s]*>|[^()|<>\s]+|[<>]/gu;
/** A bracket that touches a word or another bracket without a space. */
const TOUCHING = /[^\s(|][(<]|[)>][^\s)|]/u;

type NamedAlternatives = (name: string) => readonly Term[];

class TermParser {
  private readonly tokens: string[];
  private at = 0;

  constructor(
    text: string,
    private readonly named: NamedAlternatives,
  ) {
    if (TOUCHING.test(text)) throw new SyntaxError('a bracket stands for whole words: put spaces around it');
    this.tokens = text.match(TOKEN) ?? [];
  }

  /** The alternatives up to a closing bracket or, at depth 0, the end. */
  alternatives(depth: number): Term[] {
    const terms: Term[] = [];
    let term: TermPart[] = [];
    for (;;) {
      const token = this.tokens[this.at];
      this.at += 1;
      if (token === undefined || token === ')') {
        if ((token === undefined) !== (depth === 0))
          throw new SyntaxError('brackets must be opened and closed in pairs');
        return [...terms, term];
      }
      if (token === '|') {
        terms.push(term);
        term = [];
      } else {
        term.push(...this.parts(token, depth));
      }
    }
  }

  private parts(token: string, depth: number): TermPart[] {
    if (token === '(') return [this.alternatives(depth + 1)];
    if (!token.startsWith('<') && token !== '>') return words(token);
    return [this.named(token.slice(1, -1))];
  }
}

function words(token: string): string[] {
  const found = phraseWords(token);
  if (found.some((word) => word.length > MAX_WORD_LETTERS))
    throw new SyntaxError(`a word has at most ${MAX_WORD_LETTERS} letters`);
  return found;
}

/** How large alternatives are when every set is written out. */
interface Size {
  /** Words and alternatives. */
  readonly parts: number;
  /** The most parts in sequence that may be left out. */
  readonly optional: number;
  /** Whether one of them is no word at all. */
  readonly empty: boolean;
}

function unknownSet(name: string): never {
  throw new SyntaxError(`there is no set named "${name}"`);
}

/** Reads the terms of a policy; every set is read once and shared by all terms that refer to it. */
export class TermReader {
  /** The parts of all terms that were read. */
  parts = 0;
  private readonly named = new Map<string, readonly Term[]>();
  private readonly sizes = new WeakMap<readonly Term[], Size>();

  constructor(private readonly sets: TermSets) {}

  /**
   * Reads a term: words, `(a|b)` for one of several alternatives (one may be empty, and they may nest), `<name>` for one
   * of the named set. `go (back|) home` stands for `go back home` and `go home`.
   * @returns the alternatives of the whole term
   * @throws SyntaxError when brackets do not pair or touch a word, a set is missing, the term can stand for nothing, or
   *   has more parts than are accepted
   */
  read(text: string): readonly Term[] {
    return this.accept(new TermParser(text, (name) => this.set(name)).alternatives(0));
  }

  /** Reads an entry of a set, in which no set may stand. @throws SyntaxError as {@link read} */
  readEntry(text: string): readonly Term[] {
    return this.accept(new TermParser(text, unknownSet).alternatives(0));
  }

  private accept(alternatives: readonly Term[]): readonly Term[] {
    const { parts, optional, empty } = this.sizeOf(alternatives);
    this.parts += parts;
    if (parts > MAX_TERM_PARTS)
      throw new SyntaxError(
        `has ${parts} words and alternatives with its sets written out, at most ${MAX_TERM_PARTS} are accepted`,
      );
    if (optional > MAX_OPTIONAL_PARTS)
      throw new SyntaxError(
        `has ${optional} optional parts in sequence, such as (a|), at most ${MAX_OPTIONAL_PARTS} are accepted`,
      );
    if (empty) throw new SyntaxError('expected at least one word in every alternative of the term');
    return alternatives;
  }

  private set(name: string): readonly Term[] {
    const known = this.named.get(name);
    if (known !== undefined) return known;
    const entries = Object.hasOwn(this.sets, name) ? this.sets[name] : undefined;
    if (entries === undefined) unknownSet(name);
    const read = entries.flatMap((entry) => new TermParser(entry, unknownSet).alternatives(0));
    this.named.set(name, read);
    return read;
  }

  private sizeOf(alternatives: readonly Term[]): Size {
    const known = this.sizes.get(alternatives);
    if (known !== undefined) return known;
    let parts = 0;
    let optional = 0;
    let empty = false;
    for (const term of alternatives) {
      const inner = term.map((part) =>
        typeof part === 'string' ? { parts: 1, optional: 0, empty: false } : this.sizeOf(part),
      );
      parts += inner.reduce((sum, size) => sum + size.parts, 1);
      optional = Math.max(
        optional,
        inner.reduce((sum, size) => sum + size.optional, 0),
      );
      empty ||= inner.every((size) => size.empty);
    }
    const size = { parts, optional: optional + (empty ? 1 : 0), empty };
    this.sizes.set(alternatives, size);
    return size;
  }
}
