import { logistic } from '../../src/engine/math.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { FAMILIES } from '../../src/modules/compliance/classifiers/features.js';
import { BUCKET_BITS, BUCKETS } from '../../src/modules/compliance/classifiers/hashing.js';
import { COLUMNS } from '../../src/modules/compliance/classifiers/heads.js';

const BUCKET_MASK = BUCKETS - 1;

/** Feature lists of many texts, one after the other. */
export class FeatureLists {
  private packed = new Int32Array(1 << 20);
  private values: number[] = [];
  readonly offsets: number[] = [0];
  private length = 0;

  get count(): number {
    return this.offsets.length - 1;
  }

  /** Adds a text's features: `family` and `bucket` of each, and what one of each family counts. */
  push(buckets: Int32Array, families: Uint8Array, length: number, values: ArrayLike<number>): void {
    if (this.length + length > this.packed.length) {
      const grown = new Int32Array(Math.max(this.packed.length * 2, this.length + length));
      grown.set(this.packed);
      this.packed = grown;
    }
    for (let at = 0; at < length; at += 1) {
      this.packed[this.length + at] = ((families[at] ?? 0) << BUCKET_BITS) | (buckets[at] ?? 0);
    }
    this.length += length;
    this.offsets.push(this.length);
    for (let family = 0; family < FAMILIES; family += 1) this.values.push(values[family] ?? 0);
  }

  /** Calls back with the bucket and value of each feature of a list. */
  each(list: number, visit: (bucket: number, value: number) => void): void {
    const end = this.offsets[list + 1] ?? 0;
    for (let at = this.offsets[list] ?? 0; at < end; at += 1) {
      const packed = this.packed[at] ?? 0;
      visit(packed & BUCKET_MASK, this.values[list * FAMILIES + (packed >>> BUCKET_BITS)] ?? 0);
    }
  }
}

/** Weights by bucket, then column, and a bias per column. */
export class LinearModel {
  readonly weights = new Float32Array(BUCKETS * COLUMNS);
  readonly bias = new Float64Array(COLUMNS);
  private readonly squares = new Float32Array(BUCKETS * COLUMNS).fill(0.01);
  private readonly biasSquares = new Float64Array(COLUMNS).fill(1);

  /** The sums of every column for a list of features. */
  sums(lists: FeatureLists, list: number, sums: Float64Array): void {
    const { weights } = this;
    sums.set(this.bias);
    lists.each(list, (bucket, value) => {
      const row = bucket * COLUMNS;
      for (let column = 0; column < COLUMNS; column += 1) {
        sums[column] = (sums[column] ?? 0) + value * (weights[row + column] ?? 0);
      }
    });
  }

  /** One step of AdaGrad against the gradients of the columns' sums. */
  step(lists: FeatureLists, list: number, gradients: Float64Array, rate: number): void {
    const { weights, squares } = this;
    const active: number[] = [];
    for (let column = 0; column < COLUMNS; column += 1) {
      const gradient = gradients[column] ?? 0;
      if (gradient === 0) continue;
      active.push(column);
      const total = (this.biasSquares[column] ?? 0) + gradient * gradient;
      this.biasSquares[column] = total;
      this.bias[column] = (this.bias[column] ?? 0) - (rate * gradient) / Math.sqrt(total);
    }
    if (active.length === 0) return;
    lists.each(list, (bucket, value) => {
      const row = bucket * COLUMNS;
      for (const column of active) {
        const gradient = (gradients[column] ?? 0) * value;
        const at = row + column;
        const total = (squares[at] ?? 0) + gradient * gradient;
        squares[at] = total;
        weights[at] = (weights[at] ?? 0) - (rate * gradient) / Math.sqrt(total);
      }
    });
  }

  /** Draws all weights towards nothing, the more the less they were called on. */
  shrink(factor: number): void {
    for (let at = 0; at < this.weights.length; at += 1) this.weights[at] = (this.weights[at] ?? 0) * factor;
  }
}

export interface TrainingSet {
  readonly lists: FeatureLists;
  /** 1, 0 or -1 for unknown, by list and column. */
  readonly targets: Int8Array;
  readonly weights: Float32Array;
}

/** Below this, a text is told well enough not to learn from it in this round. */
const TOLD = 0.01;

/** The numbers below `count` in an order that the seed decides. */
export function shuffled(count: number, seed: string): Int32Array {
  const order = Int32Array.from({ length: count }, (_, at) => at);
  const draw = new RandomStream(keyFromText(seed), 0);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = Math.floor(draw.unit() * (at + 1));
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}

/** Learns the columns by logistic regression over `rounds` rounds; the same set and seed give the same weights. */
export function train(
  set: TrainingSet,
  seed: string,
  rounds: number,
  rate: number,
  report: (text: string) => void,
): LinearModel {
  const model = new LinearModel();
  const sums = new Float64Array(COLUMNS);
  const gradients = new Float64Array(COLUMNS);
  for (let round = 0; round < rounds; round += 1) {
    for (const list of shuffled(set.lists.count, `${seed}:${round}`)) {
      model.sums(set.lists, list, sums);
      for (let column = 0; column < COLUMNS; column += 1) {
        const target = set.targets[list * COLUMNS + column] ?? -1;
        const gap = target < 0 ? 0 : logistic(sums[column] ?? 0) - target;
        gradients[column] = gap > -TOLD && gap < TOLD ? 0 : gap * (set.weights[list] ?? 1);
      }
      model.step(set.lists, list, gradients, rate / (1 + round));
    }
    model.shrink(0.98);
    report(`round ${round + 1} of ${rounds}`);
  }
  return model;
}

/** Weights as whole numbers from -127 to 127, with the worth of one step per column. */
export function quantise(model: LinearModel): { weights: Int8Array; scales: number[] } {
  const weights = new Int8Array(model.weights.length);
  const scales: number[] = [];
  for (let column = 0; column < COLUMNS; column += 1) {
    const magnitudes = new Float32Array(BUCKETS);
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      magnitudes[bucket] = Math.abs(model.weights[bucket * COLUMNS + column] ?? 0);
    }
    magnitudes.sort();
    // The few largest are cut, so that the many small ones keep their differences.
    const largest = magnitudes[Math.floor(BUCKETS * 0.9998)] ?? 0;
    const scale = largest === 0 ? 1 : largest / 127;
    scales.push(scale);
    for (let at = column; at < weights.length; at += COLUMNS) {
      weights[at] = Math.max(-127, Math.min(127, Math.round((model.weights[at] ?? 0) / scale)));
    }
  }
  return { weights, scales };
}
