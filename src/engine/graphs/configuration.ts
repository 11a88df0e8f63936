import { RandomStream } from '../random.js';
import { EdgeList } from './edge-list.js';
import { addLink, type GraphModel } from './graph-model.js';
import { LinkSet } from './link-set.js';

export interface ConfigurationSettings {
  /** Links of each agent, one number an agent. */
  readonly degrees: Int32Array;
  /** Probability in [0, 1] that a follow is returned; 1 keeps the degrees as numbers of followees and followers. */
  readonly reciprocity: number;
}

/** Swaps tried for each link; ten mix well: Milo et al., "On the uniform generation of random graphs", arXiv:cond-mat/0312028. */
const SWAPS_A_LINK = 10;

/** Links in the order they were made, ends apart. */
interface Links {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * A network in which everyone has exactly as many links as asked, no two between the same, and that is otherwise random:
 * a first network after Havel and Hakimi, then its links exchange ends (degree-preserving double edge swaps). Source: Newman,
 * "Networks" (2010), chapter 13; Milo et al. 2003.
 * @throws RangeError where no network has these degrees
 */
export function configuration({ degrees, reciprocity }: ConfigurationSettings): GraphModel {
  return ({ count }, key) => {
    const links = firstNetwork(degrees.subarray(0, count));
    const edges = new EdgeList();
    const stream = new RandomStream(key, 0);
    swapEnds(links, count, stream);
    for (let link = 0; link < links.from.length; link += 1) {
      const [from, to] = [links.from[link] as number, links.to[link] as number];
      const forward = reciprocity === 1 || stream.unit() < 0.5;
      addLink(edges, forward ? [from, to] : [to, from], reciprocity, stream);
    }
    return edges;
  };
}

/** Whether a network has these degrees; `undefined`, or what is wrong with them. */
export function degreesProblem(degrees: Int32Array): string | undefined {
  const sum = degrees.reduce((before, degree) => before + degree, 0);
  if (sum % 2 === 1) return `the degrees add up to ${sum}, and every link has two ends`;
  try {
    firstNetwork(degrees);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return undefined;
}

/** Links each agent, that of the most links first, to those of the most links left. @throws RangeError */
function firstNetwork(degrees: Int32Array): Links {
  const left = degrees.slice();
  const order = Uint32Array.from(left.keys()).toSorted(
    (a, b) => (left[b] as number) - (left[a] as number) || a - b,
  );
  const ends = left.reduce((before, degree) => before + degree, 0);
  const links = { from: new Int32Array(ends >> 1), to: new Int32Array(ends >> 1) };
  let length = 0;
  const join = (agent: number, place: number): void => {
    const other = order[place] as number;
    left[other] = (left[other] as number) - 1;
    links.from[length] = agent;
    links.to[length++] = other;
  };
  for (let at = 0; at < order.length; at += 1) {
    const agent = order[at] as number;
    const wanted = left[agent] as number;
    if (wanted === 0) break;
    const last = at + wanted;
    const least = last < order.length ? (left[order[last] as number] as number) : 0;
    if (least <= 0)
      throw new RangeError('no network has these degrees: some have too many links for the others');
    // Of those who are equal at the border the last are taken, so that the order stays one.
    const first = firstBelow(order, left, at + 1, least + 1);
    const end = firstBelow(order, left, first, least);
    for (let place = at + 1; place < first; place += 1) join(agent, place);
    for (let place = end - (last - first + 1); place < end; place += 1) join(agent, place);
    left[agent] = 0;
  }
  return links;
}

/** The first place from `from` on with fewer links left than `bound`; they descend. */
function firstBelow(order: Uint32Array, left: Int32Array, from: number, bound: number): number {
  let [low, high] = [from, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((left[order[middle] as number] as number) < bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

function swapEnds({ from, to }: Links, count: number, stream: RandomStream): void {
  const known = new LinkSet(count, from.length);
  for (let link = 0; link < from.length; link += 1) known.add(from[link] as number, to[link] as number);
  for (let n = 0; n < from.length * SWAPS_A_LINK; n += 1) {
    const one = Math.floor(stream.unit() * from.length);
    const two = Math.floor(stream.unit() * from.length);
    const turned = stream.unit() < 0.5;
    const [a, b] = [from[one] as number, to[one] as number];
    const [c, d] = turned
      ? [to[two] as number, from[two] as number]
      : [from[two] as number, to[two] as number];
    if (a === d || c === b || a === c || b === d || known.has(a, d) || known.has(c, b)) continue;
    known.delete(a, b);
    known.delete(c, d);
    known.add(a, d);
    known.add(c, b);
    to[one] = d;
    from[two] = c;
    to[two] = b;
  }
}
