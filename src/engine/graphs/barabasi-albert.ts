import { RandomStream } from '../random.js';
import { EdgeList } from './edge-list.js';
import { addLink, type GraphModel } from './graph-model.js';

export interface BarabasiAlbertSettings {
  /** Links that each newcomer makes, ≥ 1. */
  readonly links: number;
  /** Probability in [0, 1] that a follow is returned; 1 is the undirected model. */
  readonly reciprocity: number;
}

/**
 * Growth with preferential attachment: each newcomer links to `links` different earlier agents, chosen in proportion to their
 * degrees. Begins with `links + 1` agents who are all linked. Source: Barabási, Albert, "Emergence of Scaling in Random
 * Networks", Science 286 (1999); the linear algorithm: Batagelj, Brandes, Physical Review E 71 (2005).
 */
export function barabasiAlbert({ links, reciprocity }: BarabasiAlbertSettings): GraphModel {
  return ({ count }, key) => {
    const edges = new EdgeList();
    const stream = new RandomStream(key, 0);
    // Every end of every link, so that an agent stands here as often as it has links.
    const ends = new Int32Array(2 * count * links);
    let length = 0;
    const link = (newcomer: number, other: number): void => {
      addLink(edges, [newcomer, other], reciprocity, stream);
      ends[length++] = newcomer;
      ends[length++] = other;
    };
    const chosen = new Int32Array(links);
    for (let agent = 1; agent < count; agent += 1) {
      stream.restart(agent);
      const known = length;
      const wanted = Math.min(agent, links);
      for (let n = 0; n < wanted; n += 1) {
        let other: number;
        do {
          other = agent <= links ? n : (ends[Math.floor(stream.unit() * known)] as number);
        } while (chosen.subarray(0, n).includes(other));
        chosen[n] = other;
        link(agent, other);
      }
    }
    return edges;
  };
}
