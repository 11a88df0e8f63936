import { log } from '../../src/engine/math.js';
import { textShape } from '../../src/modules/compliance/classifiers/features.js';
import { HEADS } from '../../src/modules/compliance/classifiers/heads.js';
import {
  SURFACE_BUCKETS,
  SURFACE_UNITS,
  SurfaceFeatures,
} from '../../src/modules/compliance/classifiers/surface.js';
import type { Tokeniser } from '../../src/modules/compliance/classifiers/tokens.js';
import type { Example } from './authored.js';
import { shuffled } from './trainer.js';

const MESSAGES = 'sms';
const SPAM = HEADS.indexOf('spam');
const ROUNDS = 12;
const RATE = 0.1;
/** What a text of another source than the messages counts beside one of them. */
const ELSEWHERE = 0.15;
/** Weights beyond this part of all are cut, so that the small ones keep their differences. */
const CUT = 0.9995;

/** What letters as they stand say for spam: a small weight per bucket, what one step of it is worth, and a bias. */
export interface SurfaceModel {
  readonly weights: Int8Array;
  readonly scale: number;
  readonly bias: number;
}

/** The buckets of each text. */
function readAll(examples: readonly Example[], tokeniser: Tokeniser): Int32Array[] {
  const features = new SurfaceFeatures();
  return examples.map(({ text }) => {
    const tokens = tokeniser.read(text);
    const { units, length } = tokeniser.folded;
    features.read(units, 0, Math.min(length, SURFACE_UNITS), textShape(text, tokens));
    return features.buckets.slice(0, features.length);
  });
}

/** How much a bucket tells: the fewer of the messages have it, the more. */
function rarity(examples: readonly Example[], lists: readonly Int32Array[]): Float32Array {
  const counts = new Float32Array(SURFACE_BUCKETS);
  let messages = 0;
  examples.forEach(({ source }, at) => {
    if (source !== MESSAGES) return;
    messages += 1;
    for (const bucket of lists[at] ?? []) counts[bucket] = (counts[bucket] ?? 0) + 1;
  });
  return counts.map((count) => log(1 + messages / (1 + count)) / 4);
}

/**
 * Learns the table by support vectors with a squared loss, which on few messages tells them apart better than logistic
 * regression; the same examples and seed give the same table.
 */
export function trainSurface(examples: readonly Example[], tokeniser: Tokeniser, seed: string): SurfaceModel {
  const known = examples.filter(({ labels }) => labels[SPAM] !== -1);
  const lists = readAll(known, tokeniser);
  const worth = rarity(known, lists);
  const weights = new Float32Array(SURFACE_BUCKETS);
  const squares = new Float32Array(SURFACE_BUCKETS).fill(1);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const at of shuffled(known.length, `${seed}:surface:${round}`)) {
      const { labels, source } = known[at] as Example;
      const list = lists[at] ?? new Int32Array();
      const value = 1 / Math.sqrt(Math.max(1, list.length));
      let sum = bias;
      for (const bucket of list) sum += value * (worth[bucket] ?? 0) * (weights[bucket] ?? 0);
      const side = labels[SPAM] === 1 ? 1 : -1;
      const short = 1 - side * sum;
      if (short <= 0) continue;
      const gap = -2 * side * short * (source === MESSAGES ? 1 : ELSEWHERE);
      bias -= 0.05 * gap;
      for (const bucket of list) {
        const gradient = gap * value * (worth[bucket] ?? 0);
        squares[bucket] = (squares[bucket] ?? 0) + gradient * gradient;
        weights[bucket] = (weights[bucket] ?? 0) - (RATE * gradient) / Math.sqrt(squares[bucket] ?? 1);
      }
    }
  }
  return quantised(
    weights.map((weight, bucket) => weight * (worth[bucket] ?? 0)),
    bias,
  );
}

function quantised(weights: Float32Array, bias: number): SurfaceModel {
  const largest = weights.map(Math.abs).toSorted()[Math.floor(SURFACE_BUCKETS * CUT)] ?? 0;
  const scale = largest === 0 ? 1 : largest / 127;
  const steps = Int8Array.from(weights, (weight) =>
    Math.max(-127, Math.min(127, Math.round(weight / scale))),
  );
  return { weights: steps, scale, bias };
}
