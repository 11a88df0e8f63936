import { describe, expect, it } from 'vitest';
import { sampleSimulation } from '../../../test/support/simulation-sample.js';
import { similarity } from '../../engine/index.js';
import { admits, mapAgents, mapDrafts, type SimulationAgent } from './feed-mapping.rules.js';

const PERSON: SimulationAgent = {
  id: 'a',
  seed: '1',
  name: 'Ana',
  username_hint: 'ana',
  interests: ['street art', 'jazz'],
  posting_cadence: 'daily',
  tone: 'casual',
  behavioral_biases: [],
  timezone: 'America/Mexico_City',
  country: 'MX',
  city: 'Mexico City',
  locale: 'es-MX',
  age: 30,
  gender: 'female',
};

function mapped(...changes: Partial<SimulationAgent>[]) {
  return mapAgents(
    changes.map((change) => ({ ...PERSON, ...change })),
    10,
    6,
  );
}

describe('mapAgents', () => {
  it('turns cadence into posts and sessions a tick', () => {
    const agents = mapped(
      {},
      { posting_cadence: 'hourly' },
      { posting_cadence: 'weekly' },
      { posting_cadence: 'monthly' },
    );
    // A daily poster: one post and six sessions in 144 ticks.
    expect(agents.activity[0]).toBeCloseTo(7 / 144, 12);
    expect(agents.posting[0]).toBeCloseTo(1 / 7, 12);
    expect((agents.activity[1] as number) * (agents.posting[1] as number)).toBeCloseTo(1 / 6, 12);
    expect(agents.activity[1]).toBeGreaterThan(agents.activity[0] as number);
    expect(agents.activity[3]).toBeLessThan(agents.activity[2] as number);
  });

  it('keeps probabilities at most one for the longest tick', () => {
    const agents = mapAgents([{ ...PERSON, posting_cadence: 'hourly' }], 1440, 200);
    expect(agents.activity[0]).toBe(1);
    expect(agents.posting[0]).toBeLessThanOrEqual(1);
  });

  it('puts those with shared interests closer than those without', () => {
    const { interests } = mapped({}, { seed: '2' }, { seed: '3', interests: ['chess', 'gardening'] });
    expect(similarity(interests, 0, interests, 1)).toBeGreaterThan(0.6);
    expect(similarity(interests, 0, interests, 1)).toBeLessThan(1);
    expect(similarity(interests, 0, interests, 2)).toBeLessThan(0.5);
  });

  it('lets tone and biases shift what is done, and ignores biases that it does not know', () => {
    const agents = mapped(
      {},
      { tone: 'enthusiastic' },
      { behavioral_biases: ['social_proof', 'status_quo_bias'] },
      { behavioral_biases: ['unheard_of', 'constructor'] },
      { behavioral_biases: ['negativity_bias'] },
    );
    expect([...agents.reactionShift]).toEqual([0, 0.5, -0.2, 0, -0.2].map(Math.fround));
    expect(agents.conformity[2]).toBeGreaterThan(0);
    expect(agents.selectivity[3]).toBe(1);
    const dislikes = (row: number): number => agents.reactionMix[row * 5 + 4] as number;
    expect(dislikes(4)).toBe(2 * dislikes(0));
  });

  it('is a function of the profile, not of the row', () => {
    const [first, second] = [mapped({}, { seed: '2' }), mapped({ seed: '2' }, {})];
    expect(first.interests.subarray(0, 16)).toEqual(second.interests.subarray(16));
    expect(first.activity[0]).toBe(second.activity[1]);
  });
});

describe('mapDrafts', () => {
  const { agents, drafts } = sampleSimulation(5);

  it('groups by author in the order given and leaves strangers’ drafts out', () => {
    const strange = { ...(drafts[0] as (typeof drafts)[number]), agent_id: 'nobody' };
    const { rows, feed } = mapDrafts(agents, [strange, ...drafts.toReversed()]);
    expect(rows).toHaveLength(drafts.length);
    for (const [row, agent] of agents.entries()) {
      const own = rows.slice(feed.offsets[row], feed.offsets[row + 1]);
      expect(own).toEqual(drafts.filter((draft) => draft.agent_id === agent.id).toReversed());
    }
    expect(feed.quality.length).toBe(rows.length);
    expect(feed.topics.length).toBe(rows.length * 16);
  });

  it('gives a draft topics that its author likes', () => {
    const { feed } = mapDrafts(agents, drafts);
    const { interests } = mapAgents(agents, 10, 6);
    for (const row of agents.keys())
      expect(similarity(interests, row, feed.topics, row * 2)).toBeGreaterThan(0.3);
  });
});

describe('admits', () => {
  it('lets through what the guard allows or labels, and nothing else', () => {
    const [draft] = sampleSimulation(1).drafts;
    const admitted = (['allow', 'label', 'review', 'block'] as const).filter((action) =>
      admits({ ...(draft as NonNullable<typeof draft>), action }),
    );
    expect(admitted).toEqual(['allow', 'label']);
  });
});
