import { keyFromText, type RandomKey, RandomStream } from './random.js';

/** Dimensions of an interest vector. Sixteen keep unrelated topics near a right angle and a row in one cache line. */
export const DIMENSIONS = 16;

/** Topics whose directions are kept. */
const KNOWN_TOPICS = 10_000;

/** The quantised length of a vector: components are signed bytes, so dot products are exact integers. */
export const UNIT = 127;

/** Scales components to length {@link UNIT} and writes them as signed bytes; all zeros stay zero. */
export function writeUnitVector(components: Float64Array, out: Int8Array, row: number): void {
  let square = 0;
  for (const component of components) square += component * component;
  const scale = square > 0 ? UNIT / Math.sqrt(square) : 0;
  for (let d = 0; d < DIMENSIONS; d += 1) {
    out[row * DIMENSIONS + d] = Math.round((components[d] as number) * scale);
  }
}

/** A vector, of which only the direction matters, and its length. */
export interface Direction {
  readonly components: Float64Array;
  readonly length: number;
}

/** The direction drawn from a key: the same key always points the same way. */
export function directionOf(key: RandomKey): Direction {
  const stream = new RandomStream(key, 0);
  const components = new Float64Array(DIMENSIONS);
  let square = 0;
  for (let d = 0; d < DIMENSIONS; d += 1) {
    // The sum of two uniform draws: its corners are rare enough that directions spread almost evenly.
    const component = stream.unit() + stream.unit() - 1;
    components[d] = component;
    square += component * component;
  }
  return { components, length: Math.sqrt(square) };
}

/** Adds `weight` times the unit vector in a direction. */
export function addDirection(sum: Float64Array, { components, length }: Direction, weight: number): void {
  const scale = weight / length;
  for (let d = 0; d < DIMENSIONS; d += 1) sum[d] = (sum[d] as number) + (components[d] as number) * scale;
}

/** The direction of a topic: a function of its text alone. `#StreetArt` and `street art` are the same topic. */
export function topicKey(topic: string): RandomKey {
  const letters = topic
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return keyFromText(`topic:${letters}`);
}

/** The directions of topics, each drawn once for as long as they are few. */
export class TopicDirections {
  private readonly known = new Map<string, Direction>();

  of(topic: string): Direction {
    const known = this.known.get(topic);
    if (known !== undefined) return known;
    const direction = directionOf(topicKey(topic));
    if (this.known.size < KNOWN_TOPICS) this.known.set(topic, direction);
    return direction;
  }
}

/** The cosine of two rows, in about [-1, 1]. */
export function similarity(a: Int8Array, rowA: number, b: Int8Array, rowB: number): number {
  let dot = 0;
  const baseA = rowA * DIMENSIONS;
  const baseB = rowB * DIMENSIONS;
  // Four at a time, and in integers: this is what most of a session's time goes into.
  for (let d = 0; d < DIMENSIONS; d += 4) {
    const i = baseA + d;
    const j = baseB + d;
    dot =
      (dot +
        Math.imul(a[i] as number, b[j] as number) +
        Math.imul(a[i + 1] as number, b[j + 1] as number) +
        Math.imul(a[i + 2] as number, b[j + 2] as number) +
        Math.imul(a[i + 3] as number, b[j + 3] as number)) |
      0;
  }
  return dot / (UNIT * UNIT);
}
