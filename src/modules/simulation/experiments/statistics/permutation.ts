import type { RandomStream } from '../../../../engine/index.js';

/** Up to so many pairs every way to flip their signs is looked at. */
export const EXACT_PAIRS = 15;

/** What a sign-flip test found. */
export interface SignFlip {
  readonly p: number;
  /** Whether every way to flip was looked at. */
  readonly exact: boolean;
}

/**
 * The two-sided test that paired differences are as likely positive as negative (Fisher, The Design of Experiments, 1935, section 21): the
 * share of the ways to flip their signs whose sum is as far from zero. With more than {@link EXACT_PAIRS} pairs, of a sample of ways to which
 * the one that was seen is added (Phipson and Smyth, Stat. Appl. Genet. Mol. Biol. 9, 2010).
 * @param flips how many ways are drawn where not all are looked at
 */
export function signFlipTest(differences: readonly number[], flips: number, stream: RandomStream): SignFlip {
  const sizes = differences.map(Math.abs);
  const most = sizes.reduce((sum, size) => sum + size, 0);
  // Sums in another order differ in their last bits.
  const seen = Math.abs(differences.reduce((sum, each) => sum + each, 0)) - most * 1e-12;
  if (sizes.length <= EXACT_PAIRS) return { p: exactShare(sizes, seen), exact: true };
  let reached = 1;
  for (let n = 0; n < flips; n += 1) if (Math.abs(flippedSum(sizes, stream)) >= seen) reached += 1;
  return { p: reached / (flips + 1), exact: false };
}

function exactShare(sizes: readonly number[], seen: number): number {
  const ways = 2 ** sizes.length;
  let reached = 0;
  for (let way = 0; way < ways; way += 1) {
    let sum = 0;
    for (const [bit, size] of sizes.entries()) sum += (way >> bit) & 1 ? size : -size;
    if (Math.abs(sum) >= seen) reached += 1;
  }
  return reached / ways;
}

function flippedSum(sizes: readonly number[], stream: RandomStream): number {
  let sum = 0;
  let bits = 0;
  for (const [place, size] of sizes.entries()) {
    if (place % 32 === 0) bits = stream.uint32();
    sum += bits & 1 ? size : -size;
    bits >>>= 1;
  }
  return sum;
}
