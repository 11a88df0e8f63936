import type { EdgeList } from './edge-list.js';

/** Follows in compressed sparse rows, each row ascending and without doubles; see Graph. */
export interface Rows {
  readonly offsets: Uint32Array;
  readonly followees: Uint32Array;
  /** Of the first of equal follows in the list; empty where the list has none. */
  readonly weights: Float32Array;
}

/** Sorts follows by follower, then by followee, in linear time: two stable counting sorts. */
export function toRows(edges: EdgeList, count: number): Rows {
  const byTarget = countingSort(edges.targets, undefined, edges.length, count).order;
  const { order, ends } = countingSort(edges.sources, byTarget, edges.length, count);
  const weighted = edges.weights.length > 0;
  const followees = new Uint32Array(edges.length);
  const weights = new Float32Array(weighted ? edges.length : 0);
  const offsets = new Uint32Array(count + 1);
  let length = 0;
  for (let source = 0; source < count; source += 1) {
    let previous = -1;
    const end = ends[source + 1] as number;
    for (let at = ends[source] as number; at < end; at += 1) {
      const edge = order[at] as number;
      const target = edges.targets[edge] as number;
      if (target === previous) continue;
      if (weighted) weights[length] = edges.weights[edge] as number;
      followees[length++] = target;
      previous = target;
    }
    offsets[source + 1] = length;
  }
  return { offsets, followees: followees.slice(0, length), weights: weights.slice(0, length) };
}

/** The edges in the order of their keys, those of one key in the order given; `ends[k]` is where key k begins. */
function countingSort(
  keys: Int32Array,
  given: Uint32Array | undefined,
  length: number,
  count: number,
): { order: Uint32Array; ends: Uint32Array } {
  const ends = new Uint32Array(count + 1);
  for (let e = 0; e < length; e += 1) bump(ends, (keys[e] as number) + 1);
  for (let k = 0; k < count; k += 1) ends[k + 1] = (ends[k + 1] as number) + (ends[k] as number);
  const cursor = ends.slice();
  const order = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) {
    const edge = given === undefined ? at : (given[at] as number);
    order[bump(cursor, keys[edge] as number)] = edge;
  }
  return { order, ends };
}

function bump(column: Uint32Array, index: number): number {
  const before = column[index] as number;
  column[index] = before + 1;
  return before;
}
