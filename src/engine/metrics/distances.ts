/**
 * The largest difference of two empirical distribution functions, in [0, 1]; 0 where either sample is empty. Source: Kolmogorov
 * (1933); Smirnov (1948).
 */
export function kolmogorovSmirnov(one: ArrayLike<number>, two: ArrayLike<number>): number {
  let largest = 0;
  compare(one, two, (difference) => {
    largest = Math.max(largest, Math.abs(difference));
  });
  return largest;
}

/**
 * The mean distance over which one sample must be moved to become the other (first Wasserstein distance), in the unit of the
 * values; 0 where either sample is empty. Source: Vallender, Theory of Probability and Its Applications 18 (1974).
 */
export function wasserstein(one: ArrayLike<number>, two: ArrayLike<number>): number {
  let sum = 0;
  compare(one, two, (difference, width) => {
    sum += Math.abs(difference) * width;
  });
  return sum;
}

/** Visits the steps of two distribution functions: their difference, and how far it reaches. */
function compare(
  one: ArrayLike<number>,
  two: ArrayLike<number>,
  visit: (difference: number, width: number) => void,
): void {
  if (one.length === 0 || two.length === 0) return;
  const [a, b] = [Float64Array.from(one).toSorted(), Float64Array.from(two).toSorted()];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const at = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    while (a[i] === at) i += 1;
    while (b[j] === at) j += 1;
    const next = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    visit(i / a.length - j / b.length, next === Infinity ? 0 : next - at);
  }
}
