import type { Term, TermPart } from './term-syntax.js';
import { skeletonHash } from './words.js';

/** A word of the phrases. */
export interface Word {
  readonly id: number;
  readonly letters: string;
}

/** A place in the phrases: where each word leads from here, and the rules with a phrase that is complete here. */
export interface PhraseNode {
  /** Its place among all nodes. */
  readonly id: number;
  readonly next: Map<number, PhraseNode[]>;
  readonly rules: number[];
}

/** Lets `node` do all that `other` does. */
function join(node: PhraseNode, other: PhraseNode): void {
  for (const [word, targets] of other.next) {
    const known = node.next.get(word);
    if (known === undefined) node.next.set(word, [...targets]);
    else known.push(...targets.filter((target) => !known.includes(target)));
  }
  node.rules.push(...other.rules.filter((rule) => !node.rules.includes(rule)));
}

/**
 * The terms of all rules as one graph of words, a nondeterministic automaton whose size is that of the terms as they are
 * written: alternatives share what follows them.
 */
export class PhraseGraph {
  private nodeCount = 0;
  readonly root = this.newNode([]);
  private readonly words = new Map<number, Word[]>();
  private wordCount = 0;

  /** Adds a term of a rule. */
  add(rule: number, alternatives: readonly Term[]): void {
    const end = this.newNode([rule]);
    for (const term of alternatives) join(this.root, this.sequence(term, end));
  }

  /** The words whose skeleton has this hash. */
  candidates(hash: number): readonly Word[] | undefined {
    return this.words.get(hash);
  }

  /** A node from which a term leads to `end`; built from the end, so that what follows is there already. */
  private sequence(term: Term, end: PhraseNode): PhraseNode {
    return term.reduceRight<PhraseNode>((after, part) => this.part(part, after), end);
  }

  private part(part: TermPart, after: PhraseNode): PhraseNode {
    const node = this.newNode([]);
    if (typeof part === 'string') node.next.set(this.wordOf(part).id, [after]);
    else for (const alternative of part) join(node, this.sequence(alternative, after));
    return node;
  }

  private newNode(rules: number[]): PhraseNode {
    const id = this.nodeCount;
    this.nodeCount += 1;
    return { id, next: new Map(), rules };
  }

  private wordOf(letters: string): Word {
    const hash = skeletonHash(letters);
    const candidates = this.words.get(hash) ?? [];
    this.words.set(hash, candidates);
    const known = candidates.find((candidate) => candidate.letters === letters);
    if (known !== undefined) return known;
    const word = { id: this.wordCount, letters };
    this.wordCount += 1;
    candidates.push(word);
    return word;
  }
}
