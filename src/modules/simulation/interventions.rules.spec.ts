import { describe, expect, it } from 'vitest';
import { metroScenario, sampleSimulation } from '../../../test/support/simulation-sample.js';
import type { Signals } from '../../engine/index.js';
import { feedScenarioSchema } from './scenarios/scenario.schema.js';
import { isFalse } from './interventions.rules.js';
import { prepareSimulation } from './simulation.rules.js';

/** The shipped scenario with some interventions, as a file would have them. */
function scenarioWith(interventions: object[], more: object = {}) {
  return feedScenarioSchema.parse({ ...metroScenario(), ...more, interventions });
}

function prepared(interventions: object[], more: object = {}) {
  return prepareSimulation(sampleSimulation(80, '7', scenarioWith(interventions, more)));
}

const HALF = { information: { false_share: 0.5 } };

describe('interventions of a scenario', () => {
  it('are about what is false, what is true, or both', () => {
    const kinds = ['false', 'true', 'any'].map((veracity) => ({ kind: 'label', content: { veracity } }));
    const simulation = prepared(kinds, HALF);
    const { interventions = [] } = simulation.feed.input;
    const masks = interventions.map((each) => ('drafts' in each ? [...each.drafts] : []));
    const truth = simulation.admitted.map((draft) => Number(isFalse(simulation, draft)));
    expect(masks).toEqual([truth, truth.map((each) => 1 - each), truth.map(() => 1)]);
    const share = truth.reduce((sum, each) => sum + each, 0) / truth.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.15);
  });

  it('are about some topics, in any spelling', () => {
    const content = { veracity: 'any', topics: ['#StreetArt'] };
    const simulation = prepared([{ kind: 'friction', content }]);
    const [friction] = simulation.feed.input.interventions ?? [];
    const expected = simulation.admitted.map(({ agent_id }) => {
      const author = simulation.agents.find(({ id }) => id === agent_id);
      return Number(author?.interests.includes('street art'));
    });
    expect(friction?.kind === 'friction' && [...friction.drafts]).toEqual(expected);
  });

  it('are refused where they are about what nothing in the run is about, which is told', () => {
    const interventions = [
      { kind: 'friction', content: { topics: ['#StreetArt', 'no such thing'] } },
      { kind: 'suspension', people: { interests: ['#mural'] } },
    ];
    expect(() => prepared(interventions)).toThrow(
      expect.objectContaining({
        code: 'topic_unknown',
        issues: [
          {
            field: 'interventions.0.content.topics',
            message: expect.stringMatching(
              /^nothing in the run is about no such thing; .*#mural.*street art/,
            ),
          },
          {
            field: 'interventions.1.people.interests',
            message: expect.stringMatching(/^nothing in the run is about #mural; .*street art/),
          },
        ],
      }),
    );
  });

  it('are about a share of some people, the same for the same seed', () => {
    const people = { share: 0.5, interests: ['photography', 'museums'] };
    const [one, two] = [
      prepared([{ kind: 'suspension', people }]),
      prepared([{ kind: 'suspension', people }]),
    ];
    const [first, second] = [one, two].map(({ feed }) => feed.input.interventions?.[0]);
    expect(first).toEqual(second);
    const named = one.agents.filter((_, row) => first?.kind === 'suspend' && first.agents[row] === 1);
    expect(named.length).toBeGreaterThan(0);
    expect(named.every(({ interests }) => people.interests.some((each) => interests.includes(each)))).toBe(
      true,
    );
  });

  it('seed drafts of the most followed', () => {
    const { feed } = prepared([
      { kind: 'seeding', start: 5, posts: 3, by: 'followers', content: { veracity: 'any' } },
    ]);
    const [seed] = feed.input.interventions ?? [];
    const posts = seed?.kind === 'seed' ? seed.posts : [];
    expect(posts).toHaveLength(3);
    const { followers } = feed.world.ties;
    const least = Math.min(...posts.map(({ agent }) => followers[agent] as number));
    const { offsets } = feed.input.drafts;
    for (const { agent, draft } of posts) expect(draft).toBe((offsets[agent + 1] as number) - 1);
    const better = Array.from(followers).filter(
      (count, agent) => count > least && offsets[agent + 1] !== offsets[agent],
    );
    expect(better.length).toBeLessThan(3);
  });

  it('of moderation let everything be posted, and flag what the guard holds back', () => {
    const input = sampleSimulation(80, '7', scenarioWith([{ kind: 'moderation' }]));
    const { feed, admitted } = prepareSimulation(input);
    expect(admitted).toHaveLength(input.drafts.length);
    const [moderate] = feed.input.interventions ?? [];
    if (moderate?.kind !== 'moderate') throw new Error('no moderation');
    expect([...moderate.flagged]).toEqual(
      admitted.map(({ action }) => Number(action === 'review' || action === 'block')),
    );
    expect([...moderate.drafts]).toEqual(admitted.map(({ action }) => Number(action === 'block')));
  });

  it('may change to a feed of an expression', () => {
    const ranking = { kind: 'expression', expression: '-1.0 * age' };
    const simulation = prepared([
      { kind: 'depth_limit', depth: 2 },
      { kind: 'feed_change', start: 3, ranking },
    ]);
    const { interventions = [], expressions = [] } = simulation.feed.input;
    expect(interventions[1]).toMatchObject({
      kind: 'feed',
      start: 3,
      end: Infinity,
      feed: { kind: 'custom', expression: 0 },
    });
    expect(expressions[0]?.score({ age: 3 } as Signals)).toBe(-3);
    for (let tick = 0; tick < 10; tick += 1) simulation.feed.tick();
    expect(simulation.feed.metrics()[9]?.exposures).toBeGreaterThan(0);
  });

  it('run together', () => {
    const everything = [
      { kind: 'label' },
      { kind: 'fact_check', delay: 3 },
      { kind: 'downrank' },
      { kind: 'removal', strikes: 2 },
      { kind: 'friction' },
      { kind: 'depth_limit', depth: 2 },
      { kind: 'prebunk', start: 2 },
      { kind: 'suspension', start: 20, end: 30, people: { share: 0.1 } },
      { kind: 'feed_change', start: 25, ranking: { kind: 'bridging' } },
      { kind: 'seeding', start: 1, posts: 2 },
      { kind: 'coordination', people: { share: 0.1 } },
      { kind: 'moderation' },
    ];
    const opinions = { rule: 'biased_assimilation', start: 'polarised', pull: 1 };
    const simulation = prepared(everything, { ...HALF, opinions });
    for (let tick = 0; tick < 60; tick += 1) simulation.feed.tick();
    expect(simulation.feed.metrics().reduce((sum, { labels }) => sum + labels, 0)).toBeGreaterThan(0);
    expect(simulation.feed.world.people.opinion.every((opinion) => opinion >= -1 && opinion <= 1)).toBe(true);
  });
});
