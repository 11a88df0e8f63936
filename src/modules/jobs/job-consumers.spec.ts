import type { ModuleRef } from '@nestjs/core';
import type { PinoLogger } from 'nestjs-pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WorkerLifecycle } from './job-consumers.js';
import type { JobDispatcher } from './job-dispatcher.js';
import type { JobRunner } from './job-runner.js';
import type { WorkerPresence } from './worker-presence.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('the end of a worker', () => {
  it('waits for the sweep that goes on: it needs the database', async () => {
    vi.useFakeTimers();
    const steps: string[] = [];
    let finish: (() => void) | undefined;
    let sweeps = 0;
    const dispatcher = {
      sweep: (): Promise<void> => {
        sweeps += 1;
        return sweeps === 1 ? Promise.resolve() : new Promise((resolve) => (finish = resolve));
      },
    };
    const lifecycle = new WorkerLifecycle(
      {
        arrive: async () => undefined,
        leave: async () => void steps.push('left'),
      } as unknown as WorkerPresence,
      { get: () => ({ register: () => undefined }) } as unknown as ModuleRef,
      { shutdown: async () => undefined } as unknown as JobRunner,
      dispatcher as unknown as JobDispatcher,
      { setContext: () => undefined } as unknown as PinoLogger,
    );
    await lifecycle.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(3_000);
    // One at a time.
    expect(sweeps).toBe(2);
    const ended = lifecycle.beforeApplicationShutdown();
    await vi.advanceTimersByTimeAsync(0);
    expect(steps).toEqual([]);
    finish?.();
    await ended;
    expect(steps).toEqual(['left']);
  });
});
