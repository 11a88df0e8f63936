import { log } from './math.js';
import { type RandomKey, RandomStream } from './random.js';
import { withRoom } from './columns.js';
import { similarity } from './vectors.js';

/** How agents choose whom they follow. All shares are in [0, 1]. */
export interface GraphSettings {
  /** Mean number of followees of an agent, ≥ 0; individual numbers are skewed, as in real networks. */
  readonly meanFollows: number;
  /** Share of follows for which the most alike of eight proposals is taken instead of the first. */
  readonly homophily: number;
  /** Share of proposals that copy the target of an earlier follow (the rich get richer); the rest are uniform. */
  readonly hubs: number;
  /** Probability that a follow is returned. */
  readonly reciprocity: number;
}

/**
 * Who follows whom, in compressed sparse rows: the followees of agent `i` are
 * `followees[offsets[i] … offsets[i + 1])`, ascending; `affinity` runs parallel, in [0, 1].
 */
export interface Graph {
  readonly count: number;
  readonly offsets: Uint32Array;
  readonly followees: Uint32Array;
  readonly affinity: Float32Array;
}

const PROPOSALS = 8;
const ATTEMPTS = 16;
/** Own follows are capped at this multiple of the mean, so that no row dominates a tick. */
const LONGEST_ROW = 6;

/** Follows in the order they were made: edge e goes from `sources[e]` to `targets[e]`. */
class FollowList {
  sources: Int32Array = new Int32Array(1024);
  targets: Int32Array = new Int32Array(1024);
  length = 0;

  add(source: number, target: number): void {
    this.sources = withRoom(this.sources, this.length + 1);
    this.targets = withRoom(this.targets, this.length + 1);
    this.sources[this.length] = source;
    this.targets[this.length] = target;
    this.length += 1;
  }

  /** Whether one of the follows from position `from` on leads to `target`. */
  leadsTo(target: number, from: number): boolean {
    for (let e = from; e < this.length; e += 1) if (this.targets[e] === target) return true;
    return false;
  }
}

/**
 * Builds the affinity graph. A follow is a proposal (uniform, or the target of an earlier follow: preferential
 * attachment by edge copying, after Kumar et al., "Stochastic models for the Web graph", FOCS 2000) that wins on
 * interest similarity with probability `homophily`. No agent follows itself, none follows another twice.
 * @param interests unit vectors, one row an agent
 */
export function buildGraph(
  interests: Int8Array,
  count: number,
  settings: GraphSettings,
  key: RandomKey,
): Graph {
  const follows = new FollowList();
  const returned = new FollowList();
  const stream = new RandomStream(key, 0);
  for (let agent = 0; agent < count; agent += 1) {
    stream.restart(agent);
    const first = follows.length;
    const wanted = drawDegree(settings, count, stream);
    for (let n = 0; n < wanted; n += 1) {
      const target = chooseTarget(agent, first, follows, { interests, count, settings, stream });
      if (target < 0) continue;
      follows.add(agent, target);
      if (stream.unit() < settings.reciprocity) returned.add(target, agent);
    }
  }
  for (let e = 0; e < returned.length; e += 1) {
    follows.add(returned.sources[e] as number, returned.targets[e] as number);
  }
  return toRows(follows, count, interests);
}

/** A skewed number of own follows; returned follows make up the rest of the mean. */
function drawDegree(settings: GraphSettings, count: number, stream: RandomStream): number {
  const mean = settings.meanFollows / (1 + settings.reciprocity);
  // A quarter of the mean for everyone, the rest exponential.
  const degree = Math.round(mean * (0.25 - 0.75 * log(1 - stream.unit())));
  return Math.min(degree, Math.ceil(mean * LONGEST_ROW), count - 1);
}

interface Choice {
  readonly interests: Int8Array;
  readonly count: number;
  readonly settings: GraphSettings;
  readonly stream: RandomStream;
}

/** An agent that `agent` does not follow yet, or -1 when none turned up. */
function chooseTarget(agent: number, first: number, follows: FollowList, choice: Choice): number {
  const alike = choice.stream.unit() < choice.settings.homophily;
  let best = -1;
  let bestSimilarity = -Infinity;
  let proposals = 0;
  for (let attempt = 0; attempt < ATTEMPTS && proposals < (alike ? PROPOSALS : 1); attempt += 1) {
    const target = propose(follows, choice);
    if (target === agent || follows.leadsTo(target, first)) continue;
    proposals += 1;
    const likeness = alike ? similarity(choice.interests, agent, choice.interests, target) : 0;
    if (likeness > bestSimilarity) {
      bestSimilarity = likeness;
      best = target;
    }
  }
  return best;
}

function propose(follows: FollowList, { count, settings, stream }: Choice): number {
  const copies = stream.unit() < settings.hubs && follows.length > 0;
  const draw = stream.unit();
  return copies ? (follows.targets[Math.floor(draw * follows.length)] as number) : Math.floor(draw * count);
}

/** Counting sort by source, rows ascending and without doubles, each edge with its first affinity. */
function toRows(follows: FollowList, count: number, interests: Int8Array): Graph {
  const ends = new Uint32Array(count + 1);
  for (let e = 0; e < follows.length; e += 1) bump(ends, (follows.sources[e] as number) + 1);
  for (let i = 0; i < count; i += 1) ends[i + 1] = (ends[i + 1] as number) + (ends[i] as number);
  const cursor = ends.slice();
  const targets = new Uint32Array(follows.length);
  for (let e = 0; e < follows.length; e += 1) {
    targets[bump(cursor, follows.sources[e] as number)] = follows.targets[e] as number;
  }
  const offsets = new Uint32Array(count + 1);
  let length = 0;
  for (let i = 0; i < count; i += 1) {
    const row = targets.subarray(ends[i], ends[i + 1]).toSorted();
    let previous = -1;
    for (const target of row) {
      // Compacting in place is safe: the write position never passes the read position.
      if (target !== previous) targets[length++] = target;
      previous = target;
    }
    offsets[i + 1] = length;
  }
  const followees = targets.slice(0, length);
  return { count, offsets, followees, affinity: firstAffinities(offsets, followees, interests) };
}

function bump(column: Uint32Array, index: number): number {
  const before = column[index] as number;
  column[index] = before + 1;
  return before;
}

/** Affinity starts between 0 and a half by likeness, which leaves room to grow by interaction. */
function firstAffinities(offsets: Uint32Array, followees: Uint32Array, interests: Int8Array): Float32Array {
  const affinity = new Float32Array(followees.length);
  for (let agent = 0; agent + 1 < offsets.length; agent += 1) {
    const end = offsets[agent + 1] as number;
    for (let e = offsets[agent] as number; e < end; e += 1) {
      const likeness = similarity(interests, agent, interests, followees[e] as number);
      affinity[e] = Math.min(Math.max((1 + likeness) / 4, 0), 1);
    }
  }
  return affinity;
}

/** How many followers each agent has. */
export function followerCounts(graph: Graph): Uint32Array {
  const counts = new Uint32Array(graph.count);
  for (const followee of graph.followees) bump(counts, followee);
  return counts;
}

/** The Gini coefficient of non-negative counts, in [0, 1): 0 when all are equal; 0 for an empty or all-zero list. */
export function gini(counts: Uint32Array): number {
  const sorted = counts.toSorted();
  let sum = 0;
  let weighted = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    sum += sorted[i] as number;
    weighted += (i + 1) * (sorted[i] as number);
  }
  return sum === 0 ? 0 : (2 * weighted) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
}
