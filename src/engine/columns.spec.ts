import { describe, expect, it } from 'vitest';
import { withRoom } from './columns.js';

describe('a growing column', () => {
  it('keeps what it holds, and what is new is zero', () => {
    const small = withRoom(Int32Array.of(1, 2, 3), 4);
    expect([...small.subarray(0, 5)]).toEqual([1, 2, 3, 0, 0]);
    const large = withRoom(small, 1_000_000);
    expect(large.length).toBeGreaterThanOrEqual(1_000_000);
    expect([...large.subarray(0, 5)]).toEqual([1, 2, 3, 0, 0]);
    expect(large.at(-1)).toBe(0);
  });

  it('is itself while there is room', () => {
    const column = new Float64Array(8);
    expect(withRoom(column, 8)).toBe(column);
  });

  it('grows where it stands once it is large, and views of it hold', () => {
    const column = withRoom(new Float64Array(0), 200_000);
    column[199_999] = 0.5;
    const view = column.subarray(199_999, 200_000);
    const grown = withRoom(column, 300_000);
    expect(grown.buffer).toBe(column.buffer);
    expect(grown[199_999]).toBe(0.5);
    grown[199_999] = 0.25;
    expect(view[0]).toBe(0.25);
    expect(grown).toHaveLength(400_000);
  });

  it('moves when it outgrows the addresses that were set aside for it', () => {
    const column = withRoom(new Uint8Array(0), 1 << 20);
    column[1] = 7;
    const moved = withRoom(column, 65 << 20);
    expect(moved.buffer).not.toBe(column.buffer);
    expect(moved).toHaveLength(65 << 20);
    expect(moved[1]).toBe(7);
  });

  it('takes no memory for the addresses that it sets aside', () => {
    const before = process.memoryUsage().rss;
    const columns = Array.from({ length: 100 }, () => withRoom(new Uint8Array(0), 1 << 20));
    expect(columns).toHaveLength(100);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 2 ** 20);
  });
});
