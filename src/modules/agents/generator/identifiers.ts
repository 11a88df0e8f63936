import { threefry2x32, type RandomKey } from '../../../engine/random.js';

const HEX4 = Array.from({ length: 0x10000 }, (_, value) => value.toString(16).padStart(4, '0'));

const hex = (word: number): string => HEX4[word] as string;

/** The ids and seeds of a population's agents: random-looking, and different for every index by construction. */
export class AgentIdentifiers {
  private readonly first = new Uint32Array(2);
  private readonly second = new Uint32Array(2);

  constructor(private readonly key: RandomKey) {}

  /**
   * A version-4-shaped UUID. All 64 bits of one cipher block, which is a bijection of the index, stand outside the
   * version and variant bits, so no two indices share an id.
   */
  id(index: number): string {
    const { first, second } = this;
    threefry2x32(this.key, index, 0, first);
    threefry2x32(this.key, index, 1, second);
    const [a, b] = [first[0] as number, first[1] as number];
    const [c, d] = [second[0] as number, second[1] as number];
    return (
      `${hex(a >>> 16)}${hex(a & 0xffff)}-${hex(c >>> 16)}-${hex(0x4000 | (c & 0x0fff))}-` +
      `${hex(0x8000 | (d >>> 18))}-${hex(d & 0xffff)}${hex(b >>> 16)}${hex(b & 0xffff)}`
    );
  }

  /** Sixteen hexadecimal digits. */
  seed(index: number): string {
    threefry2x32(this.key, index, 2, this.first);
    const [a, b] = [this.first[0] as number, this.first[1] as number];
    return `${hex(a >>> 16)}${hex(a & 0xffff)}${hex(b >>> 16)}${hex(b & 0xffff)}`;
  }
}

/** @param digest at least sixteen bytes */
export function uuidFromDigest(digest: Uint8Array): string {
  const bytes = digest.slice(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const text = Buffer.from(bytes).toString('hex');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    '-',
  );
}

/** A key of its own for every use of randomness. @param use 1 to 2^32 - 1 */
export function subkey(key: RandomKey, use: number): RandomKey {
  const words = new Uint32Array(2);
  // Streams count their blocks from zero within each agent; the last subject is no agent.
  threefry2x32(key, 0xffffffff, use, words);
  return { k0: words[0] as number, k1: words[1] as number };
}
