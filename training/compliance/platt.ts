import { logistic } from '../../src/engine/math.js';

/** What a model says of a text in log-odds, one number for each of its parts, and whether it is right to say so. */
export interface Judged {
  readonly x: readonly number[];
  readonly label: boolean;
}

const ROUNDS = 30;
/** Keeps the factors of parts that tell everything apart finite. */
const RIDGE = 1e-3;

/**
 * Factors and a shift that turn log-odds into honest ones (Platt 1999), by Newton's method; both labels weigh the same
 * together, so that the result holds where half of the texts are positive.
 * @returns the factor of each part, then the shift
 */
export function fitPlatt(items: readonly Judged[]): number[] {
  const positives = items.filter(({ label }) => label).length;
  const negatives = items.length - positives;
  const size = (items[0]?.x.length ?? 0) + 1;
  const factors = Array.from({ length: size }, () => 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = factors.map((factor) => -RIDGE * factor);
    const curvature = factors.map((_, at) => factors.map((__, other): number => (at === other ? RIDGE : 0)));
    for (const { x, label } of items) {
      const values = [...x, 1];
      const said = logistic(values.reduce((sum, value, at) => sum + value * (factors[at] ?? 0), 0));
      const weight = 1 / (label ? positives : negatives);
      // The labels are smoothed, so that few texts do not make the model all too sure.
      const target = label ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
      values.forEach((value, at) => {
        gradient[at] = (gradient[at] ?? 0) + weight * (target - said) * value;
        const row = curvature[at] ?? [];
        values.forEach((other, column) => {
          row[column] = (row[column] ?? 0) + weight * said * (1 - said) * value * other;
        });
      });
    }
    solve(curvature, gradient).forEach((step, at) => {
      factors[at] = (factors[at] ?? 0) + Math.max(-1, Math.min(1, step));
    });
  }
  return factors;
}

/** The solution of a small symmetric system, by elimination. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  rows.forEach((pivotRow, at) => {
    const pivot = pivotRow[at] ?? 1;
    rows.forEach((row, other) => {
      if (other === at) return;
      const factor = (row[at] ?? 0) / pivot;
      for (let column = at; column < row.length; column += 1)
        row[column] = (row[column] ?? 0) - factor * (pivotRow[column] ?? 0);
    });
  });
  return rows.map((row, at) => (row.at(-1) ?? 0) / (row[at] ?? 1));
}
