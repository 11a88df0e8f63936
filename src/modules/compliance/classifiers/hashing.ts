import { mix32 } from '../../../engine/math.js';

/** Buckets of the weight table, as a power of two. */
export const BUCKET_BITS = 17;
export const BUCKETS = 1 << BUCKET_BITS;

/** The 32-bit hash of a word, by UTF-16 units. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix32(hash | 0) | 0;
}

/** One hash of two, in which the order counts. */
export function combine(a: number, b: number): number {
  const x = Math.imul(a ^ 0x5bd1e995, 0x9e3779b1) + b;
  return Math.imul(x ^ (x >>> 15), 0x85ebca6b);
}

/** The bucket of a feature's hash. */
export function bucketOf(hash: number): number {
  return Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> (32 - BUCKET_BITS);
}
