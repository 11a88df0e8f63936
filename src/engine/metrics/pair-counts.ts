import { zeros } from '../columns.js';
/** Words of a pair: the two, how often, and one that makes pairs lie in one cache line each. */
const WORDS = 4;
const FREE = -1;

/** How often each of two was with each other: an open table that doubles when it is two thirds full. */
export class PairCounts {
  private table: Int32Array = new Int32Array(1024 * WORDS).fill(FREE);
  private used = 0;

  /** @param first from 0 @param second from 0 */
  add(first: number, second: number): void {
    if (this.used * WORDS * 3 > this.table.length * 2) this.grow();
    const { table } = this;
    const at = find(table, first, second);
    if (table[at] === FREE) {
      table[at] = first;
      table[at + 1] = second;
      table[at + 2] = 0;
      this.used += 1;
    }
    table[at + 2] = (table[at + 2] as number) + 1;
  }

  /** Visits each pair once, in no order that means anything. */
  each(visit: (first: number, second: number, count: number) => void): void {
    const { table } = this;
    for (let at = 0; at < table.length; at += WORDS) {
      if (table[at] !== FREE) visit(table[at] as number, table[at + 1] as number, table[at + 2] as number);
    }
  }

  private grow(): void {
    const larger = zeros(Int32Array, this.table.length * 2).fill(FREE);
    this.each((first, second, count) => {
      const at = find(larger, first, second);
      larger[at] = first;
      larger[at + 1] = second;
      larger[at + 2] = count;
    });
    this.table = larger;
  }
}

/** @returns the first word of a pair, or of the place that it would have */
function find(table: Int32Array, first: number, second: number): number {
  const mask = table.length / WORDS - 1;
  let x = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x7feb352d);
  let place = (x ^ (x >>> 16)) & mask;
  while (
    table[place * WORDS] !== FREE &&
    (table[place * WORDS] !== first || table[place * WORDS + 1] !== second)
  )
    place = (place + 1) & mask;
  return place * WORDS;
}
