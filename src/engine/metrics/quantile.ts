/**
 * The value below which a share of a sample lies, interpolated between neighbours (R's type 7, the usual one); 0 for an empty
 * sample. @param share in [0, 1]
 */
export function quantile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).toSorted();
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const below = sorted[low] as number;
  const above = sorted[Math.min(low + 1, sorted.length - 1)] as number;
  return below + (place - low) * (above - below);
}
