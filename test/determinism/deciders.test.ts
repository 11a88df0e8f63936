import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunWaits } from '../../src/modules/simulation/deciders/turn-taking.js';
import { executeRun, type FinishedRun } from '../../src/modules/simulation/run.execution.js';
import {
  feedScenarioSchema,
  type FeedScenario,
} from '../../src/modules/simulation/scenarios/scenario.schema.js';
import { prepareSimulation } from '../../src/modules/simulation/simulation.rules.js';
import { CheckpointShelf } from '../support/checkpoint-shelf.js';
import { decideFor, OutsideDecider } from '../support/outside-decider.js';
import { metroScenario, sampleSimulation } from '../support/simulation-sample.js';

const TICKS = 30;
const SCENARIO = feedScenarioSchema.parse({
  ...metroScenario(),
  deciders: [
    { kind: 'external', people: { share: 0.2 }, every: 2 },
    { kind: 'external', people: { share: 0.2 }, every: 3, missing: 'rules' },
  ],
});
const SAMPLE = sampleSimulation(150, '7', SCENARIO);

const folders: string[] = [];
afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'azt3knet-deciders-'));
  folders.push(folder);
  return folder;
}

/** Decides for those of the first group, and for every other of the second. */
function decider(): OutsideDecider {
  return new OutsideDecider((offer, tick) =>
    offer.decider === 1 && offer.agent_id.charCodeAt(0) % 2 === 0 ? undefined : decideFor(offer, tick),
  );
}

async function run(turns: OutsideDecider, shelf?: CheckpointShelf): Promise<FinishedRun> {
  return executeRun(
    {
      stages: [{ from: 0, definition: SCENARIO }],
      ticks: TICKS,
      keeper: shelf ?? new CheckpointShelf(await newFolder(), 0),
      turns,
      prepare: (scenario: FeedScenario) => prepareSimulation({ ...SAMPLE, scenario }),
    },
    await newFolder(),
    {},
    { signal: new AbortController().signal, progress: () => {} },
  );
}

function bytesOf({ files }: FinishedRun): [string, string][] {
  return files.map(({ name, sha256 }) => [name, sha256]);
}

describe('a run that others decide in', () => {
  let whole: FinishedRun;
  let turns: OutsideDecider;

  beforeAll(async () => {
    turns = decider();
    whole = await run(turns);
  });

  it('asks in the ticks of each group', () => {
    expect([...turns.kept.keys()]).toEqual(
      Array.from({ length: TICKS }, (_, tick) => tick).filter((tick) => tick % 2 === 0 || tick % 3 === 0),
    );
  });

  it.each([1, 7, 1_000])('is the same with checkpoints every %i ticks', async (every) => {
    const shelf = new CheckpointShelf(await newFolder(), every);
    expect(bytesOf(await run(decider(), shelf))).toEqual(bytesOf(whole));
  });

  it.each([2, 9, 20])('that is left where it waits in tick %i goes on to the same', async (tick) => {
    const shelf = new CheckpointShelf(await newFolder(), 1_000);
    const first = decider();
    first.slow.add(tick);
    await expect(run(first, shelf)).rejects.toThrow(RunWaits);
    expect(shelf.kept.map(({ head }) => head.tick)).toEqual([tick]);
    shelf.offered = [shelf.candidate(tick)];
    expect(bytesOf(await run(first, shelf))).toEqual(bytesOf(whole));
    expect(shelf.resumptions).toEqual([{ tick, skipped: [] }]);
  });

  it('that is left again and again, or begins anew each time, comes to the same', async () => {
    for (const every of [0, 5]) {
      const shelf = new CheckpointShelf(await newFolder(), every);
      const often = decider();
      for (const tick of turns.kept.keys()) often.slow.add(tick);
      let finished: FinishedRun | undefined;
      for (let attempts = 0; finished === undefined; attempts += 1) {
        expect(attempts).toBeLessThanOrEqual(turns.kept.size);
        finished = await run(often, shelf).catch((error: unknown) => {
          if (!(error instanceof RunWaits)) throw error;
          return undefined;
        });
        const last = shelf.kept.at(-1);
        shelf.offered = last === undefined ? [] : [shelf.candidate(last.head.tick)];
      }
      expect(bytesOf(finished)).toEqual(bytesOf(whole));
    }
  });
});
