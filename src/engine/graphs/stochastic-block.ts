import { RandomStream } from '../random.js';
import { EdgeList } from './edge-list.js';
import type { GraphModel } from './graph-model.js';
import { visitAtRandom } from './skipping.js';

export interface StochasticBlockSettings {
  /** The block of each agent, below the number of rows of `probabilities`. */
  readonly blockOf: Uint16Array;
  /** Probability that someone of the row's block follows someone of the column's. */
  readonly probabilities: readonly (readonly number[])[];
}

/**
 * Blocks with a density of follows each: an ordered pair is a follow with the probability of its two blocks. Source: Holland,
 * Laskey, Leinhardt, "Stochastic blockmodels: first steps", Social Networks 5 (1983).
 */
export function stochasticBlock({ blockOf, probabilities }: StochasticBlockSettings): GraphModel {
  return ({ count }, key) => {
    const edges = new EdgeList();
    const stream = new RandomStream(key, 0);
    const members = probabilities.map(() => [] as number[]);
    for (let agent = 0; agent < count; agent += 1) members[blockOf[agent] as number]?.push(agent);
    for (const [row, sources] of members.entries()) {
      for (const [column, targets] of members.entries()) {
        stream.restart(row * members.length + column);
        const probability = probabilities[row]?.[column] ?? 0;
        visitAtRandom(sources.length * targets.length, probability, stream, (place) => {
          const at = Math.floor(place / targets.length);
          const source = sources[at] as number;
          const target = targets[place - at * targets.length] as number;
          if (source !== target) edges.add(source, target);
        });
      }
    }
    return edges;
  };
}
