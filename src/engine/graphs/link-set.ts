/** Links between two of `count` nodes, without direction; asked and changed in constant time. */
export class LinkSet {
  private readonly slots: Float64Array;
  private readonly mask: number;

  /** @param most the largest number of links that it will hold */
  constructor(
    private readonly count: number,
    most: number,
  ) {
    let size = 16;
    while (size < most * 2) size *= 2;
    this.slots = new Float64Array(size).fill(-1);
    this.mask = size - 1;
  }

  has(a: number, b: number): boolean {
    return this.slots[this.find(this.keyOf(a, b))] !== -1;
  }

  add(a: number, b: number): void {
    const key = this.keyOf(a, b);
    this.slots[this.find(key)] = key;
  }

  /** Removes a link; those behind it move up, so that no hole ends a search too early. */
  delete(a: number, b: number): void {
    const { slots, mask } = this;
    let hole = this.find(this.keyOf(a, b));
    if (slots[hole] === -1) return;
    for (let at = (hole + 1) & mask; slots[at] !== -1; at = (at + 1) & mask) {
      const home = this.homeOf(slots[at] as number);
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[hole] = slots[at] as number;
      hole = at;
    }
    slots[hole] = -1;
  }

  private keyOf(a: number, b: number): number {
    return a < b ? a * this.count + b : b * this.count + a;
  }

  /** The slot of a key, or the empty one where it would go. */
  private find(key: number): number {
    let at = this.homeOf(key);
    while (this.slots[at] !== -1 && this.slots[at] !== key) at = (at + 1) & this.mask;
    return at;
  }

  private homeOf(key: number): number {
    const low = (key % 4294967296) | 0;
    const high = Math.floor(key / 4294967296);
    let x = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x7feb352d);
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
    return (x ^ (x >>> 16)) & this.mask;
  }
}
