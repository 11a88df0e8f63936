/**
 * FeedSim: agents with fixed interests who post, read what their followees posted, and like, repost or answer. A model
 * small enough to be written down to the bit, by which engines are compared. All arithmetic is on 32-bit integers; a draw
 * depends on seed, tick, agent and its number alone, so that any order of work gives the same bytes.
 */

/** Ticks for which a post is shown. */
export const AGE_LIMIT = 20;
/** Posts kept of each author; the oldest gives way. */
export const RING = 4;
/** Numbers of an interest, and of a post's vector. */
export const WIDTH = 16;
/** Posts of the network in one session. */
export const KEPT = 8;
/** Posts from outside the network in one session. */
export const PICKED = 2;
/** The fewest and the most followees of an agent. */
export const DEGREES = [10, 30] as const;
/** Draws below are active agents: a tenth. */
export const ACTIVE = 429496729;
/** Draws of active agents below are posts: three tenths. */
export const POSTING = 1288490188;
/** The highest affinity of an edge. */
export const FULL_AFFINITY = 16;
/** Ticks that a measurement leaves out. */
export const WARM_UP = 25;

/** Between two draws of a key, two edges, two numbers of an interest, two ticks. */
const GOLDEN = 0x9e3779b9 | 0;
/** Between two agents. */
const AGENT_STEP = 0x85ebca6b | 0;
const SALT = { degree: 0x1111, edge: 0x2222, interest: 0x3333 };
/** From this edge on, an edge may copy the target of an earlier one. */
const FIRST_COPY = 64;

/**
 * lowbias32, a bijection of 32 bits: `x ^= x >>> 16; x *= 0x7feb352d; x ^= x >>> 15; x *= 0x846ca68b; x ^= x >>> 16`. Source:
 * Chris Wellons, "Prospecting for Hash Functions", 2018. @returns a signed word; `>>> 0` makes it unsigned
 */
export function mix(word: number): number {
  let x = word ^ (word >>> 16);
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return x ^ (x >>> 16);
}

/** `(a × b) >>> 32`, exact: `a` an unsigned 32-bit number, `b` a whole number from 0 to 2^32. */
export function scale(a: number, b: number): number {
  return Math.floor(((a >>> 16) * b + Math.floor(((a & 0xffff) * b) / 65536)) / 65536);
}

/** The key of a tick: `mix(seed + tick × GOLDEN)`. */
export function tickKey(seed: number, tick: number): number {
  return mix((seed + Math.imul(tick, GOLDEN)) | 0);
}

/** The key of an agent in a tick, which is also the draw that decides whether it is active. */
export function agentKey(key: number, agent: number): number {
  return mix(key ^ Math.imul(agent, AGENT_STEP));
}

/** Draw `n` of an agent's key, unsigned: `mix(key + n × GOLDEN)`. */
export function draw(key: number, n: number): number {
  return mix((key + Math.imul(n, GOLDEN)) | 0) >>> 0;
}

/** How many followees an agent has. */
export function degreeOf(seed: number, agent: number): number {
  const [fewest, most] = DEGREES;
  const draws = mix(((seed ^ SALT.degree) + Math.imul(agent, AGENT_STEP)) | 0) >>> 0;
  return fewest + (draws % (most - fewest + 1));
}

/**
 * The followee that edge `edge` of `agent` leads to: with even odds the target of an earlier edge, so that the popular gain
 * followers, otherwise anybody; never the agent itself, but its neighbour.
 * @param earlier the target of an earlier edge
 */
export function followeeOf(
  seed: number,
  count: number,
  agent: number,
  edge: number,
  earlier: (edge: number) => number,
): number {
  const first = mix((mix(seed ^ SALT.edge) + Math.imul(edge, GOLDEN)) | 0);
  const second = mix((first + GOLDEN) | 0) >>> 0;
  const copies = edge > FIRST_COPY && (first & 1) === 1;
  const target = copies ? earlier(scale(second, edge)) : scale(second, count);
  return target === agent ? (agent + 1) % count : target;
}

/** Number `place` of all interests, agent by agent: −127 to 127. */
export function interestAt(seed: number, place: number): number {
  return ((mix((mix(seed ^ SALT.interest) + Math.imul(place, GOLDEN)) | 0) >>> 0) % 255) - 127;
}

/** What happened in a tick, in the order in which a checksum takes it in; `alignment` is in 256ths. */
export const METRICS = ['active', 'posts', 'views', 'likes', 'reposts', 'replies', 'alignment'] as const;

/**
 * What is measured in a tick: the metrics, then readers that did nothing, and agents that were shown something, or that did
 * something, for the first time.
 */
export const MEASURES = [...METRICS, 'idle', 'reached', 'acted'] as const;

/** The checksum of a run up to the end of each tick: beginning at 0, `mix(checksum ^ metric)` for each metric in turn. */
export function checksumsOf(history: Float64Array): number[] {
  const sums: number[] = [];
  let sum = 0;
  for (let row = 0; row < history.length; row += MEASURES.length) {
    for (let metric = 0; metric < METRICS.length; metric += 1) {
      sum = mix(sum ^ ((history[row + metric] as number) | 0));
    }
    sums.push(sum >>> 0);
  }
  return sums;
}

/** The checksum of a run from its measures, a row a tick. */
export function checksumOf(history: Float64Array): number {
  return checksumsOf(history).at(-1) ?? 0;
}
