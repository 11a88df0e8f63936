import { describe, expect, it, vi } from 'vitest';
import { CompiledPolicies, compilePolicies } from '../guard/compiled-policies.js';
import { BacktestService } from './backtest.service.js';

const together = (): object => ({ policies: [], compiled: compilePolicies([]) });

/** Tries an empty policy on texts, with nothing in force. */
const service = (): BacktestService => {
  const library = { inForce: () => Promise.resolve(together()), together };
  const editor = { check: () => Promise.resolve({ id: 'house' }) };
  const given: unknown[] = [undefined, library, editor, undefined, undefined];
  return new BacktestService(...(given as ConstructorParameters<typeof BacktestService>));
};
const texts = Array.from({ length: 20 }, (_, at) => ({ id: String(at), text: 'a text' }));

describe('a backtest', () => {
  it('ends between two texts when its request does', async () => {
    const stop = new AbortController();
    const read = vi.spyOn(CompiledPolicies.prototype, 'read').mockImplementation(() => {
      if (read.mock.calls.length === 5) stop.abort();
    });
    const running = service().onTexts({ content: 'x' }, texts, stop.signal);
    await expect(running).rejects.toMatchObject({ code: 'backtest_ended' });
    expect(read).toHaveBeenCalledTimes(5);
    read.mockRestore();
  });

  it('gives others their turn between any two evaluations', async () => {
    let turns = 0;
    let seen = 0;
    const read = vi.spyOn(CompiledPolicies.prototype, 'read').mockImplementation(() => {
      expect(turns).toBeGreaterThan(seen);
      seen = turns;
      setImmediate(() => (turns += 1));
    });
    setImmediate(() => (turns += 1));
    const { items } = await service().onTexts({ content: 'x' }, texts, new AbortController().signal);
    expect([items.length, read.mock.calls.length]).toEqual([20, 40]);
    read.mockRestore();
  });
});
