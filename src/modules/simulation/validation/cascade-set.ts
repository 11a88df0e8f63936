import { type CascadeShapes, measureForest } from '../../../engine/index.js';

/** Cascades with the times of their nodes; each node stands behind its parent, and -1 is the parent of a root. */
export interface CascadeSet {
  readonly parents: Int32Array;
  /** Minutes, from whenever. */
  readonly minutes: Float64Array;
  /** Numbers of those who did it. */
  readonly users: Int32Array;
}

/** One cascade: its nodes in the order of their times. */
export interface Cascade {
  readonly size: number;
  readonly depth: number;
  readonly breadth: number;
  readonly virality: number;
  /** Minutes since the root, ascending. */
  readonly minutes: Float64Array;
  /** Steps from the root, of the same nodes. */
  readonly depths: Int32Array;
  /** 1 for a node whose user is new to the cascade. */
  readonly fresh: Uint8Array;
}

/** The cascades of a set that have at least so many nodes, in the order of their roots. */
export function cascadesOf(set: CascadeSet, minSize: number): Cascade[] {
  const shapes = measureForest({ length: set.parents.length, parents: set.parents });
  const depths = new Int32Array(set.parents.length);
  const members = nodesByCascade(set, depths, shapes.roots.length);
  return Array.from(shapes.roots.keys())
    .filter((row) => (shapes.sizes[row] as number) >= minSize)
    .map((row) => cascadeOf(set, shapes, row, { nodes: members[row] as number[], depths }));
}

/** The nodes of each cascade; fills in their depths. */
function nodesByCascade({ parents }: CascadeSet, depths: Int32Array, cascades: number): number[][] {
  const members = Array.from({ length: cascades }, () => [] as number[]);
  const row = new Int32Array(parents.length);
  let roots = 0;
  for (const [node, parent] of parents.entries()) {
    row[node] = parent < 0 ? roots++ : (row[parent] as number);
    depths[node] = parent < 0 ? 0 : (depths[parent] as number) + 1;
    members[row[node]]?.push(node);
  }
  return members;
}

function cascadeOf(
  { minutes, users }: CascadeSet,
  shapes: CascadeShapes,
  row: number,
  { nodes, depths }: { nodes: number[]; depths: Int32Array },
): Cascade {
  const start = minutes[shapes.roots[row] as number] as number;
  const ordered = nodes.toSorted((a, b) => (minutes[a] as number) - (minutes[b] as number) || a - b);
  const known = new Set<number>();
  const isNew = (node: number): number => {
    const before = known.size;
    return Number(known.add(users[node] as number).size > before);
  };
  return {
    size: shapes.sizes[row] as number,
    depth: shapes.depths[row] as number,
    breadth: shapes.breadths[row] as number,
    virality: shapes.viralities[row] as number,
    minutes: Float64Array.from(ordered, (node) => Math.max((minutes[node] as number) - start, 0)),
    depths: Int32Array.from(ordered, (node) => depths[node] as number),
    fresh: Uint8Array.from(ordered, isNew),
  };
}

/** The mean over cascades of the share of their users that were reached within so many minutes of the root; 0 without cascades. */
export function reachedWithin(cascades: readonly Cascade[], limit: number): number {
  let sum = 0;
  for (const { minutes, fresh } of cascades) {
    let [early, all] = [0, 0];
    for (const [place, minute] of minutes.entries()) {
      all += fresh[place] as number;
      if (minute <= limit) early += fresh[place] as number;
    }
    sum += early / all;
  }
  return cascades.length === 0 ? 0 : sum / cascades.length;
}
