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

/** Whether a text is one of the messages that spam is learned from. */
export const isMessage = ({ source }: Pick<Example, 'source'>): boolean => source === 'sms';
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
  examples.forEach((example, at) => {
    if (!isMessage(example)) return;
    messages += 1;
    for (const bucket of lists[at] ?? []) counts[bucket] = (counts[bucket] ?? 0) + 1;
  });
  return counts.map((count) => log(1 + messages / (1 + count)) / 4);
}

/** A table before its weights are made small: each bucket's worth is in its weight. */
interface Draft {
  readonly weights: Float32Array;
  readonly bias: number;
}

/** How the messages are parted, each part to be scored by what the others teach. */
export interface Parts {
  readonly count: number;
  readonly of: (message: Example) => number;
}

/** Learns the table of letters; the same examples and seed give the same table. */
export class SurfaceTrainer {
  private readonly known: readonly Example[];
  private readonly lists: readonly Int32Array[];

  /** @param examples those that say nothing of spam are left out */
  constructor(
    examples: readonly Example[],
    tokeniser: Tokeniser,
    private readonly seed: string,
  ) {
    this.known = examples.filter(({ labels }) => labels[SPAM] !== -1);
    this.lists = readAll(this.known, tokeniser);
  }

  train(): SurfaceModel {
    return quantised(this.learn(this.known.map((_, at) => at)));
  }

  /**
   * What is said of messages by tables that were learned without them: of each part by one that knows the other parts.
   * Of the other sources' texts, which matter little here, each table knows some.
   */
  crossScored(messages: readonly Example[], parts: Parts): Map<Example, number> {
    const wanted = new Set(messages);
    const scores = new Map<Example, number>();
    for (let part = 0; part < parts.count; part += 1) {
      const isLeftOut = (example: Example): boolean => wanted.has(example) && parts.of(example) === part;
      const isKnown = (example: Example, at: number): boolean =>
        isMessage(example) ? !isLeftOut(example) : at % parts.count === part;
      const draft = this.learn(this.known.flatMap((example, at) => (isKnown(example, at) ? [at] : [])));
      this.known.forEach((example, at) => {
        if (isLeftOut(example)) scores.set(example, sumOf(draft, this.lists[at] ?? new Int32Array()));
      });
    }
    return scores;
  }

  /** Support vectors with a squared loss, which on few messages tell them apart better than logistic regression. */
  private learn(places: readonly number[]): Draft {
    const { known, lists, seed } = this;
    const worth = rarity(
      places.map((at) => known[at] as Example),
      places.map((at) => lists[at] ?? new Int32Array()),
    );
    const weights = new Float32Array(SURFACE_BUCKETS);
    const squares = new Float32Array(SURFACE_BUCKETS).fill(1);
    let bias = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const place of shuffled(places.length, `${seed}:surface:${round}`)) {
        const at = places[place] ?? 0;
        const example = known[at] as Example;
        const list = lists[at] ?? new Int32Array();
        const value = 1 / Math.sqrt(Math.max(1, list.length));
        let sum = bias;
        for (const bucket of list) sum += value * (worth[bucket] ?? 0) * (weights[bucket] ?? 0);
        const side = example.labels[SPAM] === 1 ? 1 : -1;
        const short = 1 - side * sum;
        if (short <= 0) continue;
        const gap = -2 * side * short * (isMessage(example) ? 1 : ELSEWHERE);
        bias -= 0.05 * gap;
        for (const bucket of list) {
          const gradient = gap * value * (worth[bucket] ?? 0);
          squares[bucket] = (squares[bucket] ?? 0) + gradient * gradient;
          weights[bucket] = (weights[bucket] ?? 0) - (RATE * gradient) / Math.sqrt(squares[bucket] ?? 1);
        }
      }
    }
    return { weights: weights.map((weight, bucket) => weight * (worth[bucket] ?? 0)), bias };
  }
}

function sumOf({ weights, bias }: Draft, list: Int32Array): number {
  let sum = 0;
  for (const bucket of list) sum += weights[bucket] ?? 0;
  return bias + sum / Math.sqrt(Math.max(1, list.length));
}

function quantised({ weights, bias }: Draft): SurfaceModel {
  const largest = weights.map(Math.abs).toSorted()[Math.floor(SURFACE_BUCKETS * CUT)] ?? 0;
  const scale = largest === 0 ? 1 : largest / 127;
  const steps = Int8Array.from(weights, (weight) =>
    Math.max(-127, Math.min(127, Math.round(weight / scale))),
  );
  return { weights: steps, scale, bias };
}
