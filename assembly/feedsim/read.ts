// What readers are shown: the posts of their followees that are young enough, with their scores.

import { mix, GOLDEN } from './random';
import {
  AGENT,
  AGES,
  agents,
  bounds,
  compactBytes,
  COUNT,
  DOTS,
  edges,
  interests,
  KEY,
  lanes,
  newVectors,
  PICKED,
  PICKS,
  PLACES,
  RANKS,
  recent,
  recentCounts,
  RECORD,
  records,
  ROW,
  ROW_BYTES,
  rowStarts,
  sink,
  stamps,
  vectors,
} from './memory';

const AGE_LIMIT: i32 = 20;
/** Bytes of an edge: 27 bits followee, 5 bits affinity. */
const FOLLOWEE: i32 = ~31;

/** Writes the record of a reader: its row, and the posts from outside its network, of the `total` that were newly made. */
export function open(record: usize, agent: i32, key: u32, tick: i32, total: i32): void {
  const start = load<u32>(rowStarts + ((<usize>agent) << 2));
  store<usize>(record, edges + ((<usize>start) << 2), ROW);
  store<u32>(record, (load<u32>(rowStarts + ((<usize>agent) << 2), 4) - start) << 2, ROW_BYTES);
  store<i32>(record, agent, AGENT);
  store<u32>(record, key, KEY);
  for (let pick: u32 = 0; pick < 2; pick++) {
    const place = <i32>((<u64>mix(key + (2 + pick) * GOLDEN) * <u64>total) >>> 32);
    const at = total > 0 ? placeOf(place, (tick - 1) & 1) : 0;
    const slot = total > 0 ? load<i32>(recent + ((<usize>at) << 2)) : -1;
    store<i32>(record + ((<usize>pick) << 2), slot >> 2 == agent ? -1 : slot, PICKS);
    store<usize>(record + ((<usize>pick) << 2), newVectors + ((<usize>at) << 4), PICKED);
  }
}

/** Where the n-th of the posts newly made is in the list, in which they lie lane by lane. */
function placeOf(place: i32, parity: i32): i32 {
  let lane: i32 = 0;
  let left = place;
  const made = recentCounts + ((<usize>(parity * lanes)) << 2);
  while (left >= load<i32>(made + ((<usize>lane) << 2))) {
    left -= load<i32>(made + ((<usize>lane) << 2));
    lane++;
  }
  return parity * agents + load<i32>(bounds + ((<usize>lane) << 2)) + left;
}

/**
 * Software prefetch: a tight loop of loads that wait for no other, so that many cache misses are on their way at once. Pays where
 * the network is larger than the cache; what is read for each followee is independent enough by itself.
 */
export function touchRows(count: i32): void {
  let sum: i32 = 0;
  let record = records;
  for (let r: i32 = 0; r < count; r++, record += RECORD) {
    const row = load<usize>(record, ROW);
    sum += load<i32>(row) + load<i32>(row, 64) + load<i32>(row + load<u32>(record, ROW_BYTES));
    sum += load<i32>(interests + ((<usize>load<i32>(record, AGENT)) << 4));
    sum += load<i32>(load<usize>(record, PICKED)) + load<i32>(load<usize>(record, PICKED + 4));
  }
  store<i32>(sink, sum);
}

/** Finds a reader's candidates: four followees at a time, whose sixteen stamps are compared at once. */
export function gather(record: usize, now: v128): void {
  const row = load<usize>(record, ROW);
  const bytes = <i32>load<u32>(record, ROW_BYTES);
  const oldest = i8x16.splat(<i8>AGE_LIMIT);
  const eight = i8x16.splat(8);
  const sixteen = i8x16.splat(16);
  let base = i8x16.splat(0);
  let places = record + PLACES;
  for (let at: i32 = 0; at < bytes; at += 16) {
    const four = i32x4.shr_u(v128.and(v128.load(row + <usize>at), i32x4.splat(FOLLOWEE)), 3);
    let found = v128.load32_zero(stamps + <usize>i32x4.extract_lane(four, 0));
    found = v128.load32_lane(stamps + <usize>i32x4.extract_lane(four, 1), found, 1);
    found = v128.load32_lane(stamps + <usize>i32x4.extract_lane(four, 2), found, 2);
    found = v128.load32_lane(stamps + <usize>i32x4.extract_lane(four, 3), found, 3);
    const ages = i8x16.sub(now, found);
    const inRow = (1 << min(bytes - at, 16)) - 1;
    const young = i8x16.bitmask(i8x16.le_u(ages, oldest)) & inRow;
    const left = v128.load64_zero(compactBytes + ((<usize>(young & 255)) << 3));
    v128.store64_lane(places, i8x16.add(left, base), 0);
    v128.store64_lane(places + (AGES - PLACES), i8x16.swizzle(ages, left), 0);
    places += popcnt(young & 255);
    const right = i8x16.add(v128.load64_zero(compactBytes + ((<usize>(young >>> 8)) << 3)), eight);
    v128.store64_lane(places, i8x16.add(right, base), 0);
    v128.store64_lane(places + (AGES - PLACES), i8x16.swizzle(ages, right), 0);
    places += popcnt(young >>> 8);
    base = i8x16.add(base, sixteen);
  }
  store<i32>(record, <i32>(places - record - PLACES), COUNT);
}

/** Four partial sums of the product of an agent's interests, as two vectors of 16-bit numbers, and of a post. */
function partial(low: v128, high: v128, post: usize): v128 {
  const vector = v128.load(post);
  return i32x4.add(
    i32x4.dot_i16x8_s(low, i16x8.extend_low_i8x16_s(vector)),
    i32x4.dot_i16x8_s(high, i16x8.extend_high_i8x16_s(vector)),
  );
}

/** The product of an agent's interests and the post whose vector is at an address. */
export function product(agent: i32, vector: usize): i32 {
  const own = v128.load(interests + ((<usize>agent) << 4));
  const low = i16x8.extend_low_i8x16_s(own);
  const high = i16x8.extend_high_i8x16_s(own);
  const sum = partial(low, high, vector);
  const half = i32x4.add(sum, v128.shuffle<i32>(sum, sum, 2, 3, 0, 1));
  return i32x4.extract_lane(half, 0) + i32x4.extract_lane(half, 1);
}

/** Where the vector of a candidate is: its followee's line, and the slot on it. */
function vectorOf(edge: u32, place: u32): usize {
  return vectors + ((<usize>(edge & FOLLOWEE)) << 1) + ((<usize>(place & 3)) << 4);
}

/** Scores a reader's candidates, four at a time: (product + 4096 × affinity) × (128 − 6 × age). */
export function score(record: usize): void {
  const row = load<usize>(record, ROW);
  const count = load<i32>(record, COUNT);
  const own = v128.load(interests + ((<usize>load<i32>(record, AGENT)) << 4));
  const low = i16x8.extend_low_i8x16_s(own);
  const high = i16x8.extend_high_i8x16_s(own);
  let number = i32x4(31, 30, 29, 28);
  let at = record;
  for (let c: i32 = 0; c < count; c += 4, at += 16) {
    const places = load<u32>(record + <usize>c, PLACES);
    const a = load<u32>(row + ((<usize>places) & 0xfc));
    const b = load<u32>(row + ((<usize>(places >>> 8)) & 0xfc));
    const d = load<u32>(row + ((<usize>(places >>> 16)) & 0xfc));
    const e = load<u32>(row + ((<usize>(places >>> 24)) & 0xfc));
    const p = partial(low, high, vectorOf(a, places));
    const q = partial(low, high, vectorOf(b, places >>> 8));
    const r = partial(low, high, vectorOf(d, places >>> 16));
    const s = partial(low, high, vectorOf(e, places >>> 24));
    const pq = i32x4.add(v128.shuffle<i32>(p, q, 0, 4, 1, 5), v128.shuffle<i32>(p, q, 2, 6, 3, 7));
    const rs = i32x4.add(v128.shuffle<i32>(r, s, 0, 4, 1, 5), v128.shuffle<i32>(r, s, 2, 6, 3, 7));
    const dots = i32x4.add(v128.shuffle<i64>(pq, rs, 0, 2), v128.shuffle<i64>(pq, rs, 1, 3));
    v128.store(at, dots, DOTS);
    let affinity = i32x4.splat(a);
    affinity = i32x4.replace_lane(affinity, 1, b);
    affinity = i32x4.replace_lane(affinity, 2, d);
    affinity = i32x4.replace_lane(affinity, 3, e);
    affinity = i32x4.shl(v128.and(affinity, i32x4.splat(31)), 12);
    const bytes = v128.load32_zero(record + <usize>c, AGES);
    const age = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
    const decay = i32x4.sub(i32x4.splat(128), i32x4.add(i32x4.shl(age, 2), i32x4.shl(age, 1)));
    const scores = i32x4.mul(i32x4.add(dots, affinity), decay);
    v128.store(at, i32x4.add(i32x4.shl(scores, 5), number), RANKS);
    number = i32x4.sub(number, i32x4.splat(4));
  }
  // What is behind the last candidate ranks last, up to the next sixteen.
  const none = i32x4.splat(i32.MIN_VALUE);
  const after = record + RANKS + ((<usize>count) << 2);
  v128.store(after, none);
  v128.store(after, none, 16);
  v128.store(after, none, 32);
  v128.store(after, none, 48);
}
