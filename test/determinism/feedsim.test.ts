import { availableParallelism } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { CppBaseline } from '../../bench/feedsim-baselines.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { WARM_UP } from '../../src/engine/feedsim/index.js';
import {
  runFeedSim,
  type FeedSimCase,
  type FeedSimResult,
} from '../../src/modules/simulation/feedsim/feedsim.run.js';

const watch = { signal: new AbortController().signal, progress: () => {} };
const run = (given: FeedSimCase): Promise<FeedSimResult> => runFeedSim(given, watch);

/** What may not depend on threads and kernel. */
function outcome({ checksum, state, history }: FeedSimResult): object {
  return { checksum, state, history: [...history] };
}

/** Cases from a seeded draw: many small networks, some long runs. */
function randomCases(purpose: string, count: number): (FeedSimCase & { threads: number })[] {
  const stream = new RandomStream(keyFromText(purpose), 0);
  return Array.from({ length: count }, (_, index) => ({
    seed: stream.uint32(),
    agents: 1 + stream.below([8, 300, 5000][index % 3] as number),
    // Long enough for stamps to come round in every sixth.
    ticks: WARM_UP + stream.below(index % 6 === 0 ? 600 : 80),
    threads: 1 + stream.below(4),
  }));
}

describe('FeedSim', () => {
  it.each([
    [1000, 4000, 1, 3394879819],
    [10_000, 500, 2, 2577145971],
    [100_000, 60, 2, 1995758287],
  ])('has the checksum of its definition: %i agents, %i ticks', async (agents, ticks, threads, checksum) => {
    const result = await run({ seed: 12345, agents, ticks: WARM_UP + ticks, threads });
    expect(result).toMatchObject({ checksum, threads, kernel: 'wasm' });
  });

  it('has it in TypeScript too', async () => {
    const given = { seed: 12345, agents: 1000, ticks: WARM_UP + 4000, threads: 1 } as const;
    expect(await run({ ...given, kernel: 'typescript' })).toMatchObject({ checksum: 3394879819 });
  });

  it('is the same on 1, 2 and 8 threads, in both kernels', async () => {
    const results: object[] = [];
    for (const kernel of ['wasm', 'typescript'] as const) {
      for (const threads of [1, 2, 8])
        results.push(outcome(await run({ seed: 4, agents: 3000, ticks: 150, kernel, threads })));
    }
    expect(results).toHaveLength(6);
    for (const result of results) expect(result).toEqual(results[0]);
  });

  it.each(randomCases('two kernels', 24))(
    'is the same in both kernels: seed $seed, $agents agents, $ticks ticks, $threads threads',
    async (given) => {
      const wasm = await run({ ...given, kernel: 'wasm' });
      expect(outcome(wasm)).toEqual(outcome(await run({ ...given, kernel: 'typescript', threads: 1 })));
    },
  );

  it('chooses its threads', async () => {
    expect(await run({ seed: 1, agents: 19_999, ticks: 1 })).toMatchObject({
      threads: 1,
      milliseconds: null,
    });
    const { threads } = await run({ seed: 1, agents: 20_000, ticks: 1 });
    expect(threads).toBe(Math.min(2, availableParallelism()));
  });

  it('says how far it is, and ends within a second when it is told to', async () => {
    const controller = new AbortController();
    const told = new Error('enough');
    let aborted = 0;
    const progress = (ticks: number): void => {
      if (ticks === 0 || aborted > 0) return;
      aborted = performance.now();
      controller.abort(told);
    };
    const running = runFeedSim(
      { seed: 1, agents: 30_000, ticks: 1_000_000, threads: 2 },
      { signal: controller.signal, progress },
    );
    await expect(running).rejects.toBe(told);
    expect(performance.now() - aborted).toBeLessThan(1000);
  });
});

const cpp = CppBaseline.build();

describe.skipIf(cpp === undefined)('FeedSim beside the baseline in C++ (needs g++)', () => {
  afterAll(() => cpp?.remove());

  it.each(randomCases('C++', 48))(
    'has its checksum: seed $seed, $agents agents, $ticks ticks, $threads threads',
    async (given) => {
      const variant = given.seed % 2 === 0 ? 'tuned' : 'plain';
      const expected = cpp?.run(variant, { ...given, ticks: given.ticks - WARM_UP }).checksum;
      expect((await run(given)).checksum).toBe(expected);
    },
  );
});
