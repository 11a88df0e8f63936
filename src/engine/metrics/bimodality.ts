import { momentsOf } from './moments.js';

/**
 * The bimodality coefficient of SAS: (g² + 1) / (k + 3(n-1)² / ((n-2)(n-3))) of skewness g and excess kurtosis k. 5/9 for a
 * uniform distribution, a third for a normal one, 1 for two points; above 5/9 speaks for two humps. 0 below four values or
 * without spread. Source: SAS Institute, SAS/STAT User's Guide (1990); Pfister et al., Frontiers in Psychology 4 (2013).
 */
export function bimodality(values: ArrayLike<number>): number {
  const { count: n, variance, skewness, kurtosis } = momentsOf(values);
  if (n < 4 || variance === 0) return 0;
  return (skewness * skewness + 1) / (kurtosis + (3 * (n - 1) * (n - 1)) / ((n - 2) * (n - 3)));
}
