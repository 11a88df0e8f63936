// The eight best of a reader's candidates. A rank is score × 32 + 31 − the candidate's number: one signed word that sorts by
// score and, among equals, by number, and from which the number comes back. |score| < 2^26, so it fits for 32 candidates.

import { BEST, COUNT, RANKS } from './memory';

const KEPT: i32 = 8;
/** Candidates whose numbers fit into a rank. */
const RANKED: i32 = 32;

/** The upper and the lower half of what the last sorting function found, best first. */
let upper: v128 = i32x4.splat(0);
let lower: v128 = i32x4.splat(0);

/** Sorts two halves, each bitonic, the first with nothing below the second. */
function finish(above: v128, below: v128): void {
  const left = v128.shuffle<i64>(above, below, 0, 2);
  const right = v128.shuffle<i64>(above, below, 1, 3);
  const large = i32x4.max_s(left, right);
  const small = i32x4.min_s(left, right);
  const a = v128.shuffle<i32>(large, small, 0, 4, 1, 5);
  const b = v128.shuffle<i32>(large, small, 2, 6, 3, 7);
  const even = v128.shuffle<i64>(a, b, 0, 2);
  const odd = v128.shuffle<i64>(a, b, 1, 3);
  const high = i32x4.max_s(even, odd);
  const low = i32x4.min_s(even, odd);
  upper = v128.shuffle<i32>(high, low, 0, 4, 1, 5);
  lower = v128.shuffle<i32>(high, low, 2, 6, 3, 7);
}

/** Merges two sorted rows of four into eight. */
function merge(a: v128, b: v128): void {
  const reversed = v128.shuffle<i32>(b, b, 3, 2, 1, 0);
  finish(i32x4.max_s(a, reversed), i32x4.min_s(a, reversed));
}

/** The best eight of two sorted eights: the pairwise larger of one and the other reversed, sorted. */
function select(a: v128, b: v128, c: v128, d: v128): void {
  const x = i32x4.max_s(a, v128.shuffle<i32>(d, d, 3, 2, 1, 0));
  const y = i32x4.max_s(b, v128.shuffle<i32>(c, c, 3, 2, 1, 0));
  finish(i32x4.max_s(x, y), i32x4.min_s(x, y));
}

/** The best eight of the sixteen ranks at an address: columns are sorted, turned into rows, and these merged. */
function sortSixteen(at: usize): void {
  let a = v128.load(at);
  let b = v128.load(at, 16);
  let c = v128.load(at, 32);
  let d = v128.load(at, 48);
  let spare = i32x4.min_s(a, b);
  a = i32x4.max_s(a, b);
  b = i32x4.max_s(c, d);
  c = i32x4.min_s(c, d);
  d = i32x4.min_s(spare, c);
  c = i32x4.max_s(spare, c);
  spare = i32x4.min_s(a, b);
  a = i32x4.max_s(a, b);
  b = i32x4.max_s(spare, c);
  c = i32x4.min_s(spare, c);
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const gh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  merge(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3));
  const firstUpper = upper;
  const firstLower = lower;
  merge(v128.shuffle<i64>(ef, gh, 0, 2), v128.shuffle<i64>(ef, gh, 1, 3));
  select(firstUpper, firstLower, upper, lower);
}

/** Writes the numbers of a reader's best candidates, best first; returns how many there are. */
export function rank(record: usize): i32 {
  const count = load<i32>(record, COUNT);
  if (count > RANKED) return insertAll(record, count);
  sortSixteen(record + RANKS);
  if (count > 16) {
    const firstUpper = upper;
    const firstLower = lower;
    sortSixteen(record + RANKS + 64);
    select(firstUpper, firstLower, upper, lower);
  }
  v128.store(record + BEST, v128.andnot(i32x4.splat(31), upper));
  v128.store(record + BEST + 16, v128.andnot(i32x4.splat(31), lower));
  return min(count, KEPT);
}

/** The same for any number of candidates, one after the other: a hundredth of the readers has more than 32. */
function insertAll(record: usize, count: i32): i32 {
  const best = record + BEST;
  let kept: i32 = 0;
  for (let candidate: i32 = 0; candidate < count; candidate++) {
    const score = scoreOf(record, candidate);
    let at = kept < KEPT ? kept++ : KEPT;
    while (at > 0 && scoreOf(record, load<i32>(best + ((<usize>(at - 1)) << 2))) < score) {
      if (at < KEPT) store<i32>(best + ((<usize>at) << 2), load<i32>(best + ((<usize>(at - 1)) << 2)));
      at--;
    }
    if (at < KEPT) store<i32>(best + ((<usize>at) << 2), candidate);
  }
  return kept;
}

function scoreOf(record: usize, candidate: i32): i32 {
  return (load<i32>(record + RANKS + ((<usize>candidate) << 2)) + candidate - 31) >> 5;
}
