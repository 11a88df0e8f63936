import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleInput, type SampleOptions } from '../../test/support/feed-sample.js';
import type { EventColumn, EventColumns, ScoreParts } from './event-buffer.js';
import {
  BLOCK,
  COMMENT,
  EXPOSURE,
  type FeedInput,
  FOLLOW,
  LEAVE,
  MUTE,
  POST,
  QUOTE,
  REPOST,
  RETURN,
  UNFOLLOW,
} from './feed-input.js';
import { emptyMetrics, Feed, type FeedSettings, measureCascades, type TickMetrics } from './index.js';

function run(input: FeedInput, ticks: number): { feed: Feed; events: EventColumns } {
  const feed = new Feed(input);
  for (let t = 0; t < ticks; t += 1) feed.tick();
  return { feed, events: feed.drainEvents() };
}

function total(feed: Feed, name: keyof TickMetrics): number {
  return feed.metrics().reduce((before, tick) => before + tick[name], 0);
}

/** The counters of all kinds of events, in their order. */
const COUNTED = Object.keys(emptyMetrics(0)).filter(
  (name) => !['tick', 'active', 'idle', 'replies', 'mean_depth', 'reached'].includes(name),
) as (keyof TickMetrics)[];

function sum(column: Int32Array): number {
  return column.reduce((before, n) => before + n, 0);
}

function rows(events: EventColumns, kind: number): number[] {
  return Array.from({ length: events.length }, (_, row) => row).filter((row) => events.kind[row] === kind);
}

const LIVELY: SampleOptions = {
  agents: 120,
  behaviour: {
    lurking: 0.1,
    reaction: 0.2,
    comment: 0.15,
    repost: 0.1,
    answering: 0.8,
    acts: { quote: 0.05, follow: 0.2, unfollow: 0.05, mute: 0.03, block: 0.02, report: 0.05, dismiss: 0.1 },
    bursts: { gain: 0.5, halfLifeTicks: 4 },
    churn: { leaving: 0.1, returning: 0.2 },
  },
};

describe('Feed', () => {
  it('gives the same result however phase 1 is split and ordered', () => {
    const whole = run(sampleInput({ ...LIVELY, agents: 100 }), 30);
    const pieces = new Feed(sampleInput({ ...LIVELY, agents: 100 }));
    for (let t = 0; t < 30; t += 1) {
      pieces.begin();
      for (const [from, to] of [
        [70, 100],
        [13, 14],
        [0, 13],
        [14, 70],
      ] as const) {
        pieces.read(from, to);
      }
      pieces.commit();
    }
    expect(pieces.drainEvents()).toEqual(whole.events);
    expect(pieces.checksum()).toBe(whole.feed.checksum());
    expect(pieces.metrics()).toEqual(whole.feed.metrics());
  });

  it('does the same whether or not exposures are logged', () => {
    const logged = run(sampleInput(LIVELY), 20);
    const quiet = run(sampleInput({ ...LIVELY, logExposures: false }), 20);
    expect(quiet.feed.metrics()).toEqual(logged.feed.metrics());
    expect(quiet.feed.checksum()).toBe(logged.feed.checksum());
    expect(rows(quiet.events, EXPOSURE)).toEqual([]);
    expect(rows(logged.events, EXPOSURE).length).toBeGreaterThan(0);
  });

  it('drains events piece by piece with running sequence numbers', () => {
    const feed = new Feed(sampleInput(LIVELY));
    let expected = 0;
    for (let t = 0; t < 12; t += 1) {
      feed.tick();
      const events = feed.drainEvents();
      expect(events.firstSequence).toBe(expected);
      expected += events.length;
    }
    expect(feed.drainEvents().length).toBe(0);
    expect(expected).toBe(COUNTED.reduce((before, name) => before + total(feed, name), 0));
  });

  it('lets affinities be when the scenario does not adapt them, and moves them within [0, 1] when it does', () => {
    const fixed = sampleInput({
      ...LIVELY,
      behaviour: { ...LIVELY.behaviour, affinityGain: 0, affinityDecay: 0 },
    });
    const before = fixed.graph.affinity.slice();
    expect(run(fixed, 20).feed.world.ties.strength).toEqual(before);

    const adapting = sampleInput({ ...LIVELY, behaviour: { ...LIVELY.behaviour, affinityGain: 0.5 } });
    const { strength } = run(adapting, 20).feed.world.ties;
    expect(strength).not.toEqual(before);
    expect(strength.every((affinity) => affinity >= 0 && affinity <= 1)).toBe(true);
    expect(adapting.graph.affinity).toEqual(before);
  });

  it('leaves most sessions without any act under ordinary settings', () => {
    const { feed } = run(sampleInput({ agents: 500 }), 100);
    expect(total(feed, 'idle') / total(feed, 'active')).toBeGreaterThan(0.5);
  });

  it('shows nothing older than the window and nothing twice in a row', () => {
    const { feed, events } = run(sampleInput({ ...LIVELY, ranking: { windowTicks: 5 } }), 40);
    const { posts } = feed.world;
    const shown = new Set<string>();
    for (const row of rows(events, EXPOSURE)) {
      if ((events.rank[row] as number) < 0) continue;
      expect(
        (events.tick[row] as number) - (posts.tick[events.post[row] as number] as number),
      ).toBeLessThanOrEqual(5);
      const pair = `${events.agent[row]}:${events.root[row]}`;
      expect(shown.has(pair)).toBe(false);
      shown.add(pair);
    }
  });

  it('follows the hours of the day', () => {
    const input = sampleInput(LIVELY);
    const rhythm = Array.from({ length: 24 }, (_, hour) => (hour === 7 ? 0 : 1));
    const { feed } = run({ ...input, clock: { tickMinutes: 30, startHour: 6, rhythm } }, 6);
    expect(feed.metrics().map((tick) => tick.active > 0)).toEqual([true, true, false, false, true, true]);
  });

  it('changes who follows whom, and shows what the new ties bring', () => {
    const { feed, events } = run(sampleInput(LIVELY), 60);
    const { ties } = feed.world;
    const follows = rows(events, FOLLOW);
    expect(follows.length).toBeGreaterThan(20);
    expect(rows(events, UNFOLLOW).length).toBeGreaterThan(5);
    const now = sum(ties.following);
    expect(now).toBe(sum(ties.followers));
    expect(now).not.toBe(feed.input.graph.followees.length);
    const last = new Map(
      [...follows, ...rows(events, UNFOLLOW)]
        .toSorted((a, b) => a - b)
        .map((row) => [`${events.agent[row]}:${events.target[row]}`, events.kind[row] === FOLLOW] as const),
    );
    const blocked = new Set(
      rows(events, BLOCK).flatMap((row) => [
        `${events.agent[row]}:${events.target[row]}`,
        `${events.target[row]}:${events.agent[row]}`,
      ]),
    );
    for (const [pair, stays] of last) {
      const [agent, other] = pair.split(':').map(Number) as [number, number];
      expect(ties.holds(ties.find(agent, other))).toBe(stays && !blocked.has(pair));
    }
    const added = rows(events, EXPOSURE).filter((row) => {
      const edge = ties.find(
        events.agent[row] as number,
        feed.world.posts.author[events.post[row] as number] as number,
      );
      return events.reason[row] === 0 && edge >= feed.input.graph.followees.length;
    });
    expect(added.length).toBeGreaterThan(0);
  });

  it('shows nothing more of whom an agent has muted or blocked', () => {
    const { feed, events } = run(sampleInput(LIVELY), 60);
    const hidden = new Set<string>();
    let seen = 0;
    for (let row = 0; row < events.length; row += 1) {
      const kind = events.kind[row] as number;
      if (kind === MUTE || kind === BLOCK) hidden.add(`${events.agent[row]}:${events.target[row]}`);
      if (kind === BLOCK) hidden.add(`${events.target[row]}:${events.agent[row]}`);
      if (kind !== EXPOSURE || (events.rank[row] as number) < 0) continue;
      const authors = [events.post[row], events.root[row]].map(
        (post) => feed.world.posts.author[post as number],
      );
      // What was muted in the same tick was shown before.
      const muted = authors.some((author) => hidden.has(`${events.agent[row]}:${author}`));
      if (muted && !mutedInTick(events, row)) seen += 1;
    }
    expect(hidden.size).toBeGreaterThan(10);
    expect(seen).toBe(0);
  });

  it('lets agents leave and come back, and those that are away do nothing', () => {
    const { feed, events } = run(sampleInput(LIVELY), 60);
    const away = new Set<number>();
    for (let row = 0; row < events.length; row += 1) {
      const agent = events.agent[row] as number;
      if (events.kind[row] === RETURN) away.delete(agent);
      expect(away.has(agent)).toBe(false);
      if (events.kind[row] === LEAVE) away.add(agent);
    }
    expect(total(feed, 'leaves')).toBeGreaterThanOrEqual(total(feed, 'returns'));
    expect(total(feed, 'returns')).toBeGreaterThan(0);
    expect(sum(Int32Array.from(feed.world.people.away))).toBe(away.size);
  });

  it('brings those who are answered back sooner', () => {
    const still = { ...LIVELY, behaviour: { ...LIVELY.behaviour, bursts: { gain: 0, halfLifeTicks: 4 } } };
    const [lively, quiet] = [LIVELY, still].map((options) =>
      total(run(sampleInput(options), 40).feed, 'active'),
    );
    expect(lively).toBeGreaterThan(1.1 * (quiet as number));
  });

  it('mixes what is followed and what is not as it is told', () => {
    const shares = [0, 0.5, 1].map((outside) => {
      const { events } = run(sampleInput({ ...LIVELY, ranking: { outside, discovery: 40, size: 6 } }), 40);
      const shown = rows(events, EXPOSURE).filter((row) => (events.rank[row] as number) >= 0);
      return shown.filter((row) => events.reason[row] === 2).length / shown.length;
    });
    expect(shares[0]).toBeLessThan(shares[1] as number);
    expect(shares[1]).toBeLessThan(shares[2] as number);
    expect(shares[2]).toBeGreaterThan(0.7);
  });

  it('tells of exposures what their score is made of, when it is asked to', () => {
    const input = sampleInput({ ...LIVELY, logScores: true });
    const { events } = run(input, 20);
    const parts = events.parts as Required<ScoreParts>;
    expect(Object.keys(parts)).toEqual(['affinity', 'interest', 'recency', 'popularity']);
    const { affinity, interest, recency, popularity } = parts;
    for (const row of rows(events, EXPOSURE).filter((each) => (events.rank[each] as number) >= 0)) {
      const [a, i, r, p] = [affinity[row], interest[row], recency[row], popularity[row]] as number[] as [
        number,
        number,
        number,
        number,
      ];
      expect(a + (1 + i) / 2 + r + 0.5 * p).toBeCloseTo(events.value[row] as number, 5);
    }
    expect(run(sampleInput(LIVELY), 3).events.parts).toBeUndefined();
  });

  it('tells of each exposure what the feed that its reader has asks, and no more', () => {
    const half = Uint8Array.from({ length: LIVELY.agents }, (_, agent) => (agent + 1) % 2);
    const change = {
      kind: 'feed',
      start: 0,
      end: Infinity,
      agents: half,
      feed: { kind: 'chronological' },
    } as const;
    const input = { ...sampleInput({ ...LIVELY, logScores: true }), interventions: [change] };
    const { events } = run(input, 20);
    const { affinity, age } = events.parts as Required<ScoreParts>;
    const shown = rows(events, EXPOSURE).filter((row) => (events.rank[row] as number) >= 0);
    const [even, odd] = [0, 1].map((rest) =>
      shown.filter((row) => (events.agent[row] as number) % 2 === rest),
    );
    expect(even?.length).toBeGreaterThan(100);
    expect(odd?.length).toBeGreaterThan(100);
    for (const row of even ?? [])
      expect([-(age[row] as number), affinity[row]]).toEqual([events.value[row], Number.NaN]);
    for (const row of odd ?? []) expect([age[row], affinity[row]]).toEqual([Number.NaN, expect.any(Number)]);
    for (const row of rows(events, REPOST)) expect(affinity[row]).toBeNaN();
  });

  it('takes an empty network', () => {
    const { feed, events } = run(sampleInput({ agents: 0 }), 3);
    expect(events.length).toBe(0);
    expect(total(feed, 'active')).toBe(0);
  });
});

/** Whether the agent of an exposure, or the author, hid the other in the same tick. */
function mutedInTick(events: EventColumns, row: number): boolean {
  for (let other = 0; other < events.length; other += 1) {
    if (events.tick[other] !== events.tick[row]) continue;
    if (events.kind[other] !== MUTE && events.kind[other] !== BLOCK) continue;
    const pair = [events.agent[other], events.target[other]];
    if (pair.includes(events.agent[row])) return true;
  }
  return false;
}

/** Where the metrics, the counters of the posts and the events disagree. */
function wrongCounts(feed: Feed, events: EventColumns): string[] {
  const wrong: string[] = [];
  const agree = (what: string, actual: number, expected: number): void => {
    if (actual !== expected) wrong.push(`${what}: ${actual} instead of ${expected}`);
  };
  for (const [kind, name] of COUNTED.entries()) agree(name, total(feed, name), rows(events, kind).length);
  const replies = rows(events, COMMENT).filter((row) => (events.parent[row] as number) >= 0);
  agree('replies', total(feed, 'replies'), replies.length);
  for (const name of ['reactions', 'comments', 'reposts'] as const) {
    agree(`counters of ${name}`, sum(feed.world.posts[name]), total(feed, name));
  }
  for (const { tick, idle, active } of feed.metrics()) {
    if (idle < 0 || idle > active) wrong.push(`tick ${tick}: ${idle} of ${active} idle`);
  }
  return wrong;
}

/** Events without their cause: acts on what was not shown, showings of what was not there, answers to nothing. */
function wrongOrder(feed: Feed, events: EventColumns): string[] {
  const madeIn = new Map<number, number>();
  const comments = new Map<number, { tick: number; root: number; depth: number }>();
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (let row = 0; row < events.length; row += 1) {
    const at = (column: EventColumn): number => events[column][row] as number;
    const [kind, tick, post, root] = [at('kind'), at('tick'), at('post'), at('root')];
    const sight = `${tick}:${at('agent')}:${kind === REPOST || kind === QUOTE ? at('parent') : post}`;
    const holds = (law: string, truth: boolean): void => {
      if (!truth) wrong.push(`event ${row}: ${law}`);
    };
    holds('events are numbered', at('event') === row);
    holds('a cause is earlier', at('cause') < row);
    if (post < 0) continue;
    holds('the root is the root of the post', root === feed.world.posts.root[post]);
    if (kind === POST || kind === REPOST || kind === QUOTE) madeIn.set(post, tick);
    if (kind === EXPOSURE) {
      holds('shown after it was made', (madeIn.get(post) ?? Infinity) < tick);
      seen.add(sight);
    }
    if (kind !== POST && kind !== EXPOSURE) {
      holds('acts on what was shown', seen.has(sight));
      const cause = at('cause');
      holds(
        'is caused by an exposure of its own',
        events.kind[cause] === EXPOSURE && events.agent[cause] === at('agent'),
      );
    }
    if (kind === COMMENT) {
      const parent = comments.get(at('parent'));
      holds('a parent exists', (parent === undefined) === at('parent') < 0);
      holds(
        'a parent is earlier and of the same root',
        parent === undefined || (parent.tick < tick && parent.root === root),
      );
      holds('depth grows by one', at('value') === (parent?.depth ?? 0) + 1);
      comments.set(at('comment'), { tick, root, depth: at('value') });
    }
  }
  return wrong;
}

const FEEDS: FeedSettings[] = [
  { kind: 'affinity', weights: { affinity: 1, interest: 1, recency: 1, popularity: 0.5 } },
  { kind: 'chronological' },
  { kind: 'popularity', tickMinutes: 10 },
  {
    kind: 'engagement',
    weights: { reaction: 0.5, comment: 13.5, repost: 1 },
    interestPull: 1.5,
    affinityPull: 1.5,
  },
  { kind: 'collaborative', own: 0.25 },
  { kind: 'bridging' },
  { kind: 'random' },
];

describe('what every run keeps', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const options = fc.record({
    agents: fc.integer({ min: 1, max: 80 }),
    seed: fc.string(),
    draftsPerAgent: fc.integer({ min: 0, max: 3 }),
    behaviour: fc.record({
      lurking: share,
      reaction: share,
      comment: share,
      repost: share,
      answering: share,
      acts: fc.record({
        quote: share,
        follow: share,
        unfollow: share,
        mute: share,
        block: share,
        report: share,
        dismiss: share,
      }),
      bursts: fc.constant({ gain: 1, halfLifeTicks: 3 }),
      churn: fc.record({ leaving: share, returning: share }),
    }),
    ranking: fc.record({
      size: fc.integer({ min: 1, max: 20 }),
      windowTicks: fc.integer({ min: 1, max: 30 }),
      discovery: fc.integer({ min: 0, max: 10 }),
      outside: share,
      feed: fc.constantFrom(...FEEDS),
    }),
  });

  it('counts agree with events, causes precede effects, cascades add up', () => {
    fc.assert(
      fc.property(options, (sample) => {
        const { feed, events } = run(sampleInput(sample), 15);
        expect(wrongCounts(feed, events)).toEqual([]);
        expect(wrongOrder(feed, events)).toEqual([]);
        const { roots, sizes, depths } = measureCascades(feed.world.posts, feed.world.comments);
        expect(roots.length).toBe(total(feed, 'posts'));
        expect([sizes.length, depths.length]).toEqual([roots.length, roots.length]);
        expect(sum(sizes)).toBe(
          total(feed, 'posts') + total(feed, 'reposts') + total(feed, 'quotes') + total(feed, 'comments'),
        );
        expect(depths.every((depth, i) => depth < (sizes[i] as number))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
