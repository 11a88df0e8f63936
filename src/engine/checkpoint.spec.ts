import { describe, expect, it } from 'vitest';
import { sampleInput, type SampleOptions } from '../../test/support/feed-sample.js';
import { CheckpointError } from './checkpoint.js';
import type { FeedInput } from './feed-input.js';
import { Feed } from './feed.js';
import type { Intervention } from './interventions/settings.js';

const OPTIONS: SampleOptions = {
  agents: 120,
  behaviour: {
    lurking: 0.1,
    reaction: 0.2,
    comment: 0.1,
    repost: 0.1,
    answering: 0.8,
    acts: { quote: 0.05, follow: 0.2, unfollow: 0.05, mute: 0.03, block: 0.02, report: 0.1, dismiss: 0.1 },
    bursts: { gain: 0.5, halfLifeTicks: 4 },
    churn: { leaving: 0.05, returning: 0.2 },
  },
  ranking: { feed: { kind: 'bridging' } },
};
const DRAFTS = 240;
const REMOVAL: Intervention = {
  kind: 'remove',
  start: 5,
  end: Infinity,
  drafts: Uint8Array.from({ length: DRAFTS }, (_, draft) => Number(draft % 5 === 0)),
  sensitivity: 0.8,
  falsePositives: 0.1,
  delay: 3,
  strikes: 2,
  suspension: 10,
};

function input(interventions: Intervention[] = [REMOVAL], options = OPTIONS): FeedInput {
  const sample = sampleInput(options);
  const initial = Float64Array.from({ length: sample.agents.count }, (_, agent) => (agent % 21) / 10 - 1);
  const rule = { rule: 'bounded_confidence', confidence: 1, rate: 0.1 } as const;
  return { ...sample, interventions, opinions: { rule, initial, pull: 1 } };
}

function advance(feed: Feed, ticks: number): void {
  for (let t = 0; t < ticks; t += 1) {
    feed.tick();
    feed.drainEvents();
  }
}

function after(ticks: number): Feed {
  const feed = new Feed(input());
  advance(feed, ticks);
  return feed;
}

describe('a checkpoint', () => {
  it.each([0, 1, 17, 39])('after %i ticks goes on as the run itself does', (ticks) => {
    const whole = after(40);
    const resumed = new Feed(input());
    resumed.restore(after(ticks).checkpoint());
    advance(resumed, 40 - ticks);
    expect(resumed.digests()).toEqual(whole.digests());
    expect(resumed.metrics()).toEqual(whole.metrics());
    expect(resumed.checkpoint()).toEqual(whole.checkpoint());
  });

  it('numbers what comes after it as the run itself does', () => {
    const run = after(10);
    const resumed = new Feed(input());
    resumed.restore(run.checkpoint());
    for (const feed of [run, resumed]) feed.tick();
    expect(resumed.drainEvents()).toEqual(run.drainEvents());
  });

  it('has the same bytes for the same state', () => {
    expect(after(12).checkpoint()).toEqual(after(12).checkpoint());
  });

  it('is the beginning of branches: what an added intervention does not touch stays the same', () => {
    const nobody: Intervention = {
      kind: 'friction',
      start: 20,
      end: Infinity,
      drafts: new Uint8Array(DRAFTS),
      share: 1,
    };
    const everybody: Intervention = { ...nobody, drafts: new Uint8Array(DRAFTS).fill(1) };
    const [same = [], other = []] = [nobody, everybody].map((added) => {
      const branch = new Feed(input([REMOVAL, added]));
      branch.restore(after(20).checkpoint());
      advance(branch, 20);
      return branch.digests();
    });
    const whole = after(40).digests();
    expect(same).toEqual(whole);
    expect(other.slice(0, 20)).toEqual(whole.slice(0, 20));
    expect(other.at(-1)).not.toBe(whole.at(-1));
  });

  it('is refused while events wait to be drained', () => {
    const feed = new Feed(input());
    for (let t = 0; t < 3; t += 1) feed.tick();
    expect(() => feed.checkpoint()).toThrow(/drain the events/u);
  });

  it.each([
    ['nothing', (): Uint8Array => new Uint8Array(0), /no checkpoint/u],
    ['something else', (): Uint8Array => new Uint8Array(100), /no checkpoint/u],
    ['a part', (bytes: Uint8Array): Uint8Array => bytes.slice(0, bytes.length / 2), /cut off/u],
    ['a part of its head', (bytes: Uint8Array): Uint8Array => bytes.slice(0, 100), /cut off/u],
    [
      'another version',
      (bytes: Uint8Array): Uint8Array => {
        bytes[4] = 9;
        return bytes;
      },
      /version 9, this engine reads version 2/u,
    ],
  ])('that is %s is refused', (_, change, problem) => {
    const bytes = change(after(5).checkpoint());
    expect(() => new Feed(input()).restore(bytes)).toThrow(problem);
    expect(() => new Feed(input()).restore(bytes)).toThrow(CheckpointError);
  });

  it('of another population is refused', () => {
    const other = new Feed(input([REMOVAL], { ...OPTIONS, agents: 60 }));
    expect(() => other.restore(after(5).checkpoint())).toThrow(/another population/u);
  });
});
