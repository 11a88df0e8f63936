import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { metroScenario, sampleSimulation } from '../../../../test/support/simulation-sample.js';
import { keyFromText, RandomStream } from '../../../engine/index.js';
import { parseScenario } from '../scenarios/scenario.loader.js';
import { shippedReference } from '../validation/reference.js';
import { calibrate, type CalibrationPlan } from './calibrate.js';
import { calibratedScenario } from './calibrated-scenario.js';
import { lossOf } from './calibration-loss.js';
import { best, minimise, type Point } from './minimise.js';
import { type ParameterName, PARAMETER_NAMES, placeIn, valueAt, valueOf, withValues } from './parameters.js';

function search(loss: (point: Point) => number, evaluations: number, seed = 'search') {
  const stream = new RandomStream(keyFromText(seed), 0);
  return minimise({ start: [0.9, 0.9], evaluations, stream, loss: (point) => Promise.resolve(loss(point)) });
}

/** Rosenbrock's valley, whose bottom is at (0.75, 0.75). */
function valley([u = 0, v = 0]: Point): number {
  const [x, y] = [4 * u - 2, 4 * v - 2];
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
}

function gap([x = 0, y = 0]: Point): number {
  return Math.abs(x - y);
}

describe('minimise', () => {
  it('finds the bottom of a bowl and of Rosenbrock’s valley', async () => {
    const bowl = best(await search(([x = 0, y = 0]) => (x - 0.3) ** 2 + 4 * (y - 0.6) ** 2, 150));
    expect(bowl.loss).toBeLessThan(1e-4);
    expect(best(await search(valley, 400)).loss).toBeLessThan(0.01);
  });

  it('finds a bottom on the edge, and tries as many points as it may', async () => {
    const tried = await search(([x = 0, y = 0]) => x + y, 80);
    expect(tried).toHaveLength(80);
    expect(best(tried).point).toEqual([0, 0]);
    expect(tried[0]?.point).toEqual([0.9, 0.9]);
    expect(tried.every(({ point }) => point.every((value) => value >= 0 && value <= 1))).toBe(true);
  });

  it('is a function of its seed', async () => {
    expect(await search(gap, 50)).toEqual(await search(gap, 50));
    expect(await search(gap, 50, 'other')).not.toEqual(await search(gap, 50));
  });
});

describe('parameters', () => {
  it('are all in a scenario, and lie where they are put', () => {
    const scenario = metroScenario();
    for (const name of PARAMETER_NAMES) {
      const value = valueAt(name, placeIn(name, valueOf(scenario, name)));
      expect(value).toBeCloseTo(valueOf(scenario, name), 2);
      expect([valueAt(name, 0) < valueAt(name, 1), placeIn(name, -5), placeIn(name, 1e9)]).toEqual([
        true,
        0,
        1,
      ]);
    }
    const changed = withValues(scenario, new Map([['feed.weights.recency', 3]]));
    expect([changed.feed.weights.recency, scenario.feed.weights.recency]).toEqual([3, 1]);
  });
});

describe('a calibrated scenario', () => {
  const origin = metroScenario();
  const of = (repost: number, from = origin) =>
    calibratedScenario(from, new Map<ParameterName, number>([['behaviour.repost', repost]]), 'three runs');

  it('is another one than its origin, which it names', () => {
    const made = of(0.02);
    expect(made.id).toMatch(/^metro_cdmx_calibrated_[\da-f]{8}$/u);
    expect(made).toMatchObject({
      version: '1.0.0',
      title: `${origin.title}, calibrated`,
      tags: ['calibrated'],
    });
    expect(made.description.endsWith(' Calibrated from metro_cdmx 1.0.0: three runs.')).toBe(true);
    expect({ ...made.behaviour }).toEqual({ ...origin.behaviour, repost: 0.02 });
    expect(of(0.02)).toEqual(made);
    expect(of(0.03).id).not.toBe(made.id);
  });

  it('keeps to what a name, a title and a description may be, also when it is calibrated again', () => {
    const long = of(0.02, {
      ...origin,
      id: 'a'.repeat(64),
      title: 'b'.repeat(120),
      description: 'c'.repeat(2_000),
    });
    expect(parseScenario(stringify(long), 'long.yaml')).toEqual(long);
    const again = of(0.04, of(0.02));
    expect(again.id).toMatch(/^metro_cdmx_calibrated_[\da-f]{8}$/u);
    expect([again.title, again.tags]).toEqual([`${origin.title}, calibrated`, ['calibrated']]);
    expect(again.description).toContain(`Calibrated from ${of(0.02).id} 1.0.0`);
  });
});

describe('lossOf', () => {
  const reference = shippedReference();

  it('is nothing for the reference itself but for what it misses', () => {
    const nothing = { parents: Int32Array.of(-1), minutes: Float64Array.of(0), users: Int32Array.of(0) };
    const missed = lossOf(nothing, 2, 141 / 408, reference);
    expect(missed).toMatchObject({ timing: 1, cascades: 0 });
    expect(missed.idle).toBeCloseTo(0, 12);
    expect(missed.shape).toBeCloseTo(Math.log(1000), 10);
    expect(missed.loss).toBeCloseTo(Math.log(1000) ** 2 + 10, 8);
  });
});

describe('calibrate', () => {
  const plan: CalibrationPlan = {
    input: sampleSimulation(120),
    ticks: 30,
    parameters: ['behaviour.repost', 'behaviour.lurking'],
    evaluations: 12,
    minSize: 2,
    reference: shippedReference(),
  };
  const watch = { signal: new AbortController().signal, progress: () => {} };

  it('comes nearer than it began, the same way each time, and checks on other draws', async () => {
    const found = await calibrate(plan, watch);
    expect(found.trials).toHaveLength(12);
    expect(found.start.values).toEqual({ 'behaviour.repost': 0.005, 'behaviour.lurking': 0.4 });
    expect(found.best.loss).toBeLessThan(found.start.loss);
    expect(found.best.loss).toBe(Math.min(...found.trials.map(({ loss }) => loss)));
    expect(found.held_out.map(({ seed }) => seed)).toEqual(['7:1', '7:2']);
    expect(found.held_out[0]?.loss).not.toBe(found.held_out[1]?.loss);
    expect(await calibrate(plan, watch)).toEqual(found);
  });

  it('stops when it is told', async () => {
    const abort = new AbortController();
    const progress = (): void => abort.abort(new Error('enough'));
    await expect(calibrate(plan, { signal: abort.signal, progress })).rejects.toThrow('enough');
  });
});
