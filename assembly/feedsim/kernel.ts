// A tick of FeedSim for one lane, in WebAssembly with SIMD; bit for bit what src/engine/feedsim/reference-kernel.ts does, which
// says what each step is for. Everybody reads the state at the tick's start (act); then each lane changes its own agents (commit).

import { AGENT_STEP, atMost, GOLDEN, mix, mix4 } from './random';
import { rank } from './rank';
import { gather, open, product, score, touchRows } from './read';
import {
  AGENT,
  agents,
  BEST,
  bounds,
  CHUNK,
  compactWords,
  counts,
  DOTS,
  end,
  eventCounts,
  events,
  first,
  heads,
  ids,
  IN_NETWORK,
  interests,
  KEY,
  keys,
  lane,
  lanes,
  likeDraws,
  measures,
  newAuthors,
  newVectors,
  OUTSIDE,
  PICKED,
  PICKS,
  place,
  PLACES,
  posting,
  PRODUCTS,
  readers,
  recent,
  recentCounts,
  RECORD,
  records,
  ROW,
  seed,
  seen,
  SHOWN,
  stamps,
  vectors,
} from './memory';

const ACTIVE: u32 = 429496729;
const POSTING: u32 = 1288490188;
const AGE_LIMIT: i32 = 20;
const FULL_AFFINITY: u32 = 16;
/** A reader likes, reposts and answers at most so many items in all. */
const MOST_EVENTS: i32 = 21;
/** From here on the network is larger than the caches near a core, and touching ahead pays. */
const LARGE: i32 = 40000;
/** Ticks between two sweeps of stamps; with the age at which they leave off, no age reaches 256. */
const SWEEP: i32 = 64;
const SWEPT_AGE: i32 = 128;

let firstEvent: usize = 0;
let lastEvent: usize = 0;
let nextEvent: usize = 0;
let made: i32 = 0;
/** Where the lane writes authors and vectors of this tick's new posts. */
let authors: usize = 0;
let written: usize = 0;
let views: i32 = 0;
let likes: i32 = 0;
let reposts: i32 = 0;
let replies: i32 = 0;
let idle: i32 = 0;
let reached: i32 = 0;
let acted: i32 = 0;
let alignment: v128 = i32x4.splat(0);

/** Prepares this instance for one lane of a world; see KERNEL_TABLE in src/engine/feedsim/layout.ts. */
export function setup(table: usize): void {
  place(table);
  for (let item: u32 = 0; item < 12; item++) {
    store<u32>(likeDraws + ((<usize>item) << 2), (50 + 3 * item) * GOLDEN);
  }
  firstEvent = load<u32>(table, 84);
  lastEvent = load<u32>(table, 88);
}

/** Phase 1 of tick `tick`: what the agents of this lane do. */
export function act(tick: i32): void {
  const key = mix(seed + <u32>tick * GOLDEN);
  const parity = (tick - 1) & 1;
  let total: i32 = 0;
  for (let other: i32 = 0; other < lanes; other++) {
    total += load<i32>(recentCounts + ((<usize>(parity * lanes + other)) << 2));
  }
  let active: i32 = 0;
  let aligned: i64 = 0;
  let posts: i32 = 0;
  made = views = likes = reposts = replies = idle = reached = acted = 0;
  nextEvent = firstEvent;
  authors = newAuthors + ((<usize>first) << 2);
  written = newVectors + ((<usize>((tick & 1) * agents + first)) << 4);
  for (let from = first; from < end; from += CHUNK) {
    const found = scan(from, key);
    const reading = openReaders(found, tick, total);
    if (nextEvent + ((<usize>(reading * MOST_EVENTS)) << 2) > lastEvent) unreachable();
    alignment = i32x4.splat(0);
    lookAround(reading, tick);
    decideAll(found);
    active += found;
    posts += found - reading;
    aligned += sum(alignment);
  }
  store<i32>(eventCounts + ((<usize>lane) << 2), <i32>((nextEvent - firstEvent) >> 2));
  store<i32>(recentCounts + ((<usize>((tick & 1) * lanes + lane)) << 2), made);
  const out = measures + ((<usize>lane) << 7);
  store<f64>(out, active);
  store<f64>(out, posts, 8);
  store<f64>(out, views, 16);
  store<f64>(out, likes, 24);
  store<f64>(out, reposts, 32);
  store<f64>(out, replies, 40);
  store<f64>(out, <f64>aligned, 48);
  store<f64>(out, idle, 56);
  store<f64>(out, reached, 64);
  store<f64>(out, acted, 72);
}

function sum(words: v128): i64 {
  const half = i32x4.add(words, v128.shuffle<i32>(words, words, 2, 3, 0, 1));
  return <i64>i32x4.extract_lane(half, 0) + <i64>i32x4.extract_lane(half, 1);
}

/** Lists the active agents of a chunk, their keys and whether they post; returns how many there are. */
function scan(from: i32, key: u32): i32 {
  const until = min(from + CHUNK, end);
  const limit = i32x4.splat(<i32>(ACTIVE - 1));
  const step = i32x4.splat(<i32>(4 * AGENT_STEP));
  let numbers = i32x4.add(i32x4.splat(from), i32x4(0, 1, 2, 3));
  let products = i32x4.mul(numbers, i32x4.splat(<i32>AGENT_STEP));
  let count: usize = 0;
  for (let agent = from; agent < until; agent += 4) {
    const draws = mix4(v128.xor(i32x4.splat(key), products));
    const mask = i32x4.bitmask(atMost(draws, limit));
    const pattern = v128.load(compactWords + ((<usize>mask) << 4));
    v128.store(ids + count, i8x16.swizzle(numbers, pattern));
    v128.store(keys + count, i8x16.swizzle(draws, pattern));
    count += (<usize>popcnt(mask)) << 2;
    numbers = i32x4.add(numbers, i32x4.splat(4));
    products = i32x4.add(products, step);
  }
  // The last four may reach beyond the last agent.
  while (count > 0 && load<i32>(ids + count - 4) >= until) count -= 4;
  const posters = i32x4.splat(<i32>(POSTING - 1));
  for (let at: usize = 0; at < count; at += 16) {
    const draws = mix4(i32x4.add(v128.load(keys + at), i32x4.splat(<i32>GOLDEN)));
    v128.store(posting + at, atMost(draws, posters));
  }
  return <i32>(count >> 2);
}

/** Opens a record for every active agent of the chunk that reads; returns how many there are. */
function openReaders(found: i32, tick: i32, total: i32): i32 {
  let reading: i32 = 0;
  for (let a: i32 = 0; a < found; a++) {
    store<i32>(readers + ((<usize>reading) << 2), a);
    // A mask is −1 for one who posts.
    reading += 1 + load<i32>(posting + ((<usize>a) << 2));
  }
  for (let r: i32 = 0; r < reading; r++) {
    const at = (<usize>load<i32>(readers + ((<usize>r) << 2))) << 2;
    open(records + <usize>r * RECORD, load<i32>(ids + at), load<u32>(keys + at), tick, total);
  }
  return reading;
}

/** What the readers of the chunk are shown. */
function lookAround(reading: i32, tick: i32): void {
  const last = records + <usize>reading * RECORD;
  const now = i8x16.splat(<i8>tick);
  if (agents > LARGE) touchRows(reading);
  for (let record = records; record < last; record += RECORD) gather(record, now);
  for (let record = records; record < last; record += RECORD) score(record);
  for (let record = records; record < last; record += RECORD) show(record);
}

/** Puts together the items of one session: the best of the network, then what was picked outside. */
function show(record: usize): void {
  const kept = rank(record);
  const dots = record + DOTS;
  for (let item: usize = 0; item < 32; item += 4) {
    store<i32>(record + item, load<i32>(dots + ((<usize>load<u32>(record + item, BEST)) << 2)), PRODUCTS);
  }
  store<i32>(record, kept, IN_NETWORK);
  let shown = kept;
  for (let pick: usize = 0; pick < 8; pick += 4) {
    const slot = load<i32>(record + pick, PICKS);
    if (slot < 0) continue;
    store<i32>(record + ((<usize>(shown - kept)) << 2), slot, OUTSIDE);
    store<i32>(
      record + ((<usize>shown) << 2),
      product(load<i32>(record, AGENT), load<usize>(record + pick, PICKED)),
      PRODUCTS,
    );
    shown++;
  }
  store<i32>(record, shown, SHOWN);
}

/** In the agents' order: who posts, posts; who reads, decides on every item. */
function decideAll(found: i32): void {
  let record = records;
  for (let a: usize = 0; a < (<usize>found) << 2; a += 4) {
    if (load<i32>(posting + a)) {
      compose(load<i32>(ids + a), load<u32>(keys + a));
      note(load<i32>(ids + a), 2);
    } else {
      decide(record);
      record += RECORD;
    }
  }
}

/** The author of the next new post is written down; returns where its vector goes. */
function publish(author: i32): usize {
  const at = <usize>made;
  made++;
  store<i32>(authors + (at << 2), author);
  return written + (at << 4);
}

/** Counts an agent that was shown something (1), or did something (2), for the first time. */
function note(agent: i32, bits: i32): void {
  const at = seen + <usize>agent;
  const before = <i32>load<u8>(at);
  const gained = bits & ~before;
  store<u8>(at, before | bits);
  reached += gained & 1;
  acted += gained >> 1;
}

/** A new post: three parts of its author's interests, one part of chance. */
function compose(author: i32, key: u32): void {
  const base = key + 40 * GOLDEN;
  const steps = i32x4(0, <i32>GOLDEN, <i32>(2 * GOLDEN), <i32>(3 * GOLDEN));
  const noise = mix4(i32x4.add(i32x4.splat(<i32>base), steps));
  const own = v128.load(interests + ((<usize>author) << 4));
  const three = i16x8.splat(3);
  const shift = i16x8.splat(128);
  const low = i16x8.mul(i16x8.extend_low_i8x16_s(own), three);
  const high = i16x8.mul(i16x8.extend_high_i8x16_s(own), three);
  const left = i16x8.sub(i16x8.add(low, i16x8.extend_low_i8x16_u(noise)), shift);
  const right = i16x8.sub(i16x8.add(high, i16x8.extend_high_i8x16_u(noise)), shift);
  // Within −128 … 127 after the shift, so that narrowing saturates nothing.
  v128.store(publish(author), i8x16.narrow_i16x8_s(i16x8.shr_s(left, 2), i16x8.shr_s(right, 2)));
}

/** Lanes of draws, of which 24 bits count, that are below thresholds. */
function below(draws: v128, thresholds: v128): v128 {
  return i32x4.lt_s(i32x4.shr_u(mix4(draws), 8), thresholds);
}

/** A bit for every item, from three masks of four words. */
function bits(a: v128, b: v128, c: v128): i32 {
  return i32x4.bitmask(a) | (i32x4.bitmask(b) << 4) | (i32x4.bitmask(c) << 8);
}

/** Likes, reposts and answers of one reader. */
function decide(record: usize): void {
  const shown = load<i32>(record, SHOWN);
  const valid = (1 << shown) - 1;
  const key = i32x4.splat(load<i32>(record, KEY));
  const one = i32x4.splat(<i32>GOLDEN);
  const likesBase = i32x4.splat(838861);
  const othersBase = i32x4.splat(167772);
  const a = v128.load(record, PRODUCTS);
  const b = v128.load(record, PRODUCTS + 16);
  const c = v128.load(record, PRODUCTS + 32);
  let da = i32x4.add(key, v128.load(likeDraws));
  let db = i32x4.add(key, v128.load(likeDraws, 16));
  let dc = i32x4.add(key, v128.load(likeDraws, 32));
  let liked = bits(
    below(da, i32x4.add(likesBase, i32x4.shl(a, 7))),
    below(db, i32x4.add(likesBase, i32x4.shl(b, 7))),
    below(dc, i32x4.add(likesBase, i32x4.shl(c, 7))),
  );
  const ta = i32x4.add(othersBase, i32x4.shl(a, 5));
  const tb = i32x4.add(othersBase, i32x4.shl(b, 5));
  const tc = i32x4.add(othersBase, i32x4.shl(c, 5));
  da = i32x4.add(da, one);
  db = i32x4.add(db, one);
  dc = i32x4.add(dc, one);
  const reposted = bits(below(da, ta), below(db, tb), below(dc, tc)) & valid;
  da = i32x4.add(da, one);
  db = i32x4.add(db, one);
  dc = i32x4.add(dc, one);
  let answered = bits(below(da, ta), below(db, tb), below(dc, tc)) & valid;
  liked &= valid;
  views += shown;
  likes += popcnt(liked);
  replies += popcnt(answered);
  align(shown, a, b, c);
  const acts = i32((liked | reposted | answered) != 0);
  idle += 1 - acts;
  note(load<i32>(record, AGENT), i32(shown > 0) | (acts << 1));
  for (; liked; liked &= liked - 1) like(record, ctz(liked));
  if (reposted) {
    const slot = slotOf(record, ctz(reposted));
    addEvent(slot, 1);
    reposts++;
    v128.store(publish(load<i32>(record, AGENT)), v128.load(vectors + ((<usize>slot) << 4)));
  }
  for (; answered; answered &= answered - 1) addEvent(slotOf(record, ctz(answered)), 2);
}

/** Adds up the products of the items that are shown, in 256ths. */
function align(shown: i32, a: v128, b: v128, c: v128): void {
  const limit = i32x4.splat(shown);
  const numbers = i32x4(0, 1, 2, 3);
  const four = i32x4.splat(4);
  const next = i32x4.add(numbers, four);
  const x = v128.and(i32x4.shr_s(a, 8), i32x4.lt_s(numbers, limit));
  const y = v128.and(i32x4.shr_s(b, 8), i32x4.lt_s(next, limit));
  const z = v128.and(i32x4.shr_s(c, 8), i32x4.lt_s(i32x4.add(next, four), limit));
  alignment = i32x4.add(i32x4.add(alignment, x), i32x4.add(y, z));
}

function like(record: usize, item: i32): void {
  if (item >= load<i32>(record, IN_NETWORK)) {
    addEvent(slotOf(record, item), 0);
    return;
  }
  const at = placeOf(record, item);
  const edge = edgeAt(record, at);
  const word = load<u32>(edge);
  addEvent(<i32>((word >>> 5) << 2) + <i32>(at & 3), 0);
  store<u32>(edge, word + u32((word & 31) < FULL_AFFINITY));
}

/** Place in the row × 4 + slot in the ring of an item from the network. */
function placeOf(record: usize, item: i32): u32 {
  const candidate = load<u32>(record + ((<usize>item) << 2), BEST);
  return load<u8>(record + <usize>candidate, PLACES);
}

function edgeAt(record: usize, at: u32): usize {
  return load<usize>(record, ROW) + ((<usize>at) & ~3);
}

/** The slot of an item. */
function slotOf(record: usize, item: i32): i32 {
  const kept = load<i32>(record, IN_NETWORK);
  if (item >= kept) return load<i32>(record + ((<usize>(item - kept)) << 2), OUTSIDE);
  const at = placeOf(record, item);
  return <i32>((load<u32>(edgeAt(record, at)) >>> 5) << 2) + <i32>(at & 3);
}

function addEvent(slot: i32, kind: i32): void {
  store<i32>(nextEvent, (slot << 2) + kind);
  nextEvent += 4;
}

/** Phase 2 of a tick: counters of the posts of this lane's agents, then their new posts. */
export function commit(tick: i32): void {
  for (let other: i32 = 0; other < lanes; other++) countEvents(other);
  const slots = recent + ((<usize>((tick & 1) * agents + first)) << 2);
  for (let n: usize = 0; n < (<usize>made) << 2; n += 4) {
    const agent = load<i32>(authors + n);
    const head = <i32>load<u8>(heads + <usize>agent);
    const slot = (agent << 2) + head;
    store<u8>(heads + <usize>agent, (head + 1) & 3);
    store<u8>(stamps + <usize>slot, tick);
    v128.store(vectors + ((<usize>slot) << 4), v128.load(written + (n << 2)));
    v128.store(counts + ((<usize>slot) << 4), i32x4.splat(0));
    store<i32>(slots + n, slot);
  }
  if (tick % SWEEP == 0) sweep(tick);
}

/** Counts those of a lane's events that concern posts of this lane. */
function countEvents(other: i32): void {
  const at = <usize>load<u32>(bounds + ((<usize>(lanes + 1 + other)) << 2));
  const last = at + ((<usize>load<i32>(eventCounts + ((<usize>other) << 2))) << 2);
  const from = (<u32>first) << 4;
  const width = (<u32>(end - first)) << 4;
  for (let event: usize = at; event < last; event += 4) {
    const counter = load<u32>(event);
    if (counter - from >= width) continue;
    const address = counts + ((<usize>counter) << 2);
    store<u32>(address, load<u32>(address) + 1);
  }
}

/** Old posts get the same age again and again, lest their stamps come round. */
function sweep(tick: i32): void {
  const now = i8x16.splat(<i8>tick);
  const old = i8x16.splat(<i8>(tick - SWEPT_AGE));
  const oldest = i8x16.splat(<i8>AGE_LIMIT);
  for (let at = stamps + ((<usize>first) << 2); at < stamps + ((<usize>end) << 2); at += 16) {
    const found = v128.load(at);
    const young = i8x16.le_u(i8x16.sub(now, found), oldest);
    v128.store(at, v128.bitselect(found, old, young));
  }
}
