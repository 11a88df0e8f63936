import { log } from '../math.js';
import type { RandomStream } from '../random.js';

/**
 * Visits each of `pairs` places with probability `probability`, in ascending order, in time proportional to those visited: the
 * gaps between them are geometric. Source: Batagelj, Brandes, "Efficient generation of large random networks", Physical
 * Review E 71 (2005).
 * @param pairs a whole number below 2^53
 */
export function visitAtRandom(
  pairs: number,
  probability: number,
  stream: RandomStream,
  visit: (place: number) => void,
): void {
  // So small that 1 - p is 1: the first gap would be endless.
  if (1 - probability === 1) return;
  if (probability >= 1) {
    for (let place = 0; place < pairs; place += 1) visit(place);
    return;
  }
  const scale = 1 / log(1 - probability);
  // Two words, since one has too few values for the long gaps of a sparse network.
  const uniform = (): number => (stream.uint32() + (stream.uint32() >>> 11) / 2097152) / 4294967296;
  for (let place = gap(uniform(), scale); place < pairs; place += 1 + gap(uniform(), scale)) visit(place);
}

function gap(uniform: number, scale: number): number {
  return Math.floor(log(1 - uniform) * scale);
}
