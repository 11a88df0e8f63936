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

/** How many followers each agent has. */
export function followerCounts(graph: Graph): Uint32Array {
  const counts = new Uint32Array(graph.count);
  for (const followee of graph.followees) counts[followee] = (counts[followee] as number) + 1;
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
