import type { RandomKey, RandomStream } from '../random.js';
import type { EdgeList } from './edge-list.js';

/** Those who follow each other. */
export interface People {
  readonly count: number;
  /** Unit vectors, one row an agent. */
  readonly interests: Int8Array;
}

/** A way to make a network: who follows whom, a function of the people and the key alone. */
export type GraphModel = (people: People, key: RandomKey) => EdgeList;

/**
 * Turns a link without a direction into follows: from `a` to `b`, and back with probability `reciprocity`. Draws one number
 * unless every link is returned or none is.
 */
export function addLink(
  edges: EdgeList,
  [a, b]: readonly [a: number, b: number],
  reciprocity: number,
  stream: RandomStream,
): void {
  edges.add(a, b);
  if (reciprocity === 1 || (reciprocity > 0 && stream.unit() < reciprocity)) edges.add(b, a);
}
