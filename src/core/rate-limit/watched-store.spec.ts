import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BudgetStore } from './budget-store.js';
import { WatchedStore } from './watched-store.js';

const DRAW = { key: 'caller:ana', points: 1, limit: 5, windowMs: 60_000 };

describe('a store that fails', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('is told of once, asked once a second, and told of again when it answers', async () => {
    const lines: string[] = [];
    const draw = vi.fn<BudgetStore['draw']>().mockRejectedValue(new Error('gone'));
    const store = new WatchedStore(
      { draw, close: async () => {} },
      {
        warn: (fields, message) => lines.push(`${JSON.stringify(fields)} ${message}`),
        info: (message) => lines.push(message),
      },
    );
    await expect(store.draw(DRAW)).rejects.toThrow('gone');
    await expect(store.draw(DRAW)).rejects.toThrow('rests');
    expect(draw).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1_000);
    const probes = await Promise.allSettled([store.draw(DRAW), store.draw(DRAW), store.draw(DRAW)]);
    expect(probes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(draw).toHaveBeenCalledTimes(2);
    expect(lines).toEqual([
      '{"error":"gone"} the store of rate limits does not answer: callers are not counted, logins are refused',
    ]);
    draw.mockResolvedValue({ granted: 1, left: 4, resetMs: 60_000 });
    vi.advanceTimersByTime(1_000);
    await expect(store.draw(DRAW)).resolves.toMatchObject({ granted: 1 });
    await store.draw(DRAW);
    expect(lines.slice(1)).toEqual(['requests are counted again']);
    expect(draw).toHaveBeenCalledTimes(4);
  });
});
