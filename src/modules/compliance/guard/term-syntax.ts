import { phraseWords } from './words.js';

/** Named lists that terms refer to as `<name>`; their entries are terms without such references. */
export type TermSets = Readonly<Record<string, readonly string[]>>;

/** A term as parts in sequence: a word, or alternatives of which one stands there. */
export type Term = readonly TermPart[];
export type TermPart = string | readonly Term[];

const TOKEN = /[()|]|<[^<>()|\s]*>|[^()|<>\s]+|[<>]/gu;
/** A bracket that touches a word or another bracket without a space. */
const TOUCHING = /[^\s(|][(<]|[)>][^\s)|]/u;

class TermParser {
  private readonly tokens: string[];
  private at = 0;

  constructor(
    text: string,
    private readonly sets: TermSets,
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
    if (!token.startsWith('<') && token !== '>') return phraseWords(token);
    const name = token.slice(1, -1);
    const entries = Object.hasOwn(this.sets, name) ? this.sets[name] : undefined;
    if (entries === undefined) throw new SyntaxError(`there is no set named "${name}"`);
    return [entries.flatMap((entry) => new TermParser(entry, {}).alternatives(0))];
  }
}

const canBeEmpty = (term: Term): boolean =>
  term.every((part) => typeof part !== 'string' && part.some((alternative) => canBeEmpty(alternative)));

/**
 * Reads a term: words, `(a|b)` for one of several alternatives (one may be empty, and they may nest), `<name>` for one
 * of the named set. `go (back|) home` stands for `go back home` and `go home`.
 * @returns the alternatives of the whole term
 * @throws SyntaxError when brackets do not pair or touch a word, a set is missing, or the term can stand for nothing
 */
export function parseTerm(text: string, sets: TermSets): readonly Term[] {
  const alternatives = new TermParser(text, sets).alternatives(0);
  if (alternatives.some(canBeEmpty))
    throw new SyntaxError('expected at least one word in every alternative of the term');
  return alternatives;
}
