import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { metroScenario } from '../../../../test/support/simulation-sample.js';
import { PROJECT_ROOT } from '../../../core/project.js';
import { analyse, type RunOutcomes } from './analysis.js';
import { EXPERIMENT_EXAMPLE } from './experiment-example.js';
import { experimentJsonSchema, type ExperimentFile } from './experiment.schema.js';
import { leastAdjustedP, leastAdjustedPAmong } from './feasibility.js';
import { valueAtEnd, valueOverTicks } from './outcomes.js';
import { parseExperiment, readExperiment, registrationOf, resolveArms } from './registration.js';

const file = parseExperiment(EXPERIMENT_EXAMPLE, 'example');

/** Runs of an outcome `reposts` in both arms, seed by seed. */
function runsOf(control: readonly (number | null)[], treated: readonly (number | null)[]): RunOutcomes[] {
  return control.flatMap((value, place) => {
    const seed = String(place + 1);
    return [
      { arm: 'as_it_is', seed, values: { reposts: value } },
      { arm: 'friction', seed, values: { reposts: treated[place] ?? null } },
    ];
  });
}

const many = (seeds: number): ExperimentFile => ({
  ...file,
  seeds: Array.from({ length: seeds }, (_, n) => String(n + 1)),
  outcomes: file.outcomes.slice(0, 1),
});

describe('an analysis', () => {
  it('pairs runs by their seeds', async () => {
    const found = await analyse(many(6), 'digest', runsOf([10, 12, 9, 11, 14, null], [7, 8, 8, 9, 9, 3]));
    const [comparison] = found.comparisons;
    // Differences -3, -4, -1, -2, -5: mean -3, variance 2.5.
    expect(comparison).toMatchObject({
      pairs: 5,
      mean: -3,
      primary: true,
      exact: true,
      p: 2 / 32,
      adjusted_p: 2 / 32,
    });
    expect(comparison?.deviation).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(comparison?.relative).toBeCloseTo(-3 / 11.2, 12);
    // -3 ± 2.776445 √(2.5 / 5)
    expect(comparison?.t_interval?.[0]).toBeCloseTo(-4.963243, 5);
    expect(comparison?.t_interval?.[1]).toBeCloseTo(-1.036757, 5);
    expect(found.arms[0]).toMatchObject({ arm: 'as_it_is', runs: 5, mean: 11.2 });
    expect(found.verdicts).toMatchObject([{ verdict: 'not_supported' }]);
  });

  it('judges what was registered', async () => {
    const control = [10, 12, 9, 11, 14, 13, 15];
    const judge = async (change: number): Promise<unknown> => {
      const treated = control.map((value, place) => value + change * (1 + place / 10));
      return (await analyse(many(7), 'digest', runsOf(control, treated))).verdicts[0]?.verdict;
    };
    expect([await judge(-3), await judge(3), await judge(0)]).toEqual([
      'supported',
      'opposite',
      'not_supported',
    ]);
    expect((await analyse(many(3), 'digest', runsOf([1], [2]))).verdicts[0]?.verdict).toBe('undecidable');
  });

  it('counts a comparison without a value, and says nothing of it', async () => {
    const two = { ...many(6), outcomes: [...many(6).outcomes, { name: 'polar', measure: 'attention_gini' }] };
    const { comparisons } = await analyse(two, 'digest', runsOf([1, 2, 3, 4, 5, 6], [2, 4, 6, 8, 10, 12]));
    // All six signs are the same: 2 of 64, times the two that were registered.
    expect(comparisons[0]).toMatchObject({ pairs: 6, p: 2 / 64, adjusted_p: 4 / 64 });
    expect(comparisons[1]).toMatchObject({ pairs: 0, mean: null, relative: null, p: null, adjusted_p: null });
  });

  it('is a function of the runs and the digest', async () => {
    const runs = runsOf([1, 5, 3, 9], [2, 3, 8, 4]);
    expect(await analyse(many(4), 'digest', runs)).toEqual(await analyse(many(4), 'digest', runs));
  });
});

describe('outcomes', () => {
  it('are read from measures and ticks', () => {
    const run = {
      totals: { posts: 3 },
      measures: { reach: { views: { p90: 4.5 } }, diversity: null },
    } as never;
    expect(
      ['totals.posts', 'reach.views.p90', 'diversity.topics'].map((name) => valueAtEnd(run, name)),
    ).toEqual([3, 4.5, null]);
    const ticks = [4, null, 1, 7];
    const read = (['mean', 'sum', 'min', 'max', 'first', 'last'] as const).map((each) =>
      valueOverTicks(ticks, each),
    );
    expect(read).toEqual([4, 12, 1, 7, 4, 7]);
    expect(valueOverTicks([null], 'mean')).toBeNull();
  });
});

describe('the experiment that comes with the product', () => {
  it('can be registered', async () => {
    const source = join(PROJECT_ROOT, 'experiments', 'label_timing.yaml');
    const text = readFileSync(source, 'utf8');
    const base = metroScenario();
    const { arms, issues } = await resolveArms(readExperiment(text, source).parts, base);
    expect(issues).toEqual([]);
    const found = registrationOf(parseExperiment(text, source), base, arms);
    expect(found.arms.map(({ name, definition }) => [name, definition.interventions.length])).toEqual([
      ['no_labels', 0],
      ['labels_at_once', 1],
      ['labels_late', 1],
    ]);
    expect(found.digest).toMatch(/^[0-9a-f]{64}$/u);
  });
});

/** What is wrong with the arms and outcomes of an experiment. */
const said = async (source: string, base = metroScenario()): Promise<string[]> =>
  (await resolveArms(readExperiment(source, 'example').parts, base)).issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('an outcome that can have no value', () => {
  const text = EXPERIMENT_EXAMPLE.replace('totals.reposts', 'polarisation.opinion.variance');

  it('is refused where an arm has no opinions', async () => {
    expect(await said(text)).toEqual([
      expect.stringMatching(
        /^outcomes\.0\.measure: polarisation\.opinion\.variance has no value in any arm/u,
      ),
    ]);
    const opinions = { rule: 'none', start: 'uniform', pull: 2 } as const;
    expect(await said(text, metroScenario({ opinions }))).toEqual([]);
    expect(await said(text, metroScenario({ measures: { group_by: 'city', opinion: 'tolls' } }))).toEqual([]);
    const lost = text.replace('interventions:', 'opinions: { rule: none, pull: 0 }\n      interventions:');
    expect(await said(lost, metroScenario({ opinions }))).toEqual([
      expect.stringMatching(/^outcomes\.0\.measure: .* has no value in friction: /u),
    ]);
  });

  it('is refused where exposures are not logged', async () => {
    const tick = text.replace('measure: polarisation.opinion.variance', 'at: ticks, measure: attention_gini');
    expect(await said(tick)).toEqual([]);
    expect(await said(tick, metroScenario({ log_exposures: false }))).toContainEqual(
      expect.stringMatching(
        /^outcomes\.0\.measure: attention_gini has no value in any arm: it needs .*log_exposures/u,
      ),
    );
    // Of the whole run it is counted anyway.
    const whole = text.replace('polarisation.opinion.variance', 'attention_gini');
    expect(await said(whole, metroScenario({ log_exposures: false }))).not.toContainEqual(
      expect.stringMatching(/^outcomes\.0/u),
    );
  });
});

describe('a name that nothing has', () => {
  it.each(['reposts', 'total.reposts', 'totals.repost'])('is %s: the one that was meant is told', (given) => {
    const { refused } = readExperiment(EXPERIMENT_EXAMPLE.replace('totals.reposts', given), 'example');
    expect(refused?.message).toMatch(
      /must be one of totals\.active, .* and \d+ others; did you mean totals\.reposts\?$/u,
    );
  });
});

describe('the JSON Schema', () => {
  it('is what the documentation has', async () => {
    const text = `${JSON.stringify(experimentJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(join(PROJECT_ROOT, 'docs/schemas/experiment.schema.json'));
  });
});

describe('the least p of an experiment', () => {
  it('of a comparison among others is what its place may make of it', () => {
    const all = [{ pairs: 6 }, { pairs: 8 }, { pairs: 0 }];
    // The second may stand before the first: 2 × 2/64; nothing before the second: 3 × 2/256.
    expect(all.map((each) => leastAdjustedPAmong(each, all))).toEqual([4 / 64, 6 / 256, 1]);
  });

  it.each([
    // 2/2^6, 2/2^6 × 3, 2/2^8 × 4, 2/2^10 × 20; one of ten thousand where not all flips are looked at.
    [6, 1, 0.031_25],
    [6, 3, 0.093_75],
    [8, 4, 0.031_25],
    [10, 20, 0.039_062_5],
    [40, 1, 0.0001],
    [2, 9, 1],
  ])('with %i pairs and %i comparisons is %d', (pairs, comparisons, least) => {
    expect(leastAdjustedP(pairs, comparisons)).toBeCloseTo(least, 12);
  });
});
