import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleInput, type SampleOptions } from '../../test/support/feed-sample.js';
import type { EventColumns } from './event-buffer.js';
import { COMMENT, EXPOSURE, type FeedInput, POST, REACTION, REPOST } from './feed-input.js';
import { Feed, measureCascades, type TickMetrics } from './index.js';

function run(input: FeedInput, ticks: number): { feed: Feed; events: EventColumns } {
  const feed = new Feed(input);
  for (let t = 0; t < ticks; t += 1) feed.tick();
  return { feed, events: feed.drainEvents() };
}

function total(feed: Feed, name: keyof TickMetrics): number {
  return feed.metrics().reduce((before, tick) => before + tick[name], 0);
}

function interactions(feed: Feed): number {
  return total(feed, 'reactions') + total(feed, 'comments') + total(feed, 'reposts');
}

function sum(column: Int32Array): number {
  return column.reduce((before, n) => before + n, 0);
}

function rows(events: EventColumns, kind: number): number[] {
  return Array.from({ length: events.length }, (_, row) => row).filter((row) => events.kind[row] === kind);
}

const LIVELY: SampleOptions = {
  agents: 120,
  behaviour: { lurking: 0.1, reaction: 0.2, comment: 0.15, repost: 0.1, answering: 0.8 },
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
    expect(expected).toBe(total(feed, 'posts') + total(feed, 'exposures') + interactions(feed));
  });

  it('lets affinities be when the scenario does not adapt them, and moves them within [0, 1] when it does', () => {
    const fixed = sampleInput({
      ...LIVELY,
      behaviour: { ...LIVELY.behaviour, affinityGain: 0, affinityDecay: 0 },
    });
    const before = fixed.graph.affinity.slice();
    run(fixed, 20);
    expect(fixed.graph.affinity).toEqual(before);

    const adapting = sampleInput({ ...LIVELY, behaviour: { ...LIVELY.behaviour, affinityGain: 0.5 } });
    run(adapting, 20);
    expect(adapting.graph.affinity).not.toEqual(before);
    expect(adapting.graph.affinity.every((affinity) => affinity >= 0 && affinity <= 1)).toBe(true);
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

  it('takes an empty network', () => {
    const { feed, events } = run(sampleInput({ agents: 0 }), 3);
    expect(events.length).toBe(0);
    expect(total(feed, 'active')).toBe(0);
  });
});

/** Where the metrics, the counters of the posts and the events disagree. */
function wrongCounts(feed: Feed, events: EventColumns): string[] {
  const wrong: string[] = [];
  const agree = (what: string, actual: number, expected: number): void => {
    if (actual !== expected) wrong.push(`${what}: ${actual} instead of ${expected}`);
  };
  const names = ['posts', 'exposures', 'reactions', 'comments', 'reposts'] as const;
  for (const [kind, name] of names.entries()) agree(name, total(feed, name), rows(events, kind).length);
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
    const at = (column: Exclude<keyof EventColumns, 'length' | 'firstSequence'>): number =>
      events[column][row] as number;
    const [kind, tick, post, root] = [at('kind'), at('tick'), at('post'), at('root')];
    const sight = `${tick}:${at('agent')}:${kind === REPOST ? at('parent') : post}`;
    const holds = (law: string, truth: boolean): void => {
      if (!truth) wrong.push(`event ${row}: ${law}`);
    };
    holds('the root is the root of the post', root === feed.world.posts.root[post]);
    if (kind === POST || kind === REPOST) madeIn.set(post, tick);
    if (kind === EXPOSURE) {
      holds('shown after it was made', (madeIn.get(post) ?? Infinity) < tick);
      seen.add(sight);
    }
    if (kind === REACTION || kind === COMMENT || kind === REPOST)
      holds('acts on what was shown', seen.has(sight));
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
    }),
    ranking: fc.record({
      size: fc.integer({ min: 1, max: 20 }),
      windowTicks: fc.integer({ min: 1, max: 30 }),
      discovery: fc.integer({ min: 0, max: 10 }),
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
        expect(sum(sizes)).toBe(total(feed, 'posts') + total(feed, 'reposts') + total(feed, 'comments'));
        expect(depths.every((depth, i) => depth < (sizes[i] as number))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
