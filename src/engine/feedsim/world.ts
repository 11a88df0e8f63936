import {
  eventStart,
  kernelTable,
  laneStart,
  laneTable,
  layOut,
  MEASURES_ROW,
  type Layout,
} from './layout.js';
import { degreeOf, followeeOf, interestAt, MEASURES, RING, WIDTH } from './model.js';

/** Bits of an edge that hold its affinity; the others are the followee. */
export const AFFINITY_BITS = 5;
export const AFFINITY_MASK = (1 << AFFINITY_BITS) - 1;
/** The age in ticks that posts have at the start, and again after every sweep: too old to be shown. */
export const SWEPT_AGE = 128;

/**
 * A network in shared memory, which all lanes see. Agents are numbers; the posts that are kept of agent `i` are the slots
 * `4 i … 4 i + 3`, a ring.
 */
export interface World {
  readonly layout: Layout;
  readonly buffer: SharedArrayBuffer;
  /** See barrier.ts. */
  readonly control: Int32Array;
  /** First agents of lanes, and the number of agents; then where the lanes' events begin, in bytes. */
  readonly bounds: Int32Array;
  /** Followees of agent `i` are the edges `rowStarts[i] … rowStarts[i + 1]`. */
  readonly rowStarts: Uint32Array;
  /** Followee × 32 + affinity, 0 to 16. */
  readonly edges: Uint32Array;
  /** Sixteen an agent. */
  readonly interests: Int8Array;
  /** Of every slot, the tick of its post modulo 256. */
  readonly stamps: Uint8Array;
  /** Of every slot, sixteen: what its post is about. */
  readonly vectors: Int8Array;
  /** Of every slot, likes, reposts and replies of its post; the fourth is not used. */
  readonly counts: Uint32Array;
  /** Of every agent, the slot in its ring that its next post takes. */
  readonly heads: Uint8Array;
  /** Slots of the posts newly made in an even tick, then in an odd one, each lane's from its first agent on. */
  readonly recent: Int32Array;
  /** How many they are: of even ticks by lane, then of odd ones. */
  readonly recentCounts: Int32Array;
  /** Authors of this tick's posts, each lane's from its first agent on. */
  readonly newAuthors: Int32Array;
  /** Vectors of the posts newly made in an even tick, then in an odd one, as in `recent`. */
  readonly newVectors: Int8Array;
  /** Slot × 4 + counter of what happened to posts in this tick, each lane's from {@link eventStart} on. */
  readonly events: Int32Array;
  readonly eventCounts: Int32Array;
  /** Of every agent, whether it was ever shown something (1), and ever did something (2). */
  readonly seen: Uint8Array;
  /** Of every lane, the measures of the tick. */
  readonly measures: Float64Array;
}

/** The number of edges that a network will have. */
export function countEdges(seed: number, agents: number): number {
  let edges = 0;
  for (let agent = 0; agent < agents; agent += 1) edges += degreeOf(seed, agent);
  return edges;
}

/** The layout of a network. @param lanes 1 or more; those without agents do nothing */
export function planWorld(seed: number, agents: number, lanes: number): Layout {
  return layOut(seed, agents, countEdges(seed, agents), lanes);
}

/** The views of a world in memory that is large enough. */
export function viewWorld(layout: Layout, buffer: SharedArrayBuffer): World {
  const { agents, edges, lanes, at } = layout;
  return {
    layout,
    buffer,
    control: new Int32Array(buffer, at.control, 64),
    bounds: new Int32Array(buffer, at.bounds, 2 * (lanes + 1)),
    rowStarts: new Uint32Array(buffer, at.rowStarts, agents + 1),
    edges: new Uint32Array(buffer, at.edges, edges),
    interests: new Int8Array(buffer, at.interests, WIDTH * agents),
    stamps: new Uint8Array(buffer, at.stamps, RING * agents),
    vectors: new Int8Array(buffer, at.vectors, RING * WIDTH * agents),
    counts: new Uint32Array(buffer, at.counts, RING * 4 * agents),
    heads: new Uint8Array(buffer, at.heads, agents),
    recent: new Int32Array(buffer, at.recent, 2 * agents),
    recentCounts: new Int32Array(buffer, at.recentCounts, 2 * lanes),
    newAuthors: new Int32Array(buffer, at.newAuthors, agents),
    newVectors: new Int8Array(buffer, at.newVectors, 2 * WIDTH * agents),
    events: new Int32Array(buffer, at.events, eventStart(layout, lanes)),
    eventCounts: new Int32Array(buffer, at.eventCounts, lanes),
    seen: new Uint8Array(buffer, at.seen, agents),
    measures: new Float64Array(buffer, at.measures, MEASURES_ROW * lanes),
  };
}

/** Writes into memory that holds zeros what all lanes need: where things are, and who follows whom. */
export function foundWorld(world: World): void {
  const { layout, rowStarts, edges } = world;
  const { seed, agents, lanes } = layout;
  for (let lane = 0; lane <= lanes; lane += 1) {
    world.bounds[lane] = laneStart(layout, lane);
    world.bounds[lanes + 1 + lane] = layout.at.events + 4 * eventStart(layout, lane);
    if (lane === lanes) break;
    new Int32Array(world.buffer, laneTable(layout, lane), 32).set(kernelTable(layout, lane));
  }
  const earlier = (edge: number): number => (edges[edge] as number) >>> AFFINITY_BITS;
  let edge = 0;
  for (let agent = 0; agent < agents; agent += 1) {
    rowStarts[agent] = edge;
    const end = edge + degreeOf(seed, agent);
    for (; edge < end; edge += 1) {
      edges[edge] = followeeOf(seed, agents, agent, edge, earlier) << AFFINITY_BITS;
    }
  }
  rowStarts[agents] = edge;
}

/** Writes the state of a lane's agents before the first tick: their interests, and that they have no posts. */
export function foundLane({ layout, interests, stamps }: World, lane: number): void {
  const first = laneStart(layout, lane);
  const end = laneStart(layout, lane + 1);
  for (let place = first * WIDTH; place < end * WIDTH; place += 1) {
    interests[place] = interestAt(layout.seed, place);
  }
  stamps.fill(256 - SWEPT_AGE, first * RING, end * RING);
}

/** The measures of the tick, summed over lanes, in the order of MEASURES. */
export function sumMeasures({ layout, measures }: World, out: Float64Array): void {
  for (let measure = 0; measure < MEASURES.length; measure += 1) {
    let sum = 0;
    for (let lane = 0; lane < layout.lanes; lane += 1)
      sum += measures[lane * MEASURES_ROW + measure] as number;
    out[measure] = sum;
  }
}

/** The parts of a world that are its state: the same for any kernel and any number of lanes. */
export function stateOf(world: World): readonly ArrayBufferView<SharedArrayBuffer>[] {
  const { edges, stamps, vectors, counts, heads, seen } = world;
  return [edges, stamps, vectors, counts, heads, seen] as ArrayBufferView<SharedArrayBuffer>[];
}
