import { log } from '../../../engine/math.js';
import { total } from '../fitting/count-table.js';

/**
 * Cramér's V of a table of two attributes, 0 (independent) to 1: the root of chi-squared over n (min(r, c) - 1), of
 * the rows and columns that somebody is in. Source: H. Cramér, "Mathematical Methods of Statistics" (1946), 21.9.
 */
export function cramersV(values: ArrayLike<number>, columns: number): number {
  const rows = values.length / columns;
  const rowSums = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  for (let at = 0; at < values.length; at += 1) {
    const row = Math.floor(at / columns);
    rowSums[row] = (rowSums[row] as number) + (values[at] as number);
    columnSums[at % columns] = (columnSums[at % columns] as number) + (values[at] as number);
  }
  const all = total(rowSums);
  const least = Math.min(rowSums.filter((sum) => sum > 0).length, columnSums.filter((sum) => sum > 0).length);
  if (least < 2) return 0;
  let chi = 0;
  for (let at = 0; at < values.length; at += 1) {
    const expected =
      ((rowSums[Math.floor(at / columns)] as number) * (columnSums[at % columns] as number)) / all;
    if (expected > 0) chi += ((values[at] as number) - expected) ** 2 / expected;
  }
  return Math.sqrt(chi / (all * (least - 1)));
}

/** Shannon's entropy of counts, in bits. */
export function entropy(counts: ArrayLike<number>): number {
  const all = total(Array.from(counts));
  let bits = 0;
  for (let at = 0; at < counts.length; at += 1) {
    const share = (counts[at] as number) / all;
    if (share > 0) bits -= share * (log(share) / log(2));
  }
  return bits;
}
