import { describe, expect, it } from 'vitest';
import { logistic } from '../../src/engine/math.js';
import { fitPlatt, type Judged } from './platt.js';

/** A hundred texts at each of some log-odds, of which as many are positive as twice those log-odds say. */
const overcautious: Judged[] = [-2, -1, 0, 1, 2].flatMap((x) =>
  Array.from({ length: 100 }, (_, at) => ({ x: [x], label: at < 100 * logistic(2 * x) })),
);

describe('calibration', () => {
  it('finds the factor that makes log-odds honest', () => {
    const [slope = 0, shift = 1] = fitPlatt(overcautious);
    expect(slope).toBeCloseTo(2, 1);
    expect(shift).toBeCloseTo(0, 1);
  });

  it('takes both labels for equally common', () => {
    const rare = overcautious.filter(({ label }, at) => !label || at % 10 === 0);
    const [, shift = 9] = fitPlatt(rare);
    expect(Math.abs(shift)).toBeLessThan(0.3);
  });

  it('weighs several parts by what they tell', () => {
    const items = overcautious.map(({ x, label }, at) => ({ x: [...x, (at % 7) - 3], label }));
    const [useful = 0, noise = 9] = fitPlatt(items);
    expect(useful).toBeGreaterThan(1.5);
    expect(Math.abs(noise)).toBeLessThan(0.2);
  });

  it('stays finite where everything is told apart', () => {
    const factors = fitPlatt(overcautious.map(({ x }) => ({ x, label: (x[0] ?? 0) > 0 })));
    for (const factor of factors) expect(Number.isFinite(factor)).toBe(true);
  });
});
