import { describe, expect, it } from 'vitest';
import { keyFromText, RandomStream } from '../../../engine/random.js';
import { FAMILIES, type Features } from './features.js';
import { COLUMNS } from './heads.js';
import { WeightSums } from './weight-sums.js';

const ROWS = 64;

describe('WeightSums', () => {
  it('adds up signed bytes, however many there are', () => {
    const draw = new RandomStream(keyFromText('weight sums'), 0);
    const weights = Int8Array.from({ length: ROWS * COLUMNS }, (_, at) =>
      at < COLUMNS ? -128 : at < 2 * COLUMNS ? 127 : draw.below(256) - 128,
    );
    const sums = new WeightSums(weights);
    for (const length of [0, 1, 256, 257, 258, 1000, 5000]) {
      // The extremes alone, too: a lane overflows there first.
      for (const rows of [1, 2, ROWS]) {
        const buckets = Int32Array.from({ length }, () => (rows < ROWS ? rows - 1 : draw.below(ROWS)));
        const families = Uint8Array.from({ length }, () => draw.below(FAMILIES));
        const features = { buckets, families, length } as Features;
        for (let family = 0; family < FAMILIES; family += 1) {
          const expected = new Int32Array(COLUMNS);
          for (let at = 0; at < length; at += 1) {
            if (families[at] !== family) continue;
            for (let column = 0; column < COLUMNS; column += 1) {
              expected[column] =
                (expected[column] ?? 0) + (weights[(buckets[at] ?? 0) * COLUMNS + column] ?? 0);
            }
          }
          const found = new Int32Array(COLUMNS).fill(7);
          sums.write(features, family, found, 0);
          expect(found).toEqual(expected);
        }
      }
    }
  });
});
