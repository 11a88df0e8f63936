import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFromText } from '../random.js';
import { DIMENSIONS } from '../vectors.js';
import {
  barabasiAlbert,
  buildGraph,
  configuration,
  degreesProblem,
  erdosRenyi,
  type GraphModel,
  stochasticBlock,
  wattsStrogatz,
} from './index.js';

function build(model: GraphModel, count: number, seed = 'models') {
  const interests = new Int8Array(count * DIMENSIONS);
  return buildGraph(model, { count, interests }, keyFromText(seed));
}

type Graph = ReturnType<typeof build>;

function rowOf(graph: Graph, agent: number): Uint32Array {
  return graph.followees.subarray(graph.offsets[agent], graph.offsets[agent + 1]);
}

function degrees(graph: Graph): number[] {
  return Array.from({ length: graph.count }, (_, agent) => rowOf(graph, agent).length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

/** The mean over agents of the share of pairs of their neighbours that are linked. */
function clustering(graph: Graph): number {
  const linked = new Set<number>();
  for (let a = 0; a < graph.count; a += 1) for (const b of rowOf(graph, a)) linked.add(a * graph.count + b);
  const shares = Array.from({ length: graph.count }, (_, agent) => {
    const row = [...rowOf(graph, agent)];
    const pairs = row.flatMap((a) => row.filter((b) => b !== a).map((b) => linked.has(a * graph.count + b)));
    return pairs.length === 0 ? 0 : pairs.filter(Boolean).length / pairs.length;
  });
  return mean(shares);
}

/** The criterion of Erdős and Gallai. */
function graphical(list: readonly number[]): boolean {
  const sorted = list.toSorted((a, b) => b - a);
  const sum = (from: number, to: number, cap = Infinity): number =>
    sorted.slice(from, to).reduce((total, degree) => total + Math.min(degree, cap), 0);
  return (
    sum(0, list.length) % 2 === 0 &&
    sorted.every((_, k) => sum(0, k + 1) <= (k + 1) * k + sum(k + 1, list.length, k + 1))
  );
}

describe('every model', () => {
  const count = fc.integer({ min: 1, max: 40 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const model = fc.oneof(
    fc.record({ links: fc.integer({ min: 1, max: 9 }), reciprocity: share }).map(barabasiAlbert),
    fc
      .record({ neighbours: fc.constantFrom(2, 4, 10), rewiring: share, reciprocity: share })
      .map(wattsStrogatz),
    fc.record({ meanFollows: fc.double({ min: 0, max: 60, noNaN: true }) }).map(erdosRenyi),
    fc
      .record({
        blockOf: fc.constant(Uint16Array.from({ length: 40 }, (_, i) => i % 2)),
        probabilities: fc.tuple(fc.tuple(share, share), fc.tuple(share, share)),
      })
      .map(stochasticBlock),
  );

  it('gives rows that ascend without doubles or self-follows, the same for the same key', () => {
    fc.assert(
      fc.property(count, model, fc.string(), (agents, made, seed) => {
        const graph = build(made, agents, seed);
        expect(build(made, agents, seed)).toEqual(graph);
        for (let agent = 0; agent < agents; agent += 1) {
          const row = [...rowOf(graph, agent)];
          expect(row).toEqual([...new Set(row)].toSorted((a, b) => a - b));
          expect(row.every((other) => other !== agent && other < agents)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('barabasiAlbert', () => {
  it('has as many links as its growth makes, and no agent with fewer than it brings', () => {
    const graph = build(barabasiAlbert({ links: 3, reciprocity: 1 }), 500);
    // Four who are all linked, then three links for each of the other 496.
    expect(graph.followees.length).toBe(2 * (6 + 3 * 496));
    expect(Math.min(...degrees(graph))).toBe(3);
  });

  it('has degrees in the shares 2m(m+1) / k(k+1)(k+2) of Bollobás et al. (2001), whose exponent is 3', () => {
    const m = 2;
    const found = degrees(build(barabasiAlbert({ links: m, reciprocity: 1 }), 40_000));
    for (const k of [2, 3, 4, 6, 10]) {
      const expected = (2 * m * (m + 1)) / (k * (k + 1) * (k + 2));
      const share = found.filter((degree) => degree === k).length / found.length;
      expect(Math.abs(share - expected)).toBeLessThan(5 * Math.sqrt(expected / found.length) + 0.001);
    }
  });

  it('lets newcomers follow without being followed where nothing is returned', () => {
    const graph = build(barabasiAlbert({ links: 3, reciprocity: 0 }), 500);
    expect(degrees(graph).slice(4)).toEqual(Array.from({ length: 496 }, () => 3));
    expect(graph.followees.includes(499)).toBe(false);
  });
});

describe('wattsStrogatz', () => {
  it.each([4, 6, 10])('of %i neighbours clusters as 3(k-2) / 4(k-1) without rewiring', (k) => {
    const graph = build(wattsStrogatz({ neighbours: k, rewiring: 0, reciprocity: 1 }), 200);
    expect(clustering(graph)).toBeCloseTo((3 * (k - 2)) / (4 * (k - 1)), 12);
    expect(new Set(degrees(graph))).toEqual(new Set([k]));
  });

  it('keeps its links and loses its clusters as C(0)(1-p)³ when it is rewired', () => {
    const graph = build(wattsStrogatz({ neighbours: 10, rewiring: 0.2, reciprocity: 1 }), 3000);
    expect(graph.followees.length).toBe(30_000);
    expect(clustering(graph) / (2 / 3)).toBeCloseTo(0.8 ** 3, 1);
    expect(
      clustering(build(wattsStrogatz({ neighbours: 10, rewiring: 1, reciprocity: 1 }), 3000)),
    ).toBeLessThan(0.02);
  });
});

describe('erdosRenyi', () => {
  it('has binomial degrees: mean p(n-1), variance p(1-p)(n-1)', () => {
    const count = 4000;
    const p = 0.01;
    const found = degrees(build(erdosRenyi({ meanFollows: p * (count - 1) }), count));
    const expected = p * (count - 1);
    expect(Math.abs(mean(found) - expected)).toBeLessThan(4 * Math.sqrt(expected / count));
    expect(Math.abs(variance(found) / (expected * (1 - p)) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
  });

  it('is empty or complete at the ends', () => {
    expect(build(erdosRenyi({ meanFollows: 0 }), 50).followees.length).toBe(0);
    expect(build(erdosRenyi({ meanFollows: 80 }), 50).followees.length).toBe(50 * 49);
  });
});

describe('stochasticBlock', () => {
  it('has the density asked for between each pair of blocks', () => {
    const sizes = [600, 300];
    const blockOf = Uint16Array.from({ length: 900 }, (_, agent) => Number(agent >= 600));
    const probabilities = [
      [0.05, 0.01],
      [0, 0.1],
    ];
    const graph = build(stochasticBlock({ blockOf, probabilities }), 900);
    const counts = [
      [0, 0],
      [0, 0],
    ] as [[number, number], [number, number]];
    for (let agent = 0; agent < 900; agent += 1)
      for (const other of rowOf(graph, agent)) counts[blockOf[agent] as 0 | 1][blockOf[other] as 0 | 1] += 1;
    for (const row of [0, 1] as const)
      for (const column of [0, 1] as const) {
        const pairs = sizes[row]! * (sizes[column]! - Number(row === column));
        const p = probabilities[row]![column]!;
        expect(Math.abs(counts[row][column] - pairs * p)).toBeLessThanOrEqual(4 * Math.sqrt(pairs * p));
      }
  });
});

describe('configuration', () => {
  it('keeps the degrees exactly, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 40 }), (list) => {
        const wanted = Int32Array.from(list);
        fc.pre(degreesProblem(wanted) === undefined);
        expect(degrees(build(configuration({ degrees: wanted, reciprocity: 1 }), list.length))).toEqual(list);
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with Erdős and Gallai (1960) on which degrees can be had', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 10 }), (list) => {
        expect(degreesProblem(Int32Array.from(list)) === undefined).toBe(graphical(list));
      }),
      { numRuns: 500 },
    );
  });

  it('mixes: each of the six networks of 3 2 2 2 1 comes up about as often', () => {
    // The agent of one link is linked to that of three, or to one of the three others: three networks each.
    const seen = new Map<string, number>();
    for (let n = 0; n < 1200; n += 1) {
      const { followees } = build(
        configuration({ degrees: Int32Array.of(3, 2, 2, 2, 1), reciprocity: 1 }),
        5,
        `${n}`,
      );
      seen.set(followees.join(), (seen.get(followees.join()) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const times of seen.values()) expect(Math.abs(times - 200)).toBeLessThan(70);
  });

  it('says what is wrong', () => {
    expect(degreesProblem(Int32Array.of(1, 1, 1))).toBe(
      'the degrees add up to 3, and every link has two ends',
    );
    expect(degreesProblem(Int32Array.of(4, 2, 0))).toContain('no network has these degrees');
  });
});
