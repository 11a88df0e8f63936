import type { PhraseNode } from './phrase-graph.js';

/** Up to this many places are looked through one by one, which is faster than any table. */
const FEW = 16;

/** No start is as high: folded texts end before, so that a node and a start make one number. */
const STARTS = 2 ** 20;

/** Places in the phrases that a text has reached, each with where its phrase began; only the first `size` count. */
export class Frontier {
  size = 0;
  readonly nodes: PhraseNode[] = [];
  readonly starts: number[] = [];
  /** The places by number, once they are more than a few. */
  private readonly known = new Set<number>();

  /** Adds a place unless it is there. */
  add(node: PhraseNode, start: number): void {
    if (this.size < FEW) {
      for (let place = 0; place < this.size; place += 1) {
        if (this.nodes[place] === node && this.starts[place] === start) return;
      }
    } else {
      if (this.size === FEW) this.number();
      const before = this.known.size;
      this.known.add(node.id * STARTS + start);
      if (this.known.size === before) return;
    }
    this.nodes[this.size] = node;
    this.starts[this.size] = start;
    this.size += 1;
  }

  clear(): void {
    this.size = 0;
    if (this.known.size > 0) this.known.clear();
  }

  private number(): void {
    for (let place = 0; place < this.size; place += 1)
      this.known.add((this.nodes[place]?.id ?? 0) * STARTS + (this.starts[place] ?? 0));
  }
}
