import { RING, WIDTH } from './model.js';

/** Bytes before the first array; address 0 is nothing's. */
const START = 64;
const LINE = 64;
/** Words behind the edges that a kernel reads four at a time. */
const SPARE_EDGES = 64;
/** Agents of a lane are a multiple of this, so that no two lanes share a cache line. */
const GRAIN = 16;
/** Room for events of a lane, beside three an agent; a lane that needs more stops the run. */
const SPARE_EVENTS = 8192;
/** Bytes of a lane for itself: lists and records of 512 agents. */
const SCRATCH = 896 * 1024;
/** Words of a lane's row of measures: two cache lines. */
export const MEASURES_ROW = (2 * LINE) / 8;

/** What a lane is told: the first four, then addresses, then its own room. The order is that of assembly/feedsim/memory.ts. */
const KERNEL_TABLE = [
  'bounds',
  'rowStarts',
  'edges',
  'interests',
  'stamps',
  'vectors',
  'counts',
  'heads',
  'recent',
  'recentCounts',
  'newAuthors',
  'newVectors',
  'events',
  'eventCounts',
  'measures',
  'seen',
] as const;

type ArrayName = (typeof KERNEL_TABLE)[number] | 'control' | 'tables' | 'scratch';

/** Where the arrays of a world are, in bytes from the start of its memory. */
export interface Layout {
  readonly agents: number;
  readonly edges: number;
  readonly lanes: number;
  readonly seed: number;
  readonly at: Readonly<Record<ArrayName, number>>;
  readonly bytes: number;
}

/** The first agent of a lane; of lane `lanes`, the number of agents. */
export function laneStart({ agents, lanes }: Layout, lane: number): number {
  return Math.min(agents, Math.floor((Math.ceil(agents / GRAIN) * lane) / lanes) * GRAIN);
}

/** The first of a lane's events, in words from the start of all. */
export function eventStart(layout: Layout, lane: number): number {
  return 3 * laneStart(layout, lane) + lane * SPARE_EVENTS;
}

/**
 * Lays out a world. Every array begins on a cache line.
 * @param seed a signed or unsigned 32-bit number
 * @param edges of all agents
 */
export function layOut(seed: number, agents: number, edges: number, lanes: number): Layout {
  const padded = Math.ceil(agents / GRAIN) * GRAIN;
  const sizes: Record<ArrayName, number> = {
    control: 4 * LINE,
    tables: 2 * LINE * lanes,
    bounds: 8 * (lanes + 1),
    measures: 8 * MEASURES_ROW * lanes,
    eventCounts: 4 * lanes,
    recentCounts: 8 * lanes,
    scratch: SCRATCH * lanes,
    rowStarts: 4 * (padded + 1),
    edges: 4 * (edges + SPARE_EDGES),
    interests: WIDTH * padded,
    stamps: RING * padded,
    vectors: RING * WIDTH * padded,
    counts: 4 * RING * 4 * padded,
    heads: padded,
    seen: padded,
    recent: 2 * 4 * agents,
    newAuthors: 4 * padded,
    newVectors: 2 * WIDTH * agents,
    events: 4 * (3 * agents + SPARE_EVENTS * lanes),
  };
  let next = START;
  const at: Partial<Record<ArrayName, number>> = {};
  for (const [name, size] of Object.entries(sizes) as [ArrayName, number][]) {
    at[name] = next;
    next += Math.ceil(size / LINE) * LINE;
  }
  return { agents, edges, lanes, seed, at: at as Record<ArrayName, number>, bytes: next };
}

/** Bytes from one lane's scratch, or table, to the next's. */
export const laneScratch = ({ at }: Layout, lane: number): number => at.scratch + lane * SCRATCH;
export const laneTable = ({ at }: Layout, lane: number): number => at.tables + lane * 2 * LINE;

/** What the kernel of a lane is told, as words. */
export function kernelTable(layout: Layout, lane: number): number[] {
  const { agents, seed, lanes, at } = layout;
  const event = (of: number): number => at.events + 4 * eventStart(layout, of);
  return [
    agents,
    seed,
    lane,
    lanes,
    ...KERNEL_TABLE.map((name) => at[name]),
    laneScratch(layout, lane),
    event(lane),
    event(lane + 1),
  ];
}
