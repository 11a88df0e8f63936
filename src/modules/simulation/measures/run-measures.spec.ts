import { describe, expect, it } from 'vitest';
import { metroScenario, sampleSimulation } from '../../../../test/support/simulation-sample.js';
import { EVENT_KINDS, type EventColumns, isAct } from '../../../engine/index.js';
import { prepareSimulation, type Simulation, type SimulationInput } from '../simulation.rules.js';
import { measureRun } from './run-measures.js';
import { RunMeter } from './run-meter.js';

const TICKS = 60;

function run(input: SimulationInput, slice = 7) {
  const simulation = prepareSimulation(input);
  const meter = new RunMeter(simulation);
  const events: EventColumns[] = [];
  for (let tick = 1; tick <= TICKS; tick += 1) {
    simulation.feed.tick();
    if (tick % slice !== 0 && tick !== TICKS) continue;
    events.push(structuredClone(simulation.feed.drainEvents()));
    meter.add(events.at(-1)!, tick);
  }
  return { simulation, meter, events, measures: measureRun(simulation, meter) };
}

/** One row an event, to measure anew in the plainest way. */
function rowsOf({ feed, admitted, agents }: Simulation, events: readonly EventColumns[]) {
  const { posts } = feed.world;
  return events.flatMap((columns) =>
    Array.from({ length: columns.length }, (_, row) => {
      const root = columns.root[row]!;
      // -1 of what is about no post.
      const author = posts.author[root];
      return {
        tick: columns.tick[row]!,
        kind: EVENT_KINDS[columns.kind[row]!]!,
        acts: isAct(columns.kind[row]!),
        agent: columns.agent[row]!,
        author,
        topic: agents[author ?? -1]?.interests[0],
        labelled: admitted[posts.draft[root] ?? -1]?.action === 'label',
      };
    }),
  );
}

function entropy(values: readonly unknown[]): number {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum - (n / values.length) * Math.log(n / values.length), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('measures of a run', () => {
  const { simulation, meter, events, measures } = run(sampleSimulation(120));
  const rows = rowsOf(simulation, events);
  const shown = rows.filter(({ kind }) => kind === 'exposure');

  it('do not depend on how the events came', () => {
    const again = run(sampleSimulation(120), 60);
    expect(again.measures).toEqual(measures);
    expect(again.meter.ticks).toEqual(meter.ticks);
    expect(meter.ticks).toHaveLength(TICKS);
  });

  it('are in each tick what its events say', () => {
    for (const tick of [5, 20, 59]) {
      const [own, before] = [
        shown.filter((row) => row.tick === tick),
        rows.filter((row) => row.tick <= tick),
      ];
      const acted = new Set(before.filter(({ acts }) => acts).map(({ agent }) => agent));
      const posts = before.filter(({ kind }) => kind === 'post');
      const found = meter.ticks[tick]!;
      expect(own.length).toBeGreaterThan(0);
      expect(found.silent).toBeCloseTo(1 - acted.size / 120, 12);
      expect(found.author_entropy).toBeCloseTo(entropy(own.map(({ author }) => author)), 10);
      expect(found.topic_entropy).toBeCloseTo(entropy(own.map(({ topic }) => topic)), 10);
      expect(found.labelled_prevalence).toBeCloseTo(
        own.filter((row) => row.labelled).length / own.length,
        12,
      );
      expect(found.compliance_ratio).toBeCloseTo(
        1 - posts.filter((row) => row.labelled).length / posts.length,
        12,
      );
    }
  });

  it('are of the whole run what its events say', () => {
    const seers = [...new Set(shown.map(({ agent }) => agent))];
    const of = (agent: number) => shown.filter((row) => row.agent === agent);
    expect(measures.diversity?.authors).toBeCloseTo(
      mean(seers.map((a) => entropy(of(a).map((row) => row.author)))),
      4,
    );
    expect(measures.diversity?.topics).toBeCloseTo(
      mean(seers.map((a) => entropy(of(a).map((row) => row.topic)))),
      10,
    );
    expect(measures.labelled_prevalence).toBeCloseTo(
      shown.filter((row) => row.labelled).length / shown.length,
      12,
    );
    expect(measures.rates.reposts).toBeCloseTo(
      rows.filter(({ kind }) => kind === 'repost').length / shown.length,
      12,
    );
    expect(measures.reach.agents).toBe(seers.length / 120);
    expect(measures.cascades.size.max).toBe(meter.ticks.at(-1)?.largest_cascade);
    expect(measures.cascades.depth.max).toBe(meter.ticks.at(-1)?.deepest_cascade);
    expect(measures.polarisation.repost_modularity).toBe(meter.ticks.at(-1)?.repost_modularity);
  });

  it('add up over the groups', () => {
    const sum = (name: 'agents' | 'posts' | 'exposures' | 'reposts' | 'attention'): number =>
      measures.groups.list.reduce((total, group) => total + (group[name] ?? 0), 0);
    expect(measures.groups.by).toBe('interest');
    expect([sum('agents'), sum('exposures')]).toEqual([120, shown.length]);
    expect(sum('reposts')).toBe(rows.filter(({ kind }) => kind === 'repost').length);
    expect(sum('attention')).toBeCloseTo(1, 12);
  });

  it('are by what the scenario groups by, with its opinion', () => {
    const scenario = metroScenario({ measures: { group_by: 'city', opinion: 'tolls' } });
    const input = sampleSimulation(120, '7', scenario);
    const agents = input.agents.map((agent, row) => ({
      ...agent,
      opinions: { tolls: row % 2 === 0 ? -1 : 1 },
    }));
    const { groups, polarisation } = run({ ...input, agents }).measures;
    expect(groups.list.map(({ group, agents: count }) => [group, count])).toEqual([
      ['Mexico City', 80],
      ['Puebla', 40],
    ]);
    expect(polarisation.opinion).toMatchObject({ topic: 'tolls', variance: expect.closeTo(120 / 119, 10) });
    expect(polarisation.opinion?.bimodality).toBeGreaterThan(0.9);
  });

  it('are of those who have an opinion on the topic, and null where nobody has', () => {
    const scenario = metroScenario({ measures: { group_by: 'city', opinion: 'tolls' } });
    const input = sampleSimulation(120, '7', scenario);
    const asked = input.agents.map((agent, row) =>
      agent.city === 'Puebla' ? { ...agent, opinions: { tolls: row % 2 === 0 ? -0.5 : 1 } } : agent,
    );
    const some = run({ ...input, agents: asked }).measures;
    // 40 people at -0.5 and 1 by halves: 0.25 on average, 0.75 away each.
    expect(some.polarisation.opinion?.variance).toBeCloseTo((40 * 0.75 ** 2) / 39, 12);
    expect(some.groups.list.map(({ opinion_mean }) => opinion_mean)).toEqual([null, 0.25]);
    const none = run(input).measures;
    expect(none.polarisation.opinion).toBeNull();
    expect(none.groups.list.map(({ opinion_mean }) => opinion_mean)).toEqual([null, null]);
  });

  it('are null where they need exposures that were not logged', () => {
    const quiet = run(sampleSimulation(60, '7', metroScenario({ log_exposures: false })));
    expect(quiet.measures).toMatchObject({ diversity: null, labelled_prevalence: null });
    expect(quiet.meter.ticks.at(-1)).toMatchObject({ author_entropy: null, attention_gini: null });
    expect(quiet.measures.attention_gini).toBe(run(sampleSimulation(60)).measures.attention_gini);
  });
});
