import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { branchDefinition, type BranchChanges } from '../../src/modules/simulation/branch.rules.js';
import { CheckpointUnusable } from '../../src/modules/simulation/checkpoints/checkpoint-file.js';
import { executeRun, type FinishedRun } from '../../src/modules/simulation/run.execution.js';
import type { Stage } from '../../src/modules/simulation/run.entity.js';
import type { FeedScenario } from '../../src/modules/simulation/scenarios/scenario.schema.js';
import { prepareSimulation } from '../../src/modules/simulation/simulation.rules.js';
import { CheckpointShelf } from '../support/checkpoint-shelf.js';
import { busyScenario, metroScenario, sampleSimulation } from '../support/simulation-sample.js';

const TICKS = 40;
const EVERY = 7;
const SCENARIO = busyScenario();
const SAMPLE = sampleSimulation(150, '7', SCENARIO);

const folders: string[] = [];
afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'azt3knet-course-'));
  folders.push(folder);
  return folder;
}

interface Options {
  stages?: readonly [Stage, ...Stage[]];
  shelf?: CheckpointShelf;
  signal?: AbortSignal;
  progress?: (tick: number) => void;
}

async function run({ stages, shelf, signal, progress }: Options = {}): Promise<FinishedRun> {
  const { signal: never } = new AbortController();
  const followed = stages ?? [{ from: 0, definition: SCENARIO }];
  const input = { ...SAMPLE, stages: followed.map(({ definition }) => definition) };
  return executeRun(
    {
      stages: followed,
      ticks: TICKS,
      keeper: shelf ?? new CheckpointShelf(await newFolder(), 0),
      prepare: (scenario: FeedScenario) => prepareSimulation({ ...input, scenario }),
    },
    await newFolder(),
    {},
    { signal: signal ?? never, progress: (tick) => progress?.(tick) },
  );
}

function bytesOf({ files }: FinishedRun): [string, string][] {
  return files.map(({ name, sha256 }) => [name, sha256]);
}

function branch(changes: BranchChanges, at: number): [Stage, Stage] {
  return [
    { from: 0, definition: SCENARIO },
    { from: at, definition: branchDefinition(SCENARIO, changes, at) },
  ];
}

function digests({ report }: FinishedRun): string[] {
  return report.per_tick.map((tick) => String((tick as { digest?: string }).digest));
}

describe('a run that was stopped', () => {
  let whole: FinishedRun;
  let shelf: CheckpointShelf;

  beforeAll(async () => {
    whole = await run();
    shelf = new CheckpointShelf(await newFolder(), EVERY);
  });

  it('is the same with checkpoints and without', async () => {
    const kept = await run({ shelf });
    expect(bytesOf(kept)).toEqual(bytesOf(whole));
    expect(shelf.kept.map(({ head, from }) => [from, head.tick])).toEqual([
      [0, 7],
      [7, 14],
      [14, 21],
      [21, 28],
      [28, 35],
    ]);
  });

  it.each([7, 14, 21, 28, 35])(
    'goes on from tick %i to the same digests, log, report and outcomes',
    async (tick) => {
      const again = new CheckpointShelf(await newFolder(), EVERY);
      again.offered = [shelf.candidate(tick)];
      const resumed = await run({ shelf: again });
      expect(bytesOf(resumed)).toEqual(bytesOf(whole));
      expect(resumed.report).toEqual(whole.report);
      expect(resumed.outcomes()).toEqual(whole.outcomes());
      expect(again.resumptions).toEqual([{ tick, skipped: [] }]);
      expect(again.kept.map(({ head }) => head.tick)).toEqual([7, 14, 21, 28, 35].filter((at) => at > tick));
    },
  );

  it('falls back to the checkpoint before one that is no good, and to the start where none is', async () => {
    const damaged = { tick: 35, own: true, load: () => Promise.reject(new CheckpointUnusable('is damaged')) };
    const foreign = {
      ...shelf.candidate(28),
      load: () => Promise.resolve({ state: new Uint8Array(9), segments: [] }),
    };
    const again = new CheckpointShelf(await newFolder(), EVERY);
    again.offered = [damaged, foreign, shelf.candidate(21)];
    expect(bytesOf(await run({ shelf: again }))).toEqual(bytesOf(whole));
    const skipped = [
      { tick: 35, reason: 'is damaged' },
      { tick: 28, reason: 'these bytes are no checkpoint' },
    ];
    expect(again.resumptions).toEqual([{ tick: 21, skipped }]);
    const last = new CheckpointShelf(await newFolder(), 0);
    last.offered = [damaged];
    expect(bytesOf(await run({ shelf: last }))).toEqual(bytesOf(whole));
    expect(last.resumptions).toEqual([{ tick: 0, skipped: [skipped[0]] }]);
  });

  it('keeps where it was told to stop, and goes on from there', async () => {
    const stopped = new CheckpointShelf(await newFolder(), 1_000);
    const abort = new AbortController();
    const progress = (tick: number): void => {
      if (tick > 0 && tick < TICKS) abort.abort(new Error('enough'));
    };
    // A run takes a turn after some milliseconds: forty ticks of a few people would be over before the first.
    let time = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (time += 20));
    await expect(run({ shelf: stopped, signal: abort.signal, progress })).rejects.toThrow('enough');
    clock.mockRestore();
    const [kept] = stopped.kept;
    expect(kept?.head.tick).toBeGreaterThan(0);
    stopped.offered = [stopped.candidate(kept?.head.tick ?? 0)];
    expect(bytesOf(await run({ shelf: stopped }))).toEqual(bytesOf(whole));
  });

  it('throws a tick away that it is told to stop in, and goes on before it', async () => {
    const crowd = sampleSimulation(11_000, '3', metroScenario());
    const shelves = await Promise.all(
      [1, 1_000].map(async (every) => new CheckpointShelf(await newFolder(), every)),
    );
    const [stopped, undisturbed] = shelves as [CheckpointShelf, CheckpointShelf];
    const first = { from: 0, definition: crowd.scenario };
    const plan = { stages: [first] as const, ticks: 6, prepare: () => prepareSimulation(crowd) };
    const abort = new AbortController();
    const progress = (tick: number): void => {
      // The first turn of the loop comes behind tick 5, the next not before it is kept.
      if (tick === 5) setImmediate(() => setImmediate(() => abort.abort(new Error('at once'))));
    };
    const begun = executeRun(
      { ...plan, keeper: stopped },
      await newFolder(),
      {},
      { signal: abort.signal, progress },
    );
    await expect(begun).rejects.toThrow('at once');
    expect(stopped.kept.map(({ head }) => head.tick)).toEqual([1, 2, 3, 4, 5]);
    stopped.offered = [stopped.candidate(5)];
    const { signal } = new AbortController();
    const watch = { signal, progress: () => {} };
    const resumed = await executeRun({ ...plan, keeper: stopped }, await newFolder(), {}, watch);
    const straight = await executeRun({ ...plan, keeper: undisturbed }, await newFolder(), {}, watch);
    expect(bytesOf(resumed)).toEqual(bytesOf(straight));
  });

  it('parts from another where it says, and not before; what changes nothing stays the same', async () => {
    const nothing = await run({ stages: branch({}, 20) });
    expect(digests(nothing)).toEqual(digests(whole));
    const nobody = { kind: 'friction', share: 0 };
    const untouched = await run({ stages: branch({ interventions: [nobody] }, 20) });
    expect(digests(untouched)).toEqual(digests(whole));
    const changed = await run({ stages: branch({ behaviour: { reaction: 0.6 } }, 20) });
    expect(digests(changed).slice(0, 20)).toEqual(digests(whole).slice(0, 20));
    expect(digests(changed)[20]).not.toBe(digests(whole)[20]);
  });

  it.each<[string, BranchChanges]>([
    ['a feed that asks for what was not kept', { feed: { ranking: { kind: 'bridging' } } }],
    ['another half-life of bursts', { behaviour: { bursts: { gain: 2, half_life_ticks: 9 } } }],
    ['an intervention', { interventions: [{ kind: 'depth_limit', depth: 0 }] }],
  ])('parts with %s, from a checkpoint of the other as from its start', async (_, changes) => {
    const fresh = await run({ stages: branch(changes, 23) });
    expect(digests(fresh).slice(0, 23)).toEqual(digests(whole).slice(0, 23));
    expect(digests(fresh)).not.toEqual(digests(whole));
    const own = new CheckpointShelf(await newFolder(), EVERY);
    own.offered = [shelf.candidate(21, false), shelf.candidate(14, false)];
    expect(bytesOf(await run({ stages: branch(changes, 23), shelf: own }))).toEqual(bytesOf(fresh));
    expect(own.kept.map(({ head, from }) => [from, head.tick])).toEqual([
      [0, 23],
      [23, 28],
      [28, 35],
    ]);
    const again = new CheckpointShelf(await newFolder(), EVERY);
    again.offered = [own.candidate(28)];
    expect(bytesOf(await run({ stages: branch(changes, 23), shelf: again }))).toEqual(bytesOf(fresh));
  });
});
