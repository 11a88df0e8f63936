import { type RandomKey, threefry2x32 } from './random.js';

/** Blocks of draws that an item has, of two each. */
const BLOCKS = 8;

/** The numbers of an item's draws. */
export const DRAW = {
  reaction: 0,
  comment: 1,
  pass: 2,
  refuse: 3,
  follow: 4,
  whichReaction: 5,
  answers: 6,
  whichComment: 7,
  goesOn: 8,
} as const;

/**
 * What a reader draws about an item: a function of the tick's key, the reader, the item's root and the number of the draw alone. So
 * a reader meets an item with the same luck at whatever rank, and whatever else it is shown.
 */
export class ItemDraws {
  private readonly block = new Uint32Array(2);
  private key: RandomKey = { k0: 0, k1: 0 };
  private agent = 0;
  private base = 0;
  private held = -1;

  open(key: RandomKey, agent: number, root: number): void {
    this.key = key;
    this.agent = agent;
    this.base = Math.imul(root, BLOCKS);
    this.held = -1;
  }

  /** Draw `n` of the item, 0 to 15: a number in [0, 1), a multiple of 2^-32. */
  unit(n: number): number {
    const wanted = n >> 1;
    if (wanted !== this.held) {
      threefry2x32(this.key, this.agent, this.base + wanted, this.block);
      this.held = wanted;
    }
    return (this.block[n & 1] as number) / 4294967296;
  }
}
