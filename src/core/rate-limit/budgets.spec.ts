import { describe, expect, it } from 'vitest';
import type { BudgetStore, Draw, Grant } from './budget-store.js';
import { Budgets, type Verdict } from './budgets.js';

/** A store whose clock the test sets; it answers in a later turn, as one across a network does. */
class FakeStore implements BudgetStore {
  now = 0;
  draws: Draw[] = [];
  broken = false;
  private readonly windows = new Map<string, { spent: number; endsAt: number }>();

  async draw(draw: Draw): Promise<Grant> {
    await Promise.resolve();
    if (this.broken) throw new Error('gone');
    this.draws.push(draw);
    let window = this.windows.get(draw.key);
    if (window === undefined || window.endsAt <= this.now) {
      window = { spent: 0, endsAt: this.now + draw.windowMs };
      this.windows.set(draw.key, window);
    }
    const granted = Math.max(0, Math.min(draw.points, draw.limit - window.spent));
    window.spent += granted;
    return { granted, left: draw.limit - window.spent, resetMs: window.endsAt - this.now };
  }

  async close(): Promise<void> {}
}

function process(store: FakeStore, limit: number): Budgets {
  return new Budgets({ name: 'caller', limit, windowMs: 60_000 }, store, () => store.now);
}

async function outcomes(budgets: Budgets, count: number): Promise<Verdict['outcome'][]> {
  const verdicts = await Promise.all(Array.from({ length: count }, async () => budgets.spend('ana')));
  return verdicts.map(({ outcome }) => outcome);
}

const admitted = (all: readonly Verdict['outcome'][]): number =>
  all.filter((outcome) => outcome === 'admitted').length;

describe('budgets', () => {
  it.each([1, 7, 100, 1_234])('of %d admit exactly as many, in three processes', async (limit) => {
    const store = new FakeStore();
    const processes = [process(store, limit), process(store, limit), process(store, limit)];
    const all = await Promise.all(processes.map((each) => outcomes(each, limit)));
    expect(admitted(all.flat())).toBe(limit);
  });

  it('ask the store for portions, and for all that wait at once', async () => {
    const store = new FakeStore();
    const budgets = process(store, 1_000);
    for (let i = 0; i < 20; i += 1) await budgets.spend('ana');
    expect(store.draws.map(({ points }) => points)).toEqual([10, 10]);
    await outcomes(budgets, 300);
    expect(store.draws.map(({ points }) => points)).toEqual([10, 10, 10, 299]);
  });

  it('do not ask again once the budget is at its end, until its window is', async () => {
    const store = new FakeStore();
    const budgets = process(store, 5);
    await outcomes(budgets, 9);
    const { length } = store.draws;
    expect(budgets.spend('ana')).toMatchObject({ outcome: 'refused', left: 0, resetMs: 60_000 });
    store.now = 59_999;
    expect(budgets.spend('ana')).toMatchObject({ outcome: 'refused', resetMs: 1 });
    expect(store.draws).toHaveLength(length);
    store.now = 60_000;
    expect(await outcomes(budgets, 9)).toEqual([...Array(5).fill('admitted'), ...Array(4).fill('refused')]);
  });

  it('forget what they have left when the window ends', async () => {
    const store = new FakeStore();
    const [first, second] = [process(store, 200), process(store, 200)];
    await first.spend('ana');
    store.now = 60_000;
    expect(admitted(await outcomes(second, 300))).toBe(200);
    expect(admitted(await outcomes(first, 5))).toBe(0);
  });

  it('take a request back that was not to count', async () => {
    const store = new FakeStore();
    const budgets = process(store, 2);
    for (let i = 0; i < 10; i += 1) {
      const verdict = await budgets.spend('ana');
      expect(verdict.outcome).toBe('admitted');
      budgets.refund(verdict);
    }
    expect(admitted(await outcomes(budgets, 5))).toBe(2);
    const refused = await budgets.spend('ana');
    budgets.refund(refused);
    expect((await budgets.spend('ana')).outcome).toBe('refused');
  });

  it('say that they do not know when the store is gone, to everybody who waits', async () => {
    const store = new FakeStore();
    const budgets = process(store, 5);
    store.broken = true;
    expect(await outcomes(budgets, 3)).toEqual(['unknown', 'unknown', 'unknown']);
    store.broken = false;
    expect(admitted(await outcomes(budgets, 9))).toBe(5);
  });

  it('keep whom they count apart', async () => {
    const budgets = process(new FakeStore(), 1);
    expect((await budgets.spend('ana')).outcome).toBe('admitted');
    expect((await budgets.spend('eva')).outcome).toBe('admitted');
    expect((await budgets.spend('ana')).outcome).toBe('refused');
  });

  it('bear more keys than they keep', async () => {
    const store = new FakeStore();
    const budgets = process(store, 1);
    for (let i = 0; i < 60_000; i += 1) await budgets.spend(`key ${i}`);
    expect((await budgets.spend('key 0')).outcome).toBe('refused');
    expect(budgets.spend('key 59999')).toMatchObject({ outcome: 'refused' });
  });
});
