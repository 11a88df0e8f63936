import { describe, expect, it } from 'vitest';
import { metroScenario, sampleSimulation } from '../../../../test/support/simulation-sample.js';
import { EventDecoder } from '../../../../test/support/event-decoder.js';
import type { FeedScenario } from '../scenarios/scenario.schema.js';
import { prepareSimulation, type Simulation, type SimulationInput } from '../simulation.rules.js';
import { ConductLog } from './conduct-log.js';

const RUN = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const TICKS = 80;
const LIVELY = metroScenario({
  behaviour: {
    ...metroScenario().behaviour,
    reaction: 0.1,
    comment: 0.08,
    repost: 0.05,
    answering: 0.4,
    acts: {
      quote: 0.02,
      follow: 0.05,
      unfollow: 0.02,
      mute: 0.01,
      block: 0.005,
      report: 0.01,
      dismiss: 0.02,
    },
    churn: { leaving: 0.02, returning: 0.05 },
  },
});

function run(input: SimulationInput): { simulation: Simulation; log: ConductLog; kinds: Set<string> } {
  const simulation = prepareSimulation(input);
  const decoder = new EventDecoder(simulation);
  const log = new ConductLog();
  const kinds = new Set<string>();
  for (let tick = 0; tick < TICKS; tick += 1) {
    simulation.feed.tick();
    const events = simulation.feed.drainEvents();
    for (let row = 0; row < events.length; row += 1) {
      const event = decoder.row(events, row);
      kinds.add(event.kind);
      // As it comes from the file: what does not apply is not there.
      log.add(JSON.parse(JSON.stringify(event, (_, value: unknown) => value ?? undefined)) as object);
    }
  }
  return { simulation, log, kinds };
}

function sum(name: 'reactions' | 'comments' | 'reposts', { simulation }: ReturnType<typeof run>): number {
  return simulation.feed.metrics().reduce((total, tick) => total + tick[name], 0);
}

const recorded = sampleSimulation(200, '7', LIVELY);
const original = run(recorded);

/** The same run with deciders, and perhaps with something else changed. */
function again(deciders: FeedScenario['deciders'], change: Partial<FeedScenario> = {}) {
  const scenario = { ...LIVELY, ...change, ...(deciders !== undefined && { deciders }) };
  return run({ ...recorded, scenario, logs: new Map([[RUN, original.log]]) });
}
const everybody = { share: 1 };

describe('a replay', () => {
  it('of everybody is the run again, to the bit', () => {
    for (const kind of [
      'post',
      'exposure',
      'reaction',
      'comment',
      'repost',
      'quote',
      'follow',
      'unfollow',
      'mute',
      'dismiss',
      'leave',
      'return',
      'read',
    ])
      expect(original.kinds).toContain(kind);
    const replayed = again([{ kind: 'replay', people: everybody, run: RUN }]);
    expect(replayed.simulation.feed.digests()).toEqual(original.simulation.feed.digests());
  });

  it('of some of them is as well, the others being decided for by rules', () => {
    const replayed = again([
      { kind: 'rules', people: { share: 0.3 } },
      { kind: 'replay', people: everybody, run: RUN },
    ]);
    expect(replayed.simulation.feed.digests()).toEqual(original.simulation.feed.digests());
  });

  it('acts on what is shown only, where the run goes another way', () => {
    const behaviour = { ...LIVELY.behaviour, reaction: 0, comment: 0, repost: 0 };
    const silent = again(undefined, { behaviour });
    const replayed = again([{ kind: 'replay', people: everybody, run: RUN }], {
      behaviour,
      feed: { ...LIVELY.feed, ranking: { kind: 'chronological' } },
    });
    for (const name of ['reactions', 'comments', 'reposts'] as const) {
      expect(sum(name, silent)).toBe(0);
      expect(sum(name, replayed)).toBeGreaterThan(0);
      expect(sum(name, replayed)).toBeLessThanOrEqual(sum(name, original));
    }
  });

  it('goes on from a checkpoint', () => {
    const deciders: FeedScenario['deciders'] = [{ kind: 'replay', people: { share: 0.5 }, run: RUN }];
    const input = { ...recorded, scenario: { ...LIVELY, deciders }, logs: new Map([[RUN, original.log]]) };
    const [whole, first, second] = [0, 1, 2].map(() => prepareSimulation(input).feed);
    for (let tick = 0; tick < 40; tick += 1) {
      whole?.tick();
      if (tick < 15) first?.tick();
    }
    first?.drainEvents();
    if (first !== undefined) second?.restore(first.checkpoint());
    for (let tick = 15; tick < 40; tick += 1) second?.tick();
    expect(second?.digests()).toEqual(whole?.digests());
  });
});
