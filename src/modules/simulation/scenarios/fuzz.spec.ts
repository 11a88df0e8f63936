import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideFor, OutsideDecider } from '../../../../test/support/outside-decider.js';
import { metroScenario, sampleSimulation } from '../../../../test/support/simulation-sample.js';
import { prepareSimulation } from '../simulation.rules.js';
import { feedScenarioSchema } from './scenario.schema.js';

/** Scenarios that are tried; `FUZZ_SCENARIOS` asks for more. */
const RUNS = Number(process.env['FUZZ_SCENARIOS'] ?? 25);
const TICKS = 12;

const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const odds = fc.constantFrom(-20, -1, 0, 0.5, 3, 20);
const ranking = fc.constantFrom(
  { kind: 'affinity' },
  { kind: 'chronological' },
  { kind: 'popularity' },
  { kind: 'engagement', reaction: 100, interest_pull: 20, affinity_pull: -20 },
  { kind: 'collaborative', own: 0 },
  { kind: 'bridging' },
  { kind: 'random' },
  { kind: 'expression', expression: 'recency / (affinity - affinity)' },
  { kind: 'expression', expression: 'followed ? chance : min(alikes, quality) * 1000000.0' },
);
const span = {
  start: fc.integer({ min: 0, max: TICKS }),
  end: fc.option(fc.integer({ min: 0, max: TICKS }), { nil: undefined }),
};
const content = fc.record({
  veracity: fc.constantFrom('false', 'true', 'any'),
  topics: fc.option(fc.constantFrom(['street art'], ['#mural', '']), { nil: undefined }),
});
const people = fc.record({
  share,
  interests: fc.option(fc.constantFrom(['jazz'], ['chess', 'football']), { nil: undefined }),
});
const found = {
  ...span,
  content,
  sensitivity: share,
  false_positives: share,
  delay: fc.integer({ min: 0, max: 4 }),
};
const lost = { strikes: fc.integer({ min: 0, max: 2 }), suspension: fc.integer({ min: 0, max: 5 }) };
const of = (kind: string, fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.record({ kind: fc.constant(kind), ...fields });

const intervention = fc.oneof(
  of('label', { ...found, discourages: fc.constantFrom(0, 20) }),
  of('fact_check', { ...found, unconvinces: share }),
  of('downrank', { ...found, share }),
  of('removal', { ...found, ...lost }),
  of('friction', { ...span, content, share }),
  of('depth_limit', { ...span, depth: fc.integer({ min: 0, max: 2 }) }),
  of('prebunk', { ...span, content, people, half_life_ticks: fc.constantFrom(0.1, 100_000) }),
  of('suspension', { ...span, people }),
  of('feed_change', { ...span, people, ranking }),
  of('seeding', {
    start: span.start,
    content,
    people,
    posts: fc.constantFrom(1, 100_000),
    by: fc.constantFrom('followers', 'chance'),
  }),
  of('coordination', { ...span, people, pull: fc.constantFrom(0, 20) }),
  of('moderation', {
    ...span,
    sensitivity: share,
    false_positives: share,
    capacity: fc.constantFrom(0, 1, 1_000_000),
    reports: fc.constantFrom(1, 3),
    ...lost,
  }),
);

const outside = {
  people,
  every: fc.constantFrom(1, 3, 10_000),
  missing: fc.constantFrom('rules', 'nothing'),
};
const decider = fc.oneof(
  of('rules', { people }),
  of('external', { ...outside, deadline_seconds: fc.constantFrom(1, 2_592_000) }),
  of('llm', { ...outside, batch: fc.constantFrom(1, 20), budget_calls: fc.constantFrom(0, 10_000_000) }),
);

/** Every number and list at its ends and in between. */
const scenarios = fc.record({
  interventions: fc.array(intervention, { maxLength: 6 }),
  deciders: fc.option(fc.array(decider, { maxLength: 3 }), { nil: undefined }),
  information: fc.record({
    false_share: share,
    emotion_pull: odds,
    novelty_pull: odds,
    false_emotion: share,
  }),
  opinions: fc.constantFrom(
    { rule: 'none', start: 'uniform', pull: 0 },
    { rule: 'none', start: 'polarised', pull: 20 },
    { rule: 'bounded_confidence', start: 'centred', confidence: 2, rate: 1 },
    { rule: 'biased_assimilation', start: 'uniform', bias: 10, weight: 0.01 },
    { rule: 'biased_assimilation', start: 'polarised', bias: 0, weight: 1000 },
  ),
  feed: fc.record({
    size: fc.constantFrom(1, 12, 100),
    window_ticks: fc.constantFrom(1, 72),
    discovery: fc.constantFrom(0, 2, 200),
    half_life_ticks: fc.constantFrom(0.1, 100_000),
    outside: fc.option(share, { nil: undefined }),
    ranking,
  }),
  behaviour: fc.record({
    sessions_per_day: fc.constantFrom(0, 6, 200),
    lurking: share,
    reaction: share,
    comment: share,
    repost: share,
    interest_pull: odds,
    affinity_pull: odds,
    quality_pull: odds,
    reply_share: share,
    answering: share,
    affinity_gain: share,
    affinity_decay: share,
    acts: fc.record({
      quote: share,
      follow: share,
      unfollow: share,
      mute: share,
      block: share,
      report: share,
      dismiss: share,
    }),
    bursts: fc.record({ gain: fc.constantFrom(0, 1, 50), half_life_ticks: fc.constantFrom(0.1, 6, 100_000) }),
    churn: fc.record({ leaving: share, returning: share }),
  }),
  time_zone: fc.constantFrom(undefined, 'Asia/Kolkata', 'UTC'),
  start_date: fc.constantFrom('2026-03-02', '2024-02-29'),
});

describe('any scenario that the schema takes', () => {
  it(
    'runs, says the same twice, and leaves every number a number',
    () => {
      fc.assert(
        fc.property(scenarios, fc.integer({ min: 1, max: 30 }), (given, people_) => {
          const parsed = feedScenarioSchema.safeParse({ ...metroScenario(), ...given });
          // An empty topic is refused.
          if (!parsed.success) return;
          const digests = [0, 1].map(() => {
            const simulation = prepareSimulation(sampleSimulation(people_ + 20, 'fuzz', parsed.data));
            const { feed, agents } = simulation;
            // In every third tick nobody decides.
            const others = new OutsideDecider((offer, tick) =>
              tick % 3 === 2 ? undefined : decideFor(offer, tick),
            );
            for (let tick = 0; tick < TICKS; tick += 1) {
              feed.begin();
              others.settle(simulation, tick);
              feed.read(0, agents.length);
              feed.commit();
            }
            const { value } = feed.drainEvents();
            expect(value.every((each) => Number.isFinite(each))).toBe(true);
            expect(feed.world.people.opinion.every((each) => each >= -1 && each <= 1)).toBe(true);
            expect(feed.world.ties.strength.every((each) => each >= 0 && each <= 1)).toBe(true);
            return feed.digests();
          });
          expect(digests[1]).toEqual(digests[0]);
        }),
        { numRuns: RUNS },
      );
    },
    600_000 + RUNS * 1_000,
  );
});
