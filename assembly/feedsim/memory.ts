// Where things are: addresses in the shared memory, as src/engine/feedsim/layout.ts lays it out, and this lane's scratch.

/** Agents that are looked at together; about a tenth of them is active. */
export const CHUNK: i32 = 512;

/** Of a reader's record: where its row is, how many bytes it has, and how many candidates were found in it. */
export const ROW: usize = 0;
export const ROW_BYTES: usize = 4;
export const COUNT: usize = 8;
export const AGENT: usize = 12;
export const KEY: usize = 16;
/** Slots of the two posts from outside the network, −1 for none. */
export const PICKS: usize = 20;
/** Items that are shown, how many of them come from the network, and the slots of those that do not. */
export const SHOWN: usize = 28;
export const IN_NETWORK: usize = 32;
export const OUTSIDE: usize = 36;
/** Where the vectors of the two posts from outside are. */
export const PICKED: usize = 44;
/** Candidates of the eight best scores, best first, and the products of all items with the reader's interests. */
export const BEST: usize = 64;
export const PRODUCTS: usize = 96;
/** Candidates: place in the row × 4 + slot in the ring, and age, a byte each. */
export const PLACES: usize = 160;
export const AGES: usize = 304;
/** Candidates: product of interests and post, and score with the candidate's number, a word each. */
export const DOTS: usize = 448;
export const RANKS: usize = 992;
/** An odd number of cache lines, so that the records do not fall into the same sets of the cache. */
export const RECORD: usize = 1600;

export let agents: i32 = 0;
export let seed: u32 = 0;
export let lane: i32 = 0;
export let lanes: i32 = 0;
export let bounds: usize = 0;
export let rowStarts: usize = 0;
export let edges: usize = 0;
export let interests: usize = 0;
export let stamps: usize = 0;
export let vectors: usize = 0;
export let counts: usize = 0;
export let heads: usize = 0;
export let recent: usize = 0;
export let recentCounts: usize = 0;
export let newAuthors: usize = 0;
export let newVectors: usize = 0;
export let events: usize = 0;
export let eventCounts: usize = 0;
export let measures: usize = 0;
export let seen: usize = 0;

/** The agents of this lane, and of a chunk of it: numbers, keys, whether they post; places of those who read. */
export let first: i32 = 0;
export let end: i32 = 0;
export let ids: usize = 0;
export let keys: usize = 0;
export let posting: usize = 0;
export let readers: usize = 0;
export let records: usize = 0;
/** Patterns that bring the set lanes of a mask of four words, or of eight bytes, to the front. */
export let compactWords: usize = 0;
export let compactBytes: usize = 0;
/** Numbers of the draws that decide on likes, times GOLDEN. */
export let likeDraws: usize = 0;
/** Where sums of touched words go, so that no compiler leaves out the loads. */
export let sink: usize = 0;

/** Takes the addresses from `table`; see KERNEL_TABLE in src/engine/feedsim/layout.ts for their order. */
export function place(table: usize): void {
  agents = load<i32>(table);
  seed = load<u32>(table, 4);
  lane = load<i32>(table, 8);
  lanes = load<i32>(table, 12);
  bounds = load<u32>(table, 16);
  rowStarts = load<u32>(table, 20);
  edges = load<u32>(table, 24);
  interests = load<u32>(table, 28);
  stamps = load<u32>(table, 32);
  vectors = load<u32>(table, 36);
  counts = load<u32>(table, 40);
  heads = load<u32>(table, 44);
  recent = load<u32>(table, 48);
  recentCounts = load<u32>(table, 52);
  newAuthors = load<u32>(table, 56);
  newVectors = load<u32>(table, 60);
  events = load<u32>(table, 64);
  eventCounts = load<u32>(table, 68);
  measures = load<u32>(table, 72);
  seen = load<u32>(table, 76);
  first = load<i32>(bounds + ((<usize>lane) << 2));
  end = load<i32>(bounds + ((<usize>lane) << 2), 4);
  placeScratch(load<u32>(table, 80));
}

function placeScratch(scratch: usize): void {
  const list: usize = (((<usize>CHUNK) << 2) + 64) & ~63;
  ids = scratch;
  keys = ids + list;
  posting = keys + list;
  readers = posting + list;
  compactWords = readers + list;
  compactBytes = compactWords + 256;
  likeDraws = compactBytes + 2048;
  sink = likeDraws + 48;
  records = likeDraws + 64;
  for (let mask: u32 = 0; mask < 16; mask++) {
    let at = compactWords + ((<usize>mask) << 4);
    v128.store(at, i8x16.splat(-1));
    for (let word: u32 = 0; word < 4; word++) {
      if (((mask >>> word) & 1) == 0) continue;
      store<u32>(at, 0x03020100 + word * 0x04040404);
      at += 4;
    }
  }
  for (let mask: u32 = 0; mask < 256; mask++) {
    let at = compactBytes + ((<usize>mask) << 3);
    store<u64>(at, 0x8080808080808080);
    for (let byte: u32 = 0; byte < 8; byte++) {
      if (((mask >>> byte) & 1) == 0) continue;
      store<u8>(at, byte);
      at++;
    }
  }
}
