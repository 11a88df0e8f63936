/** How often each of two was with each other: an open table that doubles when it is two thirds full. */
export class PairCounts {
  private first: Int32Array = new Int32Array(1024).fill(-1);
  private second: Int32Array = new Int32Array(1024);
  private counts: Int32Array = new Int32Array(1024);
  private used = 0;

  add(first: number, second: number): void {
    if (this.used * 3 > this.first.length * 2) this.grow();
    const at = this.find(first, second);
    if (this.first[at] === -1) {
      this.first[at] = first;
      this.second[at] = second;
      this.used += 1;
    }
    this.counts[at] = (this.counts[at] as number) + 1;
  }

  /** Visits each pair once, in no order that means anything. */
  each(visit: (first: number, second: number, count: number) => void): void {
    for (let at = 0; at < this.first.length; at += 1) {
      if (this.first[at] !== -1)
        visit(this.first[at] as number, this.second[at] as number, this.counts[at] as number);
    }
  }

  private find(first: number, second: number): number {
    const mask = this.first.length - 1;
    let x = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 15), 0x7feb352d);
    let at = (x ^ (x >>> 16)) & mask;
    while (this.first[at] !== -1 && (this.first[at] !== first || this.second[at] !== second))
      at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const { first, second, counts } = this;
    this.first = new Int32Array(first.length * 2).fill(-1);
    this.second = new Int32Array(first.length * 2);
    this.counts = new Int32Array(first.length * 2);
    for (let from = 0; from < first.length; from += 1) {
      if (first[from] === -1) continue;
      const at = this.find(first[from] as number, second[from] as number);
      this.first[at] = first[from] as number;
      this.second[at] = second[from] as number;
      this.counts[at] = counts[from] as number;
    }
  }
}
