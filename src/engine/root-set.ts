/** Spreads neighbouring numbers over the slots: the fraction of the golden ratio, as 32 bits. */
const SPREAD = 0x9e3779b9;
const EMPTY = -1;

/**
 * A small set of numbers from 0, which stays in the nearest cache: a mark beside each post would be a line of memory for each
 * of them. Open addressing with linear probing.
 */
export class RootSet {
  private readonly slots: Int32Array;
  private readonly shift: number;

  /** @param capacity the most numbers that it holds; three quarters of the slots stay empty */
  constructor(capacity: number) {
    const bits = 32 - Math.clz32(Math.max(1, 4 * capacity - 1));
    this.slots = new Int32Array(2 ** bits).fill(EMPTY);
    this.shift = 32 - bits;
  }

  clear(): void {
    this.slots.fill(EMPTY);
  }

  add(root: number): void {
    const { slots } = this;
    let at = Math.imul(root, SPREAD) >>> this.shift;
    while (slots[at] !== EMPTY && slots[at] !== root) at = (at + 1) & (slots.length - 1);
    slots[at] = root;
  }

  has(root: number): boolean {
    const { slots } = this;
    let at = Math.imul(root, SPREAD) >>> this.shift;
    while (slots[at] !== EMPTY) {
      if (slots[at] === root) return true;
      at = (at + 1) & (slots.length - 1);
    }
    return false;
  }
}
