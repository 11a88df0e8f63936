import { describe, expect, it } from 'vitest';
import { metroScenario, sampleSimulation } from '../../../test/support/simulation-sample.js';
import { digestOf, prepareSimulation, SimulationIds, uuidFromText } from './simulation.rules.js';

const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

describe('prepareSimulation', () => {
  it('posts only what the guard admits', () => {
    const input = sampleSimulation(60);
    const simulation = prepareSimulation(input);
    expect(simulation.admitted.length).toBeLessThan(input.drafts.length);
    expect(new Set(simulation.admitted.map((draft) => draft.action))).toEqual(new Set(['allow', 'label']));
  });

  it('refuses a run without agents or without an admitted draft', () => {
    const input = sampleSimulation(3);
    expect(() => prepareSimulation({ ...input, agents: [] })).toThrow(/has no agents/u);
    const blocked = input.drafts.map((draft) => ({ ...draft, action: 'block' as const }));
    expect(() => prepareSimulation({ ...input, drafts: blocked })).toThrow(/admits none of the 6 drafts/u);
  });

  it('keeps the network and the draws when only behaviour is changed', () => {
    const { behaviour } = metroScenario();
    const changed = metroScenario({ behaviour: { ...behaviour, lurking: 0.9 } });
    const plain = prepareSimulation(sampleSimulation(50));
    const arm = prepareSimulation(sampleSimulation(50, '7', changed));
    expect(arm.feed.input.graph).toEqual(plain.feed.input.graph);
    expect(arm.feed.input.key).toEqual(plain.feed.input.key);
  });
});

describe('ids', () => {
  it('are UUIDs of version 4, different for every thing, kind and seed', () => {
    const ids = new SimulationIds('metro_cdmx:1.0.0:7');
    const other = new SimulationIds('metro_cdmx:1.0.0:8');
    const all = [0, 1, 2].flatMap((n) => [ids.post(n), ids.comment(n), other.post(n)]);
    expect(new Set(all).size).toBe(9);
    for (const id of all) expect(id).toMatch(UUID4);
    expect(ids.post(1)).toBe(new SimulationIds('metro_cdmx:1.0.0:7').post(1));
  });

  it('are those of every earlier version', () => {
    expect(uuidFromText('azt3knet')).toBe('b4c1b9e9-f7c6-4c69-8702-c0eb08cc1010');
  });
});

describe('digestOf', () => {
  it('does not depend on the order of keys, but on that of items', () => {
    expect(digestOf([{ a: 1, b: 2 }])).toBe(digestOf([{ b: 2, a: 1 }]));
    expect(digestOf([{ a: 1 }, { a: 2 }])).not.toBe(digestOf([{ a: 2 }, { a: 1 }]));
  });
});
