import { RandomStream } from '../random.js';
import { EdgeList } from './edge-list.js';
import { addLink, type GraphModel } from './graph-model.js';
import { LinkSet } from './link-set.js';

export interface WattsStrogatzSettings {
  /** Links of each agent in the ring, even, ≥ 2. */
  readonly neighbours: number;
  /** Probability in [0, 1] that a link is laid anew. */
  readonly rewiring: number;
  /** Probability in [0, 1] that a follow is returned; 1 is the undirected model. */
  readonly reciprocity: number;
}

/**
 * A small world: a ring in which everyone is linked to the nearest, and one end of some links is laid to anyone. With no
 * rewiring, clustering is 3(k - 2) / 4(k - 1). Source: Watts, Strogatz, "Collective dynamics of 'small-world' networks",
 * Nature 393 (1998).
 */
export function wattsStrogatz({ neighbours, rewiring, reciprocity }: WattsStrogatzSettings): GraphModel {
  return ({ count }, key) => {
    const edges = new EdgeList();
    const stream = new RandomStream(key, 0);
    const half = Math.min(neighbours / 2, Math.floor((count - 1) / 2));
    const links = new LinkSet(count, count * half);
    const degrees = new Int32Array(count).fill(2 * half);
    for (let step = 1; step <= half; step += 1) {
      for (let agent = 0; agent < count; agent += 1) links.add(agent, (agent + step) % count);
    }
    for (let step = 1; step <= half; step += 1) {
      for (let agent = 0; agent < count; agent += 1) {
        stream.restart(agent * half + step - 1);
        let other = (agent + step) % count;
        // Who is linked to all others has nowhere to lay a link.
        if (stream.unit() < rewiring && (degrees[agent] as number) < count - 1) {
          const before = other;
          do other = Math.floor(stream.unit() * count);
          while (other === agent || links.has(agent, other));
          links.delete(agent, before);
          links.add(agent, other);
          degrees[before] = (degrees[before] as number) - 1;
          degrees[other] = (degrees[other] as number) + 1;
        }
        addLink(edges, [agent, other], reciprocity, stream);
      }
    }
    return edges;
  };
}
