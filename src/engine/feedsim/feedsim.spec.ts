import { describe, expect, it } from 'vitest';
import { RandomStream, keyFromText } from '../random.js';
import { laneStart } from './layout.js';
import { checksumOf, degreeOf, draw, followeeOf, interestAt, MEASURES, mix, scale } from './model.js';
import { ReferenceKernel } from './reference-kernel.js';
import { foundLane, foundWorld, planWorld, stateOf, sumMeasures, viewWorld, type World } from './world.js';

/** Runs all lanes of a world in turn, on this thread. */
function simulate(
  seed: number,
  agents: number,
  ticks: number,
  lanes = 1,
): { world: World; checksum: number; rows: number[][] } {
  const layout = planWorld(seed, agents, lanes);
  const world = viewWorld(layout, new SharedArrayBuffer(layout.bytes));
  foundWorld(world);
  const kernels = Array.from({ length: lanes }, (_, lane) => {
    foundLane(world, lane);
    return new ReferenceKernel(world, lane);
  });
  const rows: number[][] = [];
  const row = new Float64Array(MEASURES.length);
  for (let tick = 1; tick <= ticks; tick += 1) {
    for (const kernel of kernels) kernel.act(tick);
    for (const kernel of kernels) kernel.commit(tick);
    sumMeasures(world, row);
    rows.push([...row]);
  }
  return { world, rows, checksum: checksumOf(Float64Array.from(rows.flat())) };
}

const bytesOf = (world: World): Uint8Array[] =>
  stateOf(world).map(({ buffer, byteOffset, byteLength }) =>
    new Uint8Array(buffer, byteOffset, byteLength).slice(),
  );

/** lowbias32 without the arithmetic of 32 bits. */
function byHand(word: bigint): bigint {
  const low = 0xffffffffn;
  let x = word ^ (word >> 16n);
  x = (x * 0x7feb352dn) & low;
  x ^= x >> 15n;
  x = (x * 0x846ca68bn) & low;
  return x ^ (x >> 16n);
}

describe('the formulas of FeedSim', () => {
  it('mix words like lowbias32', () => {
    for (const word of [0, 1, 0x7fffffff, 0x80000000, 0xdeadbeef, 0xffffffff]) {
      expect(BigInt(mix(word) >>> 0)).toBe(byHand(BigInt(word)));
    }
  });

  it('scale draws exactly, also where a product has more than 53 bits', () => {
    const stream = new RandomStream(keyFromText('scale'), 0);
    const ranges = [1, 2, 1000, 2 ** 21 + 1, 2 ** 28 - 1, 4294967295, 4294967296];
    for (let n = 0; n < 500; n += 1) {
      const word = n === 0 ? 0xffffffff : stream.uint32();
      for (const range of ranges) {
        expect(BigInt(scale(word, range))).toBe((BigInt(word) * BigInt(range)) >> 32n);
      }
    }
  });

  it('stay within their ranges', () => {
    const degrees = Array.from({ length: 2000 }, (_, agent) => degreeOf(7, agent));
    expect([Math.min(...degrees), Math.max(...degrees)]).toEqual([10, 30]);
    const interests = Array.from({ length: 20_000 }, (_, place) => interestAt(7, place));
    expect([Math.min(...interests), Math.max(...interests)]).toEqual([-127, 127]);
    expect(draw(-1, 3)).toBeGreaterThanOrEqual(0);
  });

  it('let nobody follow themselves, but in a network of one', () => {
    expect(followeeOf(7, 1, 0, 0, () => 0)).toBe(0);
    for (let edge = 0; edge < 500; edge += 1)
      expect(followeeOf(7, 2, edge % 2, edge, () => edge % 2)).not.toBe(edge % 2);
  });
});

describe('a run of the reference kernel', () => {
  it('has the checksum that the baseline in C++ gives', () => {
    expect(simulate(12345, 1000, 60).checksum).toBe(1624302771);
  });

  it.each([2, 3, 8, 64])('is the same in %i lanes', (lanes) => {
    const alone = simulate(99, 700, 300);
    const shared = simulate(99, 700, 300, lanes);
    expect(shared.rows).toEqual(alone.rows);
    expect(bytesOf(shared.world)).toEqual(bytesOf(alone.world));
  });

  it('shares agents out among lanes without gaps, also where there are more lanes than agents', () => {
    for (const [agents, lanes] of [
      [1, 8],
      [17, 2],
      [1000, 3],
      [1024, 64],
    ] as const) {
      const layout = planWorld(1, agents, lanes);
      const starts = Array.from({ length: lanes + 1 }, (_, lane) => laneStart(layout, lane));
      expect(starts[0]).toBe(0);
      expect(starts.at(-1)).toBe(agents);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    }
  });

  it('counts on the posts what the metrics say, as long as no post gave way to another', () => {
    const { world, rows } = simulate(5, 2000, 12);
    const sum = (metric: (typeof MEASURES)[number]): number =>
      rows.reduce((before, row) => before + (row[MEASURES.indexOf(metric)] as number), 0);
    const counted = [0, 1, 2].map((kind) =>
      world.counts.reduce((before, count, place) => (place % 4 === kind ? before + count : before), 0),
    );
    expect(counted).toEqual([sum('likes'), sum('reposts'), sum('replies')]);
    expect(world.seen.filter((bits) => (bits & 1) !== 0)).toHaveLength(sum('reached'));
    expect(world.seen.filter((bits) => (bits & 2) !== 0)).toHaveLength(sum('acted'));
    expect(sum('idle')).toBeGreaterThan(0);
    expect(sum('idle')).toBeLessThan(sum('active') - sum('posts'));
    // Posts and reposts fill the rings.
    const stamped = world.stamps.filter((stamp) => stamp <= 12).length;
    expect(stamped).toBe(sum('posts') + sum('reposts'));
  });

  it('shows no post that is older than twenty ticks, however often stamps have come round', () => {
    const { world, rows } = simulate(11, 60, 900);
    const ages = [...world.stamps].map((stamp) => (900 - stamp) & 255);
    expect(Math.max(...ages)).toBeLessThan(256 - 64);
    expect(rows.every(([active = 0, , views = 0]) => views <= active * 10)).toBe(true);
  });

  it('depends on the seed', () => {
    expect(simulate(1, 100, 50).checksum).not.toBe(simulate(2, 100, 50).checksum);
  });

  it('stops where a lane has no room for an event', () => {
    const { world } = simulate(3, 500, 30);
    const kernel = new ReferenceKernel(world, 0);
    Object.assign(kernel, { lastEvent: 3 });
    expect(() => kernel.act(31)).toThrow('more events than room');
  });
});
