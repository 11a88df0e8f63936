/** Draws values in proportion to their weights, from one number in [0, 1) each. */
export class WeightedTable<T> {
  private readonly values: readonly T[];
  private readonly bounds: Float64Array;

  /** @param entries at least one, of weights above 0 */
  constructor(entries: readonly (readonly [value: T, weight: number])[]) {
    if (entries.length === 0) throw new RangeError('a weighted table needs an entry');
    let sum = 0;
    this.values = entries.map(([value]) => value);
    this.bounds = Float64Array.from(entries, ([, weight]) => (sum += weight));
    for (let i = 0; i < this.bounds.length; i += 1) this.bounds[i] = (this.bounds[i] as number) / sum;
  }

  /** @param unit a number in [0, 1) */
  pick(unit: number): T {
    let low = 0;
    let high = this.bounds.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (unit < (this.bounds[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return this.values[low] as T;
  }
}
