import { zeros } from '../columns.js';

/** Cascades as one forest: nodes in an order in which each stands behind its parent; -1 is the parent of a root. */
export interface Forest {
  readonly length: number;
  readonly parents: Int32Array;
}

/** The shape of every cascade, one row a root in the order of the roots. */
export interface CascadeShapes {
  /** The node of each root. */
  readonly roots: Int32Array;
  /** Nodes, the root included. */
  readonly sizes: Int32Array;
  /** Steps from the root to the farthest node. */
  readonly depths: Int32Array;
  /** The most nodes at one depth. */
  readonly breadths: Int32Array;
  /** Structural virality: the mean distance of two nodes; 0 for a lonely root. */
  readonly viralities: Float64Array;
}

/**
 * Measures every cascade in linear time. The mean distance of pairs comes from subtree sizes: the edge above a subtree of s nodes
 * lies between s(n - s) pairs, so that ν = 2 Σ s(n - s) / n(n - 1). Source: Goel, Anderson, Hofman, Watts, "The Structural
 * Virality of Online Diffusion", Management Science 62 (2016).
 */
export function measureForest({ length, parents }: Forest): CascadeShapes {
  const row = zeros(Int32Array, length);
  const depth = zeros(Int32Array, length);
  const subtree = zeros(Int32Array, length).fill(1);
  let count = 0;
  for (let node = 0; node < length; node += 1) {
    const parent = parents[node] as number;
    row[node] = parent < 0 ? count++ : (row[parent] as number);
    depth[node] = parent < 0 ? 0 : (depth[parent] as number) + 1;
  }
  const shapes = {
    roots: zeros(Int32Array, count),
    sizes: zeros(Int32Array, count),
    depths: zeros(Int32Array, count),
    breadths: zeros(Int32Array, count),
    viralities: zeros(Float64Array, count),
  };
  for (let node = length - 1; node >= 0; node -= 1) {
    const parent = parents[node] as number;
    const at = row[node] as number;
    shapes.sizes[at] = (shapes.sizes[at] as number) + 1;
    shapes.depths[at] = Math.max(shapes.depths[at] as number, depth[node] as number);
    if (parent < 0) shapes.roots[at] = node;
    else subtree[parent] = (subtree[parent] as number) + (subtree[node] as number);
  }
  fillViralities(shapes, { length, parents }, row, subtree);
  fillBreadths(shapes, row, depth);
  return shapes;
}

function fillViralities(
  { sizes, viralities }: CascadeShapes,
  { length, parents }: Forest,
  row: Int32Array,
  subtree: Int32Array,
): void {
  for (let node = 0; node < length; node += 1) {
    if ((parents[node] as number) < 0) continue;
    const at = row[node] as number;
    const below = subtree[node] as number;
    viralities[at] = (viralities[at] as number) + below * ((sizes[at] as number) - below);
  }
  for (const [at, pairs] of viralities.entries()) {
    const size = sizes[at] as number;
    viralities[at] = size < 2 ? 0 : (2 * pairs) / (size * (size - 1));
  }
}

/** Counts the nodes of each cascade at each depth: a cascade has its own run of counters, one a depth. */
function fillBreadths({ depths, breadths }: CascadeShapes, row: Int32Array, depth: Int32Array): void {
  const starts = zeros(Int32Array, depths.length + 1);
  for (const [at, deepest] of depths.entries()) starts[at + 1] = (starts[at] as number) + deepest + 1;
  const levels = zeros(Int32Array, starts[depths.length] as number);
  for (const [node, at] of row.entries()) {
    const level = (starts[at] as number) + (depth[node] as number);
    levels[level] = (levels[level] as number) + 1;
    breadths[at] = Math.max(breadths[at] as number, levels[level]);
  }
}
