// Random numbers: lowbias32 of a key, one at a time or four at a time. All arithmetic is modulo 2^32.

/** Between two draws of a key, two edges, two numbers of an interest, two ticks. */
export const GOLDEN: u32 = 0x9e3779b9;
/** Between two agents. */
export const AGENT_STEP: u32 = 0x85ebca6b;

/** A bijection of 32 bits that looks random. */
export function mix(word: u32): u32 {
  let x = word ^ (word >>> 16);
  x *= 0x7feb352d;
  x ^= x >>> 15;
  x *= 0x846ca68b;
  return x ^ (x >>> 16);
}

/** `mix` of each of four lanes. */
export function mix4(words: v128): v128 {
  let x = v128.xor(words, i32x4.shr_u(words, 16));
  x = i32x4.mul(x, i32x4.splat(0x7feb352d));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(<i32>0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** Lanes that are at most `limit`, unsigned, as masks; there is no such instruction in SSE. */
export function atMost(words: v128, limit: v128): v128 {
  return i32x4.eq(i32x4.min_u(words, limit), words);
}
