import { describe, expect, it } from 'vitest';
import { sampleInput } from '../../../test/support/feed-sample.js';
import { EXPOSURE, type FeedInput, LABEL, REPOST } from '../feed-input.js';
import { Feed } from '../feed.js';
import { buildGraph, EdgeList } from '../graphs/index.js';
import { DRAW, ItemDraws } from '../item-draws.js';
import { threefry2x32 } from '../random.js';
import { DIMENSIONS } from '../vectors.js';
import type { Intervention } from './settings.js';

const AUTHORS = 3;
const READERS = 4000;
const COUNT = AUTHORS + READERS;
const readers = Array.from({ length: READERS }, (_, n) => AUTHORS + n);
const none = new Uint8Array(COUNT);
const always = { start: 0, end: Infinity };
/** The probability that a reader passes on what it is shown: odds of 1, so that an intervention's factor is the odds. */
const PASSES = 0.5;

/**
 * Authors who post only what is seeded, and readers who follow all of them, read in every tick from one on and know no taste.
 * @param reading the first tick in which they read
 */
function audience(interventions: Intervention[], more: Partial<FeedInput> = {}, reading = 1): FeedInput {
  const absent = none.map((_, agent) => Number(agent >= AUTHORS));
  const sample = sampleInput({ agents: COUNT, draftsPerAgent: 1, behaviour: PLAIN });
  const follows = new EdgeList();
  for (const reader of readers)
    for (let author = 0; author < AUTHORS; author += 1) follows.add(reader, author);
  const interests = new Int8Array(COUNT * DIMENSIONS);
  return {
    ...sample,
    agents: {
      ...sample.agents,
      interests,
      activity: Float64Array.from({ length: COUNT }, (_, agent) => Number(agent >= AUTHORS)),
      posting: new Float64Array(COUNT),
    },
    graph: buildGraph(() => follows, { count: COUNT, interests }, sample.key),
    ranking: { ...sample.ranking, discovery: 0, feed: { kind: 'chronological' } },
    interventions: [{ kind: 'suspend', start: 0, end: reading, agents: absent }, ...interventions],
    ...more,
  };
}
const PLAIN = {
  lurking: 0,
  reaction: 0,
  comment: 0,
  repost: PASSES,
  interestPull: 0,
  affinityPull: 0,
  qualityPull: 0,
};

/** A post by an author at the start of a tick. */
function seed(tick: number, author: number, draft: number): Intervention {
  return { kind: 'seed', start: tick, end: tick + 1, posts: [{ agent: author, draft }] };
}

/** What happens in the ticks up to one, this included. */
function happening(input: FeedInput, last: number) {
  const feed = new Feed(input);
  for (let tick = 0; tick <= last; tick += 1) feed.tick();
  const events = feed.drainEvents();
  const rows = Array.from({ length: events.length }, (_, row) => row);
  return {
    feed,
    of: (kind: number) =>
      rows
        .filter((row) => events.kind[row] === kind)
        .map((row) => ({
          tick: events.tick[row] as number,
          agent: events.agent[row] as number,
          post: events.post[row] as number,
          root: events.root[row] as number,
          rank: events.rank[row] as number,
        })),
  };
}

const one = (...marked: number[]): Uint8Array => none.map((_, place) => Number(marked.includes(place)));
const found = { drafts: one(0), sensitivity: 1, falsePositives: 0, delay: 0 };

/** How many standard deviations a share is from its probability. */
function deviations(part: number, whole: number, probability: number): number {
  return Math.abs(part / whole - probability) / Math.sqrt((probability * (1 - probability)) / whole);
}

/** Draw `n` of what each reader draws about post 0 in tick 1, as the engine documents it: by tick, reader, post and number alone. */
function drawn({ key }: FeedInput): (reader: number, n: number) => number {
  const words = new Uint32Array(2);
  threefry2x32(key, 1, 0x6974656d, words);
  const [k0, k1] = words as unknown as [number, number];
  const draws = new ItemDraws();
  return (reader, n) => {
    draws.open({ k0, k1 }, reader, 0);
    return draws.unit(n);
  };
}

describe('who passes a post on', () => {
  const prebunk = (halfLives: number): Intervention => ({
    kind: 'prebunk',
    start: 1 - 10 * halfLives,
    end: Infinity,
    drafts: one(0),
    agents: none.map(() => 1),
    discourages: Math.log(16),
    halfLifeTicks: 10,
  });
  const label = { kind: 'label', ...always, ...found, discourages: Math.log(3) } as const;
  const correct = { ...label, kind: 'correct', unconvinces: 0 } as const;

  // Odds of 1 are divided by e^discourages: odds of 1/k are a probability of 1/(k+1).
  it.each<[string, number, Intervention[]]>([
    ['nothing', 1 / 2, []],
    ['a label of ln 3', 1 / 4, [label]],
    ['a correction of ln 3', 1 / 4, [correct]],
    ['both', 1 / 10, [label, correct]],
    ['a label of another post', 1 / 2, [{ ...label, drafts: one(1) }]],
    ['prebunking of ln 16', 1 / 17, [prebunk(0)]],
    // A half of it, ln 4, is left after a half-life; a quarter, ln 2, after two.
    ['prebunking of ln 16 a half-life ago', 1 / 5, [prebunk(1)]],
    ['prebunking of ln 16 two half-lives ago', 1 / 3, [prebunk(2)]],
  ])('with %s are those who draw less than %d', (_, probability, interventions) => {
    const input = audience([seed(0, 0, 0), ...interventions]);
    const draw = drawn(input);
    const expected = readers.filter((reader) => draw(reader, DRAW.pass) < probability);
    expect(expected.length / READERS).toBeCloseTo(probability, 1);
    expect(
      happening(input, 1)
        .of(REPOST)
        .map(({ agent }) => agent),
    ).toEqual(expected);
  });

  it('with friction are those who would, and go on when they are asked: p(1 - friction)', () => {
    const friction = 0.4;
    const input = audience([seed(0, 0, 0), { kind: 'friction', ...always, drafts: one(0), share: friction }]);
    const draw = drawn(input);
    const expected = readers.filter(
      (reader) => draw(reader, DRAW.pass) < PASSES && draw(reader, DRAW.goesOn) >= friction,
    );
    expect(deviations(expected.length, READERS, 0.5 * 0.6)).toBeLessThan(4);
    expect(
      happening(input, 1)
        .of(REPOST)
        .map(({ agent }) => agent),
    ).toEqual(expected);
  });

  it('among those who act as one are more of them, of what one of them posts alone', () => {
    const members = none.map((_, agent) => Number(agent === 0 || (agent >= AUTHORS && agent % 2 === 0)));
    const act: Intervention = { kind: 'coordinate', ...always, agents: members, pull: Math.log(3) };
    // Odds of 1 times 3 are a probability of 3/4.
    for (const [author, ofMembers] of [
      [0, 3 / 4],
      [1, 1 / 2],
    ] as const) {
      const input = audience([seed(0, author, 0), act]);
      const draw = drawn(input);
      const expected = readers.filter(
        (reader) => draw(reader, DRAW.pass) < (members[reader] === 1 ? ofMembers : 1 / 2),
      );
      expect(
        happening(input, 1)
          .of(REPOST)
          .map(({ agent }) => agent),
      ).toEqual(expected);
    }
  });
});

describe('downranking', () => {
  /** Three posts, one a tick. */
  const posted = [0, 1, 2].map((tick) => seed(tick, tick, tick));
  /** What each reader is shown in tick 3, from the first rank on. */
  const feeds = (share: number): Map<number, number[]> => {
    const downrank: Intervention = { kind: 'downrank', ...always, ...found, drafts: one(1), share };
    const shown = new Map<number, number[]>(readers.map((reader) => [reader, []]));
    const input = audience([...posted, downrank], {}, 3);
    for (const { agent, post, rank } of happening(input, 3).of(EXPOSURE))
      (shown.get(agent) as number[])[rank] = post;
    return shown;
  };
  const without = (share: number): number[] =>
    readers.filter((reader) => !feedsBy(share, reader).includes(1));
  const known = new Map<number, Map<number, number[]>>();
  const feedsBy = (share: number, reader: number): number[] => {
    if (!known.has(share)) known.set(share, feeds(share));
    return known.get(share)?.get(reader) as number[];
  };

  it('moves up what stood below the post', () => {
    expect(feedsBy(0, AUTHORS)).toEqual([2, 1, 0]);
    expect(feedsBy(1, AUTHORS)).toEqual([2, 0]);
    expect(without(0)).toEqual([]);
    expect(without(1)).toEqual(readers);
  });

  it('leaves it out of its share of sessions, and out of all of those again by a larger share', () => {
    const quarter = without(0.25);
    expect(deviations(quarter.length, READERS, 0.25)).toBeLessThan(4);
    const half = new Set(without(0.5));
    expect(deviations(half.size, READERS, 0.5)).toBeLessThan(4);
    expect(quarter.filter((reader) => !half.has(reader))).toEqual([]);
  });
});

describe('checking facts', () => {
  it('takes as long as it is told, and is right as often as Bayes says', () => {
    // A third of the posts is false; 3/4 of these are found, and 1/4 of the others are taken for false.
    const falsehoods = none.map((_, draft) => Number(draft % 3 === 0));
    const posts = readers.map((draft) => ({ agent: 0, draft }));
    const input = audience([
      { kind: 'seed', start: 0, end: 1, posts },
      {
        kind: 'label',
        ...always,
        drafts: falsehoods,
        sensitivity: 3 / 4,
        falsePositives: 1 / 4,
        delay: 4,
        discourages: 0,
      },
    ]);
    const { feed, of } = happening(input, 6);
    const labels = of(LABEL);
    expect(new Set(labels.map(({ tick }) => tick))).toEqual(new Set([5]));
    const isFalse = (post: number): boolean => falsehoods[feed.world.posts.draft[post] as number] === 1;
    const hits = labels.filter(({ post }) => isFalse(post)).length;
    const wrongs = posts.filter(({ draft }) => falsehoods[draft] === 1).length;
    expect(deviations(hits, wrongs, 3 / 4)).toBeLessThan(4);
    expect(deviations(labels.length - hits, READERS - wrongs, 1 / 4)).toBeLessThan(4);
    // Precision: (3/4 · 1/3) / (3/4 · 1/3 + 1/4 · 2/3).
    expect(deviations(hits, labels.length, 3 / 5)).toBeLessThan(4);
  });

  it('halves what a corrected post convinces of', () => {
    const initial = Float64Array.from({ length: COUNT }, (_, agent) => Number(agent < AUTHORS));
    const opinions: FeedInput['opinions'] = {
      rule: { rule: 'bounded_confidence', confidence: 2, rate: 0.5 },
      initial,
      pull: 0,
    };
    const after = (unconvinces: number): number => {
      const correct: Intervention = { kind: 'correct', ...always, ...found, discourages: 0, unconvinces };
      return happening(audience([seed(0, 0, 0), correct], { opinions }), 1).feed.world.people.opinion[
        AUTHORS
      ] as number;
    };
    // 0 + 0.5 (1 - 0), and the same with half the pull.
    expect([after(0), after(0.5), after(1)]).toEqual([0.5, 0.25, 0]);
  });
});
