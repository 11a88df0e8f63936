import { describe, expect, it } from 'vitest';
import { bar, sparkline } from './bars.js';

describe('a bar', () => {
  it.each([
    [0, ''],
    [0.001, '▏'],
    [0.25, '█'],
    [0.3, '█▎'],
    [1, '████'],
  ])('of %s of four places is %j', (part, drawn) => {
    expect(bar(part, 4)).toBe(drawn);
  });
});

describe('a sparkline', () => {
  it('has a column for each number, the greatest the highest, and none for 0', () => {
    expect(sparkline([0, 1, 4, 8, 0])).toBe(' ▁▄█ ');
    expect(sparkline([3])).toBe('█');
    expect(sparkline([1, 1_000_000])).toBe('▁█');
  });
});
