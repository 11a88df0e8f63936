import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JobPump } from './job-pump.js';

interface Task {
  key: string | null;
  /** The handler has returned: its result alone is to be written. */
  work: () => void;
  /** Its result is written. */
  end: () => void;
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** A pump over a queue of so many jobs, what it has claimed, and what it has put back. */
function pumpOver(
  slots: number,
  jobs: number,
): { pump: JobPump<Task>; asked: number[]; tasks: Task[]; back: Task[] } {
  const [asked, tasks, back]: [number[], Task[], Task[]] = [[], [], []];
  let left = jobs;
  const claim = (most: number): Promise<Task[]> => {
    asked.push(most);
    const count = Math.min(most, left);
    left -= count;
    return Promise.resolve(
      Array.from({ length: count }, () => ({ key: null, work: () => undefined, end: () => undefined })),
    );
  };
  const run = (task: Task, free: () => void): Promise<void> =>
    new Promise((resolve) => {
      tasks.push(Object.assign(task, { work: free, end: resolve }));
    });
  const handBack = (unbegun: Task[]): Promise<void> => {
    back.push(...unbegun);
    return Promise.resolve();
  };
  return { pump: new JobPump(slots, { claim, run, handBack }), asked, tasks, back };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the pump of a queue', () => {
  it('fills its slots, and takes more when their work is done, before all of it is written', async () => {
    const { pump, asked, tasks } = pumpOver(3, 100);
    await pump.wake();
    expect(asked).toEqual([3]);
    vi.advanceTimersByTime(10_000);
    for (const { work } of tasks) work();
    await turn();
    expect(asked).toEqual([3, 3]);
    expect(tasks).toHaveLength(6);
    vi.advanceTimersByTime(10_000);
    for (const { work } of tasks) work();
    await turn();
    expect(tasks).toHaveLength(6);
    for (const { end } of tasks.slice(0, 2)) end();
    await turn();
    expect(asked).toEqual([3, 3, 2]);
    expect(tasks).toHaveLength(8);
  });

  it('asks for no more when it was given less than it had room for, until somebody wakes it', async () => {
    const { pump, asked, tasks } = pumpOver(2, 1);
    await pump.wake();
    vi.advanceTimersByTime(10_000);
    tasks[0]?.end();
    await turn();
    expect(asked).toEqual([2]);
    await pump.wake();
    expect(asked).toEqual([2, 2]);
  });

  it('keeps a ticket until it has a free slot', async () => {
    const { pump, asked, tasks } = pumpOver(1, 1);
    await pump.wake();
    let taken = false;
    const ticket = pump.ticket().then(() => (taken = true));
    await turn();
    expect(taken).toBe(false);
    vi.advanceTimersByTime(10_000);
    tasks[0]?.end();
    await ticket;
    expect(asked).toEqual([1, 1]);
  });

  it('takes nothing once it is stopped, and keeps no ticket', async () => {
    const { pump, asked, tasks } = pumpOver(1, 100);
    await pump.wake();
    const ticket = pump.ticket();
    await pump.stop();
    await ticket;
    tasks[0]?.end();
    await pump.wake();
    expect(asked).toEqual([1]);
  });

  it('claims ahead what begins within fifty milliseconds, in its slots', async () => {
    const { pump, asked, tasks, back } = pumpOver(2, 1_000);
    await pump.wake();
    vi.advanceTimersByTime(10);
    tasks[0]?.end();
    await turn();
    // Ten milliseconds each in two slots: ten in fifty.
    expect(asked).toEqual([2, 11]);
    expect(tasks).toHaveLength(3);
    for (let n = 1; n < 9; n += 1) {
      tasks[n]?.end();
      await turn();
    }
    expect(tasks).toHaveLength(11);
    expect(back).toEqual([]);
  });

  it('hands back what has not begun after a quarter of a second, and claims no more ahead', async () => {
    const { pump, asked, tasks, back } = pumpOver(2, 1_000);
    await pump.wake();
    vi.advanceTimersByTime(10);
    tasks[0]?.end();
    await turn();
    vi.advanceTimersByTime(240);
    expect(back).toEqual([]);
    vi.advanceTimersByTime(10);
    expect(back).toHaveLength(10);
    vi.advanceTimersByTime(1_000);
    tasks[1]?.end();
    await turn();
    expect(asked).toEqual([2, 11, 1]);
    expect(tasks).toHaveLength(4);
  });

  it('hands back what has not begun when it is stopped', async () => {
    const { pump, tasks, back } = pumpOver(1, 1_000);
    await pump.wake();
    vi.advanceTimersByTime(25);
    tasks[0]?.end();
    await turn();
    expect(tasks).toHaveLength(2);
    await pump.stop();
    expect(back).toHaveLength(2);
    tasks[1]?.end();
    await turn();
    expect(tasks).toHaveLength(2);
  });
});
