/** A score with four decimals. */
export function rounded(value: number): number {
  // Adding 0 turns -0 into 0, which JSON cannot tell apart.
  return Math.round(value * 10_000) / 10_000 + 0;
}
