import type { Graph } from '../graph.js';
import type { RandomKey } from '../random.js';
import {
  type AffinitySettings,
  type AffinityTraits,
  firstAffinities,
  INTEREST_AFFINITY,
} from './affinity.js';
import type { GraphModel } from './graph-model.js';
import { toRows } from './rows.js';

/** People as a network is made of them; what affinity does not ask for may be missing. */
export type GraphPeople = { readonly count: number } & Pick<AffinityTraits, 'interests'> &
  Partial<AffinityTraits>;

/** Builds the network of a model, each follow with its first affinity. @throws RangeError where the model cannot be made */
export function buildGraph(
  model: GraphModel,
  people: GraphPeople,
  key: RandomKey,
  affinity: AffinitySettings = INTEREST_AFFINITY,
): Graph {
  const rows = toRows(model(people, key), people.count);
  const { offsets, followees } = rows;
  return { count: people.count, offsets, followees, affinity: firstAffinities(rows, people, affinity) };
}
