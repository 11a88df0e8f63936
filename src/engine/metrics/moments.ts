/** Centre, spread and shape of a sample. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Of the sample: divided by n - 1; 0 below two values. */
  readonly variance: number;
  /** Bias-corrected (SAS); 0 below three values or without spread. */
  readonly skewness: number;
  /** Bias-corrected excess (SAS); 0 below four values or without spread. */
  readonly kurtosis: number;
}

/** The moments of a sample, in two passes, each in the order of the values. */
export function momentsOf(values: ArrayLike<number>): Moments {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += values[i] as number;
  const mean = n === 0 ? 0 : sum / n;
  let [square, cube, fourth] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const from = (values[i] as number) - mean;
    square += from * from;
    cube += from * from * from;
    fourth += from * from * from * from;
  }
  const variance = n < 2 ? 0 : square / (n - 1);
  const spread = Math.sqrt(variance);
  const skewness =
    n < 3 || variance === 0 ? 0 : (n / ((n - 1) * (n - 2))) * (cube / (spread * spread * spread));
  const kurtosis =
    n < 4 || variance === 0
      ? 0
      : ((n * (n + 1)) / ((n - 1) * (n - 2) * (n - 3))) * (fourth / (variance * variance)) -
        (3 * (n - 1) * (n - 1)) / ((n - 2) * (n - 3));
  return { count: n, mean, variance, skewness, kurtosis };
}
