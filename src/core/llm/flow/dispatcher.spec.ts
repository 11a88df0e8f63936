import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LlmError } from '../llm.errors.js';
import { Dispatcher } from './dispatcher.js';
import { Server } from './server.js';

const NEVER = new AbortController().signal;
const LATENCY_MS = 200;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const after = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** A server that takes so many calls at once, for so long each, and refuses what is more. */
class Stand {
  active = 0;
  refused = 0;

  constructor(private readonly places: number) {}

  readonly work = async () => {
    if (this.active === this.places) {
      this.refused += 1;
      throw LlmError.overloaded('ollama', 503, undefined);
    }
    this.active += 1;
    await after(LATENCY_MS);
    this.active -= 1;
    return { written: { tokens: 5, kind: 'test' } };
  };
}

function dispatcherOf(max: number): Dispatcher {
  const options = { max, breakAfter: 5, breakMs: 10_000 };
  return new Dispatcher([new Server('ollama', 'http://a', options)], max);
}

/** Makes calls, all asked for at once, again after a refusal. @returns virtual milliseconds until the last is answered */
async function run(dispatcher: Dispatcher, stand: Stand, calls: number): Promise<number> {
  const started = performance.now();
  const call = async (): Promise<void> => {
    try {
      await dispatcher.run('ollama', stand.work, NEVER);
    } catch {
      await after(50);
      await call();
    }
  };
  const all = Promise.all(Array.from({ length: calls }, call));
  const state = { isDone: false };
  const end = all.finally(() => {
    state.isDone = true;
  });
  while (!state.isDone) await vi.advanceTimersByTimeAsync(LATENCY_MS / 4);
  await end;
  return performance.now() - started;
}

describe('what a server bears', () => {
  it.each([1, 4, 7, 32])('is used, 95 of 100 parts and more: %i places', async (places) => {
    const stand = new Stand(places);
    const calls = 60 * places + 2_000;
    const ms = await run(dispatcherOf(64), stand, calls);
    const best = (calls / places) * LATENCY_MS;
    expect(best / ms).toBeGreaterThan(0.95);
    expect(stand.refused / calls).toBeLessThan(0.1);
  });
});

describe('places', () => {
  it('are given also where a pause ends in the moment in which somebody looks', async () => {
    class Ending extends Server {
      private looks = 0;

      override get pausedFor(): number {
        this.looks += 1;
        return this.looks === 1 ? 0.01 : 0;
      }
    }
    const options = { max: 1, breakAfter: 5, breakMs: 10_000 };
    const dispatcher = new Dispatcher([new Ending('ollama', 'http://a', options)], 1);
    let isDone = false;
    void dispatcher.run('ollama', new Stand(1).work, NEVER).finally(() => {
      isDone = true;
    });
    await vi.advanceTimersByTimeAsync(LATENCY_MS + 50);
    expect(isDone).toBe(true);
  });

  it('are given in the order of asking', async () => {
    const dispatcher = dispatcherOf(1);
    const order: number[] = [];
    const calls = [1, 2, 3].map((number) =>
      dispatcher.run(
        'ollama',
        async () => {
          order.push(number);
          await after(10);
          return { written: undefined };
        },
        NEVER,
      ),
    );
    expect(dispatcher.waitingFor('ollama')).toBe(2);
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all(calls);
    expect(order).toEqual([1, 2, 3]);
    expect(dispatcher.active).toBe(0);
  });
});
