import { describe, expect, it } from 'vitest';
import { sampleInput, type SampleOptions } from '../../../test/support/feed-sample.js';
import type { EventColumns } from '../event-buffer.js';
import {
  CORRECT,
  EXPOSURE,
  type FeedInput,
  LABEL,
  POST,
  QUOTE,
  REMOVE,
  REPORT,
  REPOST,
  SUSPEND,
} from '../feed-input.js';
import { Feed } from '../feed.js';
import type { Intervention } from './settings.js';

const OPTIONS: SampleOptions = {
  agents: 150,
  behaviour: {
    lurking: 0.1,
    repost: 0.3,
    reaction: 0.1,
    comment: 0,
    acts: { quote: 0.05, follow: 0, unfollow: 0, mute: 0, block: 0, report: 0.1, dismiss: 0 },
  },
};
const TICKS = 60;
const base = sampleInput(OPTIONS);
const DRAFTS = base.drafts.quality.length;
const AGENTS = base.agents.count;
/** Every third draft. */
const bad = Uint8Array.from({ length: DRAFTS }, (_, draft) => Number(draft % 3 === 0));
const all = (count: number): Uint8Array => new Uint8Array(count).fill(1);
const always = { start: 0, end: Infinity };
const perfect = { drafts: bad, sensitivity: 1, falsePositives: 0, delay: 2 };

function run(
  interventions: Intervention[],
  more: Partial<FeedInput> = {},
): { feed: Feed; events: EventColumns } {
  const feed = new Feed({ ...sampleInput(OPTIONS), ...more, interventions });
  for (let t = 0; t < TICKS; t += 1) feed.tick();
  return { feed, events: feed.drainEvents() };
}

function rows(events: EventColumns, ...kinds: number[]): number[] {
  return Array.from({ length: events.length }, (_, row) => row).filter((row) =>
    kinds.includes(events.kind[row] as number),
  );
}

/** Of the rows of some kinds, those whose text is one of the bad. */
function ofBad({ feed, events }: { feed: Feed; events: EventColumns }, ...kinds: number[]): number[] {
  return rows(events, ...kinds).filter(
    (row) => bad[feed.world.posts.draft[events.root[row] as number] as number] === 1,
  );
}

const plain = run([]);

describe('marking', () => {
  it.each([
    ['label', LABEL, { kind: 'label', ...always, ...perfect, discourages: 1 }],
    ['correct', CORRECT, { kind: 'correct', ...always, ...perfect, discourages: 1, unconvinces: 1 }],
    ['remove', REMOVE, { kind: 'remove', ...always, ...perfect, strikes: 0, suspension: 0 }],
  ] as const)('to %s finds each post that it is about, once, when the delay is over', (_, kind, settings) => {
    const made = run([settings]);
    const { events } = made;
    const marks = rows(events, kind);
    expect(marks.length).toBe(
      ofBad(made, POST).filter((row) => (events.tick[row] as number) < TICKS - 3).length,
    );
    for (const mark of marks) {
      const cause = events.cause[mark] as number;
      expect([events.kind[cause], events.post[cause]]).toEqual([POST, events.post[mark]]);
      expect(events.tick[mark]).toBe((events.tick[cause] as number) + 3);
    }
  });

  it('misses and mistakes the shares that it is told', () => {
    const { feed, events } = run([
      {
        kind: 'label',
        ...always,
        drafts: bad,
        sensitivity: 0.75,
        falsePositives: 0.25,
        delay: 0,
        discourages: 0,
      },
    ]);
    const labelled = new Set(rows(events, LABEL).map((row) => events.post[row]));
    const posts = rows(events, POST).filter((row) => (events.tick[row] as number) < TICKS - 1);
    const share = (wanted: number): number => {
      const of = posts.filter(
        (row) => bad[feed.world.posts.draft[events.post[row] as number] as number] === wanted,
      );
      return of.filter((row) => labelled.has(events.post[row] as number)).length / of.length;
    };
    expect(share(1)).toBeGreaterThan(0.55);
    expect(share(0)).toBeLessThan(0.45);
    expect(share(0)).toBeGreaterThan(0.05);
  });

  it('shows nothing that was removed', () => {
    const { events } = run([{ kind: 'remove', ...always, ...perfect, strikes: 0, suspension: 0 }]);
    const removed = new Map(
      rows(events, REMOVE).map((row) => [events.root[row], events.tick[row] as number]),
    );
    expect(removed.size).toBeGreaterThan(5);
    for (const row of rows(events, EXPOSURE).filter((each) => (events.rank[each] as number) >= 0))
      expect(events.tick[row]).toBeLessThan(removed.get(events.root[row]) ?? Infinity);
  });

  it('suspends authors who have lost too many posts, and they do nothing meanwhile', () => {
    const { events } = run([{ kind: 'remove', ...always, ...perfect, delay: 0, strikes: 1, suspension: 20 }]);
    const until = new Map<number, number>();
    let early = 0;
    for (let row = 0; row < events.length; row += 1) {
      const [agent, tick, kind] = [events.agent[row], events.tick[row], events.kind[row]] as number[] as [
        number,
        number,
        number,
      ];
      if (kind === SUSPEND) until.set(agent, tick + 20);
      const acts = kind !== SUSPEND && kind !== REMOVE;
      if (acts && tick < (until.get(agent) ?? 0)) early += 1;
    }
    expect(until.size).toBeGreaterThan(3);
    expect(early).toBe(0);
  });

  it('leaves downranked posts out of its share of sessions', () => {
    const views = (share: number): number =>
      ofBad(run([{ kind: 'downrank', ...always, ...perfect, delay: 0, share }]), EXPOSURE).length;
    expect(views(0)).toBe(ofBad(plain, EXPOSURE).length);
    expect(views(0.9)).toBeLessThan(0.6 * views(0));
    expect(views(1)).toBeLessThan(0.3 * views(0));
  });
});

describe('passing on', () => {
  it.each([
    ['a label', { kind: 'label', ...always, ...perfect, delay: 0, discourages: 30 }],
    ['friction', { kind: 'friction', ...always, drafts: bad, share: 1 }],
    [
      'prebunking',
      { kind: 'prebunk', ...always, drafts: bad, agents: all(AGENTS), discourages: 30, halfLifeTicks: 1e6 },
    ],
  ] as const)('is kept down by %s, of what it is about alone', (_, settings) => {
    const kept = run([settings]);
    const passed = ofBad(kept, REPOST, QUOTE).length;
    expect(passed).toBeLessThan(0.05 * ofBad(plain, REPOST, QUOTE).length);
    expect(rows(kept.events, REPOST, QUOTE).length - passed).toBeGreaterThan(20);
  });

  it('is halved in its odds by a label of that many log-odds', () => {
    // One session, one reader: p / (1 - p) = 0.3 / 0.7 before, and half of it with a label.
    const feed = new Feed({
      ...sampleInput(OPTIONS),
      interventions: [{ kind: 'label', ...always, ...perfect, discourages: Math.LN2 }],
    });
    feed.tick();
    feed.world.posts.addOriginal(0, 0, 0, 0);
    feed.world.posts.records.mark(0, 4);
    feed.world.effects.open(1);
    expect(feed.world.effects.passing(1, 0, 0, 0.5)).toBeCloseTo(0.5, 12);
  });

  it('goes no deeper than a limit', () => {
    const { events } = run([{ kind: 'depth_limit', ...always, depth: 1 }]);
    const depths = rows(events, REPOST, QUOTE).map((row) => events.value[row] as number);
    expect(Math.max(...depths)).toBe(1);
    expect(
      Math.max(...rows(plain.events, REPOST, QUOTE).map((row) => plain.events.value[row] as number)),
    ).toBeGreaterThan(1);
  });

  it('is asked for by those who act as one', () => {
    const agents = Uint8Array.from({ length: AGENTS }, (_, agent) => Number(agent < 20));
    const between = ({ feed, events }: typeof plain): number =>
      rows(events, REPOST).filter(
        (row) =>
          agents[events.agent[row] as number] === 1 &&
          agents[feed.world.posts.author[events.root[row] as number] as number] === 1,
      ).length;
    const before = between(plain);
    expect(between(run([{ kind: 'coordinate', ...always, agents, pull: 10 }]))).toBeGreaterThan(before + 5);
  });
});

describe('the rest', () => {
  it('suspends whom it names', () => {
    const agents = Uint8Array.from({ length: AGENTS }, (_, agent) => Number(agent < 50));
    const { events } = run([{ kind: 'suspend', start: 10, end: 30, agents }]);
    expect(rows(events, SUSPEND)).toHaveLength(50);
    for (let row = 0; row < events.length; row += 1) {
      const tick = events.tick[row] as number;
      if (tick < 10 || tick >= 30 || events.kind[row] === SUSPEND) continue;
      expect(events.agent[row]).toBeGreaterThanOrEqual(50);
    }
  });

  it('seeds posts in its tick', () => {
    const { events } = run([
      {
        kind: 'seed',
        start: 7,
        end: 8,
        posts: [
          { agent: 3, draft: 5 },
          { agent: 4, draft: 1 },
        ],
      },
    ]);
    const [first, second] = rows(events, POST).filter((row) => events.tick[row] === 7);
    expect([events.agent[first as number], events.agent[second as number]]).toEqual([3, 4]);
    expect(rows(events, EXPOSURE).some((row) => events.post[row] === events.post[first as number])).toBe(
      true,
    );
  });

  it('changes the feed of those whom it names, from its tick on', () => {
    const agents = Uint8Array.from({ length: AGENTS }, (_, agent) => agent % 2);
    const { events } = run([{ kind: 'feed', start: 20, end: 40, agents, feed: { kind: 'chronological' } }]);
    for (const row of rows(events, EXPOSURE).filter((each) => (events.rank[each] as number) >= 0)) {
      const [tick, agent] = [events.tick[row] as number, events.agent[row] as number];
      // The scores of a chronological feed are ages, below 0; those of the other are above.
      expect((events.value[row] as number) <= 0).toBe(agent % 2 === 1 && tick >= 20 && tick < 40);
    }
  });

  it('reviews so many posts a tick, in the order of their reports, after the delay', () => {
    const moderate: Intervention = {
      kind: 'moderate',
      ...always,
      drafts: all(DRAFTS),
      flagged: new Uint8Array(DRAFTS),
      sensitivity: 1,
      falsePositives: 0,
      delay: 3,
      reports: 1,
      capacity: 1,
      strikes: 0,
      suspension: 0,
    };
    const { events } = run([moderate]);
    const removals = rows(events, REMOVE);
    expect(removals.length).toBeGreaterThan(5);
    const ticks = removals.map((row) => events.tick[row] as number);
    expect(new Set(ticks).size).toBe(ticks.length);
    const causes = removals.map((row) => events.cause[row] as number);
    expect(causes).toEqual(causes.toSorted((a, b) => a - b));
    for (const [place, cause] of causes.entries()) {
      expect(events.kind[cause]).toBe(REPORT);
      expect((ticks[place] as number) - (events.tick[cause] as number)).toBeGreaterThan(3);
    }
    const flagged = run([{ ...moderate, flagged: bad, reports: 1000, capacity: 100 }]);
    expect(rows(flagged.events, REMOVE).length).toBe(
      ofBad(flagged, POST).filter((row) => (flagged.events.tick[row] as number) < TICKS - 4).length,
    );
  });
});

describe('common random numbers', () => {
  it('leave everything before an intervention as it was', () => {
    const late = run([{ kind: 'friction', start: 30, end: Infinity, drafts: all(DRAFTS), share: 1 }]);
    const [with_, without] = [late.feed.digests(), plain.feed.digests()];
    expect(with_.slice(0, 30)).toEqual(without.slice(0, 30));
    expect(with_[35]).not.toBe(without[35]);
  });

  it('leave a run as it was where an intervention touches nobody', () => {
    const nobody = run([
      {
        kind: 'prebunk',
        ...always,
        drafts: bad,
        agents: new Uint8Array(AGENTS),
        discourages: 5,
        halfLifeTicks: 10,
      },
      { kind: 'label', ...always, ...perfect, drafts: new Uint8Array(DRAFTS), discourages: 5 },
    ]);
    expect(nobody.feed.digests()).toEqual(plain.feed.digests());
  });
});

/** What agents think at the start: everything from one end to the other. */
const initial = Float64Array.from({ length: AGENTS }, (_, agent) => (2 * agent) / (AGENTS - 1) - 1);

/** The mean square of opinions. */
const spread = (opinion: Float64Array): number =>
  opinion.reduce((sum, each) => sum + each * each, 0) / opinion.length;

/** How far those who pass posts on stand from their authors, in the mean. */
const distance = (pull: number): number => {
  const { feed, events } = run([], { opinions: { rule: { rule: 'none' }, initial, pull } });
  const reposts = rows(events, REPOST);
  const sum = reposts.reduce((total, row) => {
    const author = feed.world.posts.author[events.root[row] as number] as number;
    return total + Math.abs((initial[author] as number) - (initial[events.agent[row] as number] as number));
  }, 0);
  return sum / reposts.length;
};

describe('opinions in a run', () => {
  it('draw nearer by bounded confidence, and not where a correction has taken all pull', () => {
    const opinions = {
      rule: { rule: 'bounded_confidence', confidence: 2, rate: 0.2 },
      initial,
      pull: 0,
    } as const;
    const { feed } = run([], { opinions });
    expect(spread(feed.world.people.opinion)).toBeLessThan(0.7 * spread(initial));
    const corrected = run(
      [
        {
          kind: 'correct',
          ...always,
          drafts: all(DRAFTS),
          sensitivity: 1,
          falsePositives: 0,
          delay: 0,
          discourages: 0,
          unconvinces: 1,
        },
      ],
      { opinions },
    );
    expect(spread(corrected.feed.world.people.opinion)).toBeGreaterThan(spread(feed.world.people.opinion));
    expect(initial[0]).toBe(-1);
  });

  it('bring those together who agree, as much as they pull', () => {
    expect(distance(3)).toBeLessThan(0.85 * distance(0));
  });
});
