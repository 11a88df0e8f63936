import type { PinoLogger } from 'nestjs-pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { JobDispatcher } from './job-dispatcher.js';
import type { JobPumps } from './job-pumps.js';
import type { JobSchedules } from './job-schedules.js';
import { JobSweeper } from './job-sweeper.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('the sweeper of a worker', () => {
  it('sweeps one at a time, and its end waits for the sweep that goes on: it needs the database', async () => {
    vi.useFakeTimers();
    let finish: (() => void) | undefined;
    let sweeps = 0;
    const dispatcher = {
      sweep: (): Promise<void> => {
        sweeps += 1;
        return sweeps === 1 ? Promise.resolve() : new Promise((resolve) => (finish = resolve));
      },
    };
    const sweeper = new JobSweeper(
      dispatcher as unknown as JobDispatcher,
      { fire: async () => undefined } as unknown as JobSchedules,
      { wake: async () => undefined } as unknown as JobPumps,
      { setContext: () => undefined } as unknown as PinoLogger,
    );
    await sweeper.start();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(sweeps).toBe(2);
    let ended = false;
    const ending = sweeper.stop().then(() => (ended = true));
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toBe(false);
    finish?.();
    await ending;
    expect(ended).toBe(true);
  });
});
