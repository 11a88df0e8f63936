import { zeros } from '../columns.js';
/** The {@link quantiles} of one share. */
export function quantile(values: ArrayLike<number>, share: number): number {
  return quantiles(values, [share])[0] as number;
}

/**
 * The values below which shares of a sample lie, interpolated between neighbours (R's type 7, the usual one); 0 for an empty
 * sample. @param shares in [0, 1]
 */
export function quantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  const sorted = zeros(Float64Array, values.length);
  sorted.set(values);
  sorted.sort();
  return shares.map((share) => quantileOfSorted(sorted, share));
}

function quantileOfSorted(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return 0;
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const below = sorted[low] as number;
  const above = sorted[Math.min(low + 1, sorted.length - 1)] as number;
  return below + (place - low) * (above - below);
}
