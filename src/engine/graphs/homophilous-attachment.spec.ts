import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleInput } from '../../../test/support/feed-sample.js';
import { followerCounts, gini, type Graph } from '../graph.js';
import { similarity } from '../vectors.js';

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

function mutual(reciprocity: number): number {
  const list = edges(sampleInput({ agents: 1000, graph: { reciprocity, homophily: 0 } }).graph);
  const known = new Set(list.map(([from, to]) => from * 1000 + to));
  return list.filter(([from, to]) => known.has(to * 1000 + from)).length / list.length;
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

  it('concentrates followers the more, the more proposals copy earlier follows', () => {
    expect(skew(0.5)).toBeGreaterThan(skew(0) + 0.03);
    expect(skew(0.95)).toBeGreaterThan(skew(0.5) + 0.1);
  });

  it('returns follows as often as asked', () => {
    expect(mutual(0)).toBeLessThan(0.1);
    expect(mutual(1)).toBe(1);
  });
});
