import { beforeAll, describe, expect, it } from 'vitest';
import { decideFor, OutsideDecider } from '../../../../test/support/outside-decider.js';
import { metroScenario, sampleSimulation } from '../../../../test/support/simulation-sample.js';
import { EventDecoder } from '../../../../test/support/event-decoder.js';
import type { EventRow } from '../eventlog/event-row.js';
import type { FeedScenario } from '../scenarios/scenario.schema.js';
import { feedScenarioSchema } from '../scenarios/scenario.schema.js';
import { prepareSimulation, type Simulation, type SimulationInput } from '../simulation.rules.js';
import { type GivenDecision, judgeDecision } from './decision.rules.js';
import type { Offer } from './offers.rules.js';

const TICKS = 60;
const EXTERNAL = { kind: 'external', people: { share: 0.4 } };

/** A lively town, and who decides in it. */
function scenarioOf(...deciders: object[]): FeedScenario {
  return feedScenarioSchema.parse({
    ...metroScenario(),
    behaviour: {
      ...metroScenario().behaviour,
      reaction: 0.1,
      comment: 0.08,
      repost: 0.05,
      churn: { leaving: 0.02, returning: 0.05 },
    },
    deciders,
  });
}

const inputOf = (...deciders: object[]): SimulationInput =>
  sampleSimulation(150, '7', scenarioOf(...deciders));

interface Done {
  simulation: Simulation;
  events: EventRow[];
}

async function run(input: SimulationInput, decider: OutsideDecider, ticks = TICKS): Promise<Done> {
  const simulation = prepareSimulation(input);
  const decoder = new EventDecoder(simulation);
  const events: EventRow[] = [];
  const { feed, agents } = simulation;
  for (let tick = 0; tick < ticks; tick += 1) {
    feed.begin();
    await decider.take(simulation, tick);
    // In pieces, the last first: the order of reading makes no difference.
    feed.read(70, agents.length);
    feed.read(0, 70);
    feed.commit();
    const drained = feed.drainEvents();
    for (let row = 0; row < drained.length; row += 1) events.push(decoder.row(drained, row));
  }
  return { simulation, events };
}

describe('people for whom somebody outside decides', () => {
  const decider = new OutsideDecider();
  let done: Done;
  let group: Set<string>;

  beforeAll(async () => {
    done = await run(inputOf(EXTERNAL), decider);
    group = new Set(
      done.simulation.outside?.groups.flatMap(({ rows }) =>
        rows.map((row) => done.simulation.agents[row]?.id ?? ''),
      ),
    );
  });

  it('are some of them, and all of these are asked in every tick', () => {
    expect(group.size).toBeGreaterThan(40);
    expect(group.size).toBeLessThan(80);
    for (let tick = 0; tick < TICKS; tick += 1)
      expect(
        decider.offered
          .get(tick)
          ?.map(({ agent_id }) => agent_id)
          .toSorted(),
      ).toEqual([...group].toSorted());
  });

  it('are shown what they were offered, at the rank and by the source that were told', () => {
    let shown = 0;
    for (const [tick, offers] of decider.offered) {
      for (const { agent_id, feed, notification } of offers) {
        const seen = done.events.filter(
          (event) => event.kind === 'exposure' && event.tick === tick && event.agent_id === agent_id,
        );
        const reads = decider.kept.get(tick)?.[agent_id]?.does === 'read';
        const ranked = seen.filter(({ rank }) => rank !== null);
        expect(
          ranked.map(({ post_id, root_id, rank, reason, score }) => [post_id, root_id, rank, reason, score]),
        ).toEqual(
          reads
            ? feed.map(({ post_id, root_id, rank, source, score }) => [post_id, root_id, rank, source, score])
            : [],
        );
        expect(seen.length - ranked.length).toBe(reads && notification !== null ? 1 : 0);
        shown += ranked.length;
      }
    }
    expect(shown).toBeGreaterThan(1_000);
  });

  it('do what was decided, and nothing else', () => {
    for (const [tick, decisions] of decider.kept) {
      for (const [agent, decision] of Object.entries(decisions)) {
        const did = done.events
          .filter((event) => event.tick === tick && event.agent_id === agent)
          .map(({ kind }) => kind)
          .filter((kind) => kind !== 'exposure' && kind !== 'read');
        const meant =
          decision.does === 'read'
            ? [...decision.acts.map(({ kind }) => kind), ...(decision.leaves ? ['leave'] : [])]
            : decision.does === 'nothing'
              ? []
              : [decision.does];
        // Somebody whom one has followed or muted in the same tick is followed or muted already.
        expect(meant).toEqual(expect.arrayContaining(did));
        expect(
          did.filter((kind) => kind === 'reaction' || kind === 'comment' || kind === 'repost'),
        ).toHaveLength(
          meant.filter((kind) => kind === 'reaction' || kind === 'comment' || kind === 'repost').length,
        );
      }
    }
    const kinds = new Set(done.events.filter(({ agent_id }) => group.has(agent_id)).map(({ kind }) => kind));
    for (const kind of [
      'post',
      'reaction',
      'comment',
      'repost',
      'quote',
      'follow',
      'report',
      'leave',
      'return',
    ])
      expect(kinds).toContain(kind);
  });

  it('do the same again by what was kept', async () => {
    const again = new OutsideDecider(() => undefined);
    for (const [tick, decisions] of decider.kept) again.kept.set(tick, structuredClone(decisions));
    const { simulation } = await run(inputOf(EXTERNAL), again);
    expect(simulation.feed.digests()).toEqual(done.simulation.feed.digests());
  });

  it('do it in a run that repeats another, without anybody being asked', async () => {
    const id = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
    const nobody = new OutsideDecider(() => undefined);
    const input = { ...inputOf({ ...EXTERNAL, repeats: id }), kept: new Map([[id, decider.kept]]) };
    const { simulation } = await run(input, nobody);
    expect(nobody.offered.size).toBe(0);
    expect(simulation.feed.digests()).toEqual(done.simulation.feed.digests());
  });

  it('do as the rules say where nobody decides and the scenario wants that, and otherwise nothing', async () => {
    const rules = await run(inputOf({ ...EXTERNAL, missing: 'rules' }), new OutsideDecider(() => undefined));
    const plain = await run(inputOf(), new OutsideDecider(() => undefined));
    expect(rules.simulation.feed.digests()).toEqual(plain.simulation.feed.digests());
    const idle = await run(inputOf({ ...EXTERNAL, missing: 'nothing' }), new OutsideDecider(() => undefined));
    expect(idle.events.filter(({ agent_id, kind }) => group.has(agent_id) && kind !== 'label')).toEqual([]);
  });

  it('are asked as often as the scenario says', async () => {
    const seldom = new OutsideDecider();
    const { events } = await run(inputOf({ ...EXTERNAL, every: 7 }), seldom, 30);
    expect([...seldom.offered.keys()]).toEqual([0, 7, 14, 21, 28]);
    for (const { tick } of events.filter(({ agent_id, kind }) => group.has(agent_id) && kind === 'exposure'))
      expect(tick % 7).toBe(0);
  });

  it('are a thousand at most', () => {
    const many = sampleSimulation(1_100, '7', scenarioOf({ kind: 'external' }));
    expect(() => prepareSimulation(many)).toThrow(
      /1100 people for whom somebody outside decides; 1000 at most/,
    );
  });

  const reader = (): Offer =>
    offerOf(
      decider,
      ({ feed, accepts }) => accepts.includes('read') && feed.length > 2 && feed[0]?.source === 'followed',
    );

  describe('a decision', () => {
    it.each<[string, (seen: Offer) => Partial<GivenDecision>, string[]]>([
      ['that comes back where it is', () => ({ does: 'return' }), ['does']],
      [
        'with acts of nobody who reads',
        ({ feed }) => ({ does: 'nothing', acts: actsOn(feed, 'repost') }),
        ['acts'],
      ],
      ['to leave without reading', () => ({ does: 'nothing', leaves: true }), ['leaves']],
      ['to leave and act', ({ feed }) => ({ leaves: true, acts: actsOn(feed, 'repost') }), ['leaves']],
      ['about what is not shown', () => ({ acts: [{ kind: 'repost', post_id: 'x' }] }), ['acts[0].post_id']],
      ['to follow whom it follows', ({ feed }) => ({ acts: actsOn(feed, 'follow') }), ['acts[0].kind']],
      [
        'with a reaction that is none',
        ({ feed }) => ({ acts: actsOn(feed, 'reaction') }),
        ['acts[0].reaction'],
      ],
      [
        'with a reaction to a repost',
        ({ feed }) => ({
          acts: actsOn(feed, 'repost').map((act) => ({ ...act, reaction: 'like' as const })),
        }),
        ['acts[0].reaction'],
      ],
      [
        'that passes on twice',
        ({ feed }) => ({ acts: [...actsOn(feed, 'repost'), ...actsOn(feed, 'quote')] }),
        ['acts[1].kind'],
      ],
      [
        'that answers what is not there',
        ({ feed }) => ({ acts: actsOn(feed, 'comment').map((act) => ({ ...act, comment_id: 'x' })) }),
        ['acts[0].comment_id'],
      ],
    ])('%s is refused', (_, given, fields) => {
      const seen = reader();
      expect(judged(seen, given(seen))).toEqual(fields.map((field) => `decisions[2].${field}`));
    });

    it('that can be done is taken', () => {
      const seen = reader();
      expect(judged(seen, { acts: [...actsOn(seen.feed, 'comment'), ...actsOn(seen.feed, 'quote')] })).toBe(
        'read',
      );
      const away = offerOf(decider, ({ accepts }) => accepts.includes('return'));
      expect(judged(away, { does: 'return' })).toBe('return');
      const told = offerOf(decider, ({ notification }) => notification !== null);
      const { post_id = '', comment_id = '' } = told.notification ?? {};
      expect(judged(told, { acts: [{ kind: 'comment', post_id, comment_id }] })).toBe('read');
      expect(decideFor(told, 3)).toEqual(decideFor(told, 3));
    });
  });
});

function actsOn([first]: Offer['feed'], kind: 'repost' | 'follow' | 'reaction' | 'quote' | 'comment') {
  return [{ kind, post_id: first?.post_id ?? '' }];
}

/** The first offer of its kind that somebody got. */
function offerOf({ offered }: OutsideDecider, wanted: (offer: Offer) => boolean): Offer {
  const found = [...offered.values()].flat().find(wanted);
  if (found === undefined) throw new Error('there is no such offer');
  return found;
}

/** What somebody does by a decision, or the fields in which it is wrong. */
function judged(seen: Offer, given: Partial<GivenDecision>): unknown {
  const result = judgeDecision(seen, { agent_id: seen.agent_id, does: 'read', ...given }, 'decisions[2]');
  return 'issues' in result ? result.issues.map(({ field }) => field) : result.decision.does;
}
