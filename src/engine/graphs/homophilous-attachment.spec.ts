import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleInput } from '../../../test/support/feed-sample.js';
import { followerCounts, gini, type Graph } from '../graph.js';
import { keyFromText } from '../random.js';
import { DIMENSIONS, similarity, UNIT } from '../vectors.js';
import { homophilousAttachment, type HomophilousSettings } from './homophilous-attachment.js';

function edges(graph: Graph): [from: number, to: number][] {
  const list: [number, number][] = [];
  for (let i = 0; i < graph.count; i += 1) {
    for (const to of graph.followees.subarray(graph.offsets[i], graph.offsets[i + 1])) list.push([i, to]);
  }
  return list;
}

function meanSimilarity(homophily: number): number {
  const { graph, agents } = sampleInput({ agents: 400, graph: { homophily } });
  const all = edges(graph).map(([from, to]) => similarity(agents.interests, from, agents.interests, to));
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

function skew(hubs: number): number {
  return gini(followerCounts(sampleInput({ agents: 1000, graph: { hubs } }).graph));
}

function mutual(reciprocity: number, more: Partial<HomophilousSettings> = {}): number {
  const graph = { reciprocity, homophily: 0, ...more };
  const list = edges(sampleInput({ agents: 1000, graph }).graph);
  const known = new Set(list.map(([from, to]) => from * 1000 + to));
  return list.filter(([from, to]) => known.has(to * 1000 + from)).length / list.length;
}

/** Everybody follows at least one, and nobody follows back. */
const ONE_WAY = { meanFollows: 4, homophily: 0, hubs: 0, reciprocity: 0 };

/** The first choice of each agent and what agent 0 chose in all, in networks of as many seeds. */
function* choices(
  settings: Partial<HomophilousSettings>,
  interests: Int8Array,
  seeds: number,
): Generator<{ first: ReadonlyMap<number, number>; ofTheFirst: readonly number[] }> {
  const model = homophilousAttachment({ ...ONE_WAY, ...settings });
  const people = { count: interests.length / DIMENSIONS, interests };
  for (let seed = 0; seed < seeds; seed += 1) {
    const { sources, targets, length } = model(people, keyFromText(`choices:${seed}`));
    const list = Array.from({ length }, (_, e) => [sources[e] as number, targets[e] as number] as const);
    yield {
      first: new Map(list.toReversed()),
      ofTheFirst: list.filter(([from]) => from === 0).map(([, to]) => to),
    };
  }
}

/** How many standard deviations a share is from its probability. */
function deviations(part: number, whole: number, probability: number): number {
  return Math.abs(part / whole - probability) / Math.sqrt((probability * (1 - probability)) / whole);
}

describe('homophilousAttachment', () => {
  it('gives rows that ascend without doubles or self-follows, whatever the settings', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const settings = fc.record({
      meanFollows: fc.double({ min: 0, max: 40, noNaN: true }),
      homophily: share,
      hubs: share,
      reciprocity: share,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), settings, fc.string(), (agents, graph, seed) => {
        const built = sampleInput({ agents, graph, seed }).graph;
        const seen = new Set<string>();
        let previous: [number, number] = [-1, -1];
        for (const [from, to] of edges(built)) {
          expect(from).not.toBe(to);
          expect(to).toBeLessThan(agents);
          expect(from > previous[0] || to > previous[1]).toBe(true);
          seen.add(`${from}>${to}`);
          previous = [from, to];
        }
        expect(seen.size).toBe(built.followees.length);
        expect(built.affinity.every((affinity) => affinity >= 0 && affinity <= 1)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('meets the mean number of follows within a tenth', () => {
    for (const meanFollows of [8, 20, 30]) {
      const { graph } = sampleInput({ agents: 2000, graph: { meanFollows, reciprocity: 0.3 } });
      expect(graph.followees.length / 2000 / meanFollows).toBeGreaterThan(0.9);
      expect(graph.followees.length / 2000 / meanFollows).toBeLessThan(1.1);
    }
  });

  it('joins the alike the more, the higher homophily is', () => {
    expect(meanSimilarity(0.5)).toBeGreaterThan(meanSimilarity(0) + 0.1);
    expect(meanSimilarity(1)).toBeGreaterThan(meanSimilarity(0.5) + 0.1);
  });

  /*
   * 10 of 50 like one thing, the others another. By chance 9 of the 49 others are alike. The best of eight proposals is alike unless
   * none of them is: 1 - (40/49)^8 = 0.8028. A half of one and a half of the other: 0.4933.
   */
  it.each([
    [0, 9 / 49],
    [0.5, (9 / 49 + 1 - (40 / 49) ** 8) / 2],
    [1, 1 - (40 / 49) ** 8],
  ])('has a minority choose its own, at homophily %d, with probability %d', (homophily, probability) => {
    const interests = new Int8Array(50 * DIMENSIONS);
    for (let agent = 0; agent < 50; agent += 1) interests[agent * DIMENSIONS + Number(agent >= 10)] = UNIT;
    let own = 0;
    for (const { first } of choices({ homophily }, interests, 400))
      for (let agent = 0; agent < 10; agent += 1) own += Number((first.get(agent) as number) < 10);
    expect(deviations(own, 4000, probability)).toBeLessThan(4);
  });

  /*
   * Three agents. The second chooses between the first and the third by what the first has chosen: with probability 1/2 it copies one
   * of these follows, otherwise it takes any of the three, and again where it comes upon itself. Kumar et al., FOCS 2000, section 3:
   * - the first follows the third: (1/2 + 1/6) / (1/2 + 2/6) = 4/5;
   * - the first follows the second: copies lead to itself, 1/2 remains;
   * - the first follows both: (1/4 + 1/6) / (1/4 + 2/6) = 5/7.
   */
  it('copies earlier follows with the probabilities of the copying model', () => {
    const seen = new Map([
      ['2', { probability: 4 / 5, times: 0, third: 0 }],
      ['1', { probability: 1 / 2, times: 0, third: 0 }],
      ['1 2', { probability: 5 / 7, times: 0, third: 0 }],
    ]);
    const settings = { hubs: 0.5, meanFollows: 2 };
    for (const { first, ofTheFirst } of choices(settings, new Int8Array(3 * DIMENSIONS), 20_000)) {
      const outcome = seen.get(ofTheFirst.toSorted((a, b) => a - b).join(' '));
      if (outcome === undefined) throw new Error(`the first agent follows ${ofTheFirst.join()}`);
      outcome.times += 1;
      outcome.third += Number(first.get(1) === 2);
    }
    for (const { probability, times, third } of seen.values()) {
      expect(times).toBeGreaterThan(3000);
      expect(deviations(third, times, probability)).toBeLessThan(4);
    }
  });

  it('concentrates followers the more, the more proposals copy earlier follows', () => {
    expect(skew(0.5)).toBeGreaterThan(skew(0) + 0.03);
    expect(skew(0.95)).toBeGreaterThan(skew(0.5) + 0.1);
  });

  it('returns follows as often as asked', () => {
    expect(mutual(0)).toBeLessThan(0.1);
    expect(mutual(1)).toBe(1);
    // Of 1 + r follows that come of each choice, 2r are mutual; hardly any by chance.
    expect(mutual(1 / 3, { hubs: 0, meanFollows: 4 })).toBeCloseTo(1 / 2, 1);
  });
});
