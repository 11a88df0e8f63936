import { RandomStream } from '../random.js';
import { EdgeList } from './edge-list.js';
import type { GraphModel } from './graph-model.js';
import { visitAtRandom } from './skipping.js';

export interface ErdosRenyiSettings {
  /** Mean number of followees, ≥ 0. */
  readonly meanFollows: number;
}

/**
 * Pure chance: every ordered pair is a follow with the same probability, G(n, p) with p = mean / (n - 1). Source: Gilbert,
 * "Random Graphs", Annals of Mathematical Statistics 30 (1959); Erdős, Rényi, Publicationes Mathematicae 6 (1959).
 */
export function erdosRenyi({ meanFollows }: ErdosRenyiSettings): GraphModel {
  return ({ count }, key) => {
    const edges = new EdgeList();
    const others = count - 1;
    visitAtRandom(count * others, meanFollows / others, new RandomStream(key, 0), (place) => {
      const source = Math.floor(place / others);
      const target = place - source * others;
      edges.add(source, target < source ? target : target + 1);
    });
    return edges;
  };
}
