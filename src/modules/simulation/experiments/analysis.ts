import { setImmediate } from 'node:timers/promises';
import { keyFromText, momentsOf, RandomStream } from '../../../engine/index.js';
import type { ExperimentFile, Hypothesis } from './experiment.schema.js';
import { bcaInterval, meanOf } from './statistics/bootstrap.js';
import { holm } from './statistics/holm.js';
import { summarise, type Interval, type PairedSummary } from './statistics/paired.js';
import { signFlipTest } from './statistics/permutation.js';
import { detectableEffect, pairedPower } from './statistics/power.js';

/** Resamples of a bootstrap interval, and flips of a test that does not look at all of them. */
export const RESAMPLES = 5_000;
export const FLIPS = 9_999;
/** The power that the smallest effect that can be found is told for. */
export const USUAL_POWER = 0.8;

/** What a run of an experiment came to. */
export interface RunOutcomes {
  readonly arm: string;
  readonly seed: string;
  /** By the name of the outcome; null where the run does not have it. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** An outcome in an arm. */
export interface ArmSummary {
  readonly arm: string;
  readonly outcome: string;
  readonly runs: number;
  readonly mean: number | null;
  readonly deviation: number | null;
}

/** An arm compared with the control in one outcome, run by run of the same seed. */
export interface Comparison extends Omit<PairedSummary, 'interval' | 'p'> {
  readonly arm: string;
  readonly outcome: string;
  readonly primary: boolean;
  /** Arm less control, by seed. */
  readonly differences: readonly { readonly seed: string; readonly difference: number }[];
  /** Of the mean difference, by Student’s distribution and by the bootstrap (BCa). */
  readonly t_interval: Interval | null;
  readonly bca_interval: Interval | null;
  readonly t_p: number | null;
  /** Of the sign-flip test, and whether all ways to flip were looked at. */
  readonly p: number | null;
  readonly exact: boolean | null;
  /** The same adjusted for all registered comparisons (Holm), those without a value among them. */
  readonly adjusted_p: number | null;
  /** Power of a test of this many pairs against the effect that was seen. */
  readonly achieved_power: number | null;
  /** The smallest dz that would be found with a power of {@link USUAL_POWER}. */
  readonly detectable_effect: number | null;
  /** Power against the smallest effect that matters, where one was registered. */
  readonly registered_power: number | null;
  /** Mean difference as a part of the control’s mean; null where that is 0 or nothing was measured. */
  readonly relative: number | null;
}

/** What became of a registered hypothesis. */
export interface Verdict extends Hypothesis {
  readonly verdict: 'supported' | 'not_supported' | 'opposite' | 'undecidable';
}

/** What an experiment found. */
export interface Analysis {
  readonly alpha: number;
  readonly arms: readonly ArmSummary[];
  readonly comparisons: readonly Comparison[];
  readonly verdicts: readonly Verdict[];
}

/**
 * Compares arms with the control by the seeds that both have a value of. A function of the file and the runs: what is drawn is drawn by the
 * digest. Lets the event loop breathe between comparisons.
 */
export async function analyse(
  file: ExperimentFile,
  digest: string,
  runs: readonly RunOutcomes[],
): Promise<Analysis> {
  const { control, preregistration } = file;
  const comparisons: Omit<Comparison, 'adjusted_p'>[] = [];
  for (const { name: arm } of file.arms) {
    if (arm === control) continue;
    for (const { name: outcome } of file.outcomes) {
      const stream = new RandomStream(keyFromText(`experiment:${digest}:${arm}:${outcome}`), 0);
      comparisons.push(compare(file, { arm, outcome }, runs, stream));
      await setImmediate();
    }
  }
  const adjusted = holm(comparisons.map(({ p }) => p));
  const found = comparisons.map((each, place) => ({ ...each, adjusted_p: adjusted[place] ?? null }));
  return {
    alpha: preregistration.alpha,
    arms: file.arms.flatMap(({ name: arm }) =>
      file.outcomes.map(({ name: outcome }) => summaryOf(arm, outcome, runs)),
    ),
    comparisons: found,
    verdicts: preregistration.hypotheses.map((each) => ({
      ...each,
      verdict: verdictOf(each, found, preregistration.alpha),
    })),
  };
}

function summaryOf(arm: string, outcome: string, runs: readonly RunOutcomes[]): ArmSummary {
  const values = runs.flatMap((run) => (run.arm === arm ? [run.values[outcome] ?? []].flat() : []));
  const { count, mean, variance } = momentsOf(values);
  return {
    arm,
    outcome,
    runs: count,
    mean: count === 0 ? null : mean,
    deviation: count < 2 ? null : Math.sqrt(variance),
  };
}

function compare(
  { control, preregistration, seeds }: ExperimentFile,
  { arm, outcome }: { arm: string; outcome: string },
  runs: readonly RunOutcomes[],
  stream: RandomStream,
): Omit<Comparison, 'adjusted_p'> {
  const { alpha, primary_outcome, smallest_effect } = preregistration;
  const valueOf = (name: string, seed: string): number | null =>
    runs.find((run) => run.arm === name && run.seed === seed)?.values[outcome] ?? null;
  const paired = seeds.flatMap((seed) => {
    const [treated, untreated] = [valueOf(arm, seed), valueOf(control, seed)];
    return treated === null || untreated === null
      ? []
      : [{ seed, untreated, difference: treated - untreated }];
  });
  const differences = paired.map(({ difference }) => difference);
  const { interval, p: tP, ...summary } = summarise(differences, 1 - alpha);
  const { pairs, dz } = summary;
  const several = pairs >= 2;
  const test = several ? signFlipTest(differences, FLIPS, stream) : null;
  const plan = { statistic: meanOf, level: 1 - alpha, resamples: RESAMPLES, stream };
  const base = momentsOf(paired.map(({ untreated }) => untreated)).mean;
  return {
    arm,
    outcome,
    primary: outcome === primary_outcome,
    ...summary,
    differences: paired.map(({ seed, difference }) => ({ seed, difference })),
    t_interval: interval,
    bca_interval: several ? bcaInterval(differences, plan) : null,
    t_p: tP,
    p: test?.p ?? null,
    exact: test?.exact ?? null,
    achieved_power: dz === null ? null : pairedPower(dz, pairs, alpha),
    detectable_effect: several ? detectableEffect(USUAL_POWER, pairs, alpha) : null,
    registered_power:
      several && smallest_effect !== undefined ? pairedPower(smallest_effect, pairs, alpha) : null,
    relative: summary.mean === null || base === 0 ? null : summary.mean / Math.abs(base),
  };
}

function verdictOf(
  { arm, outcome, direction }: Hypothesis,
  comparisons: readonly Comparison[],
  alpha: number,
): Verdict['verdict'] {
  const found = comparisons.find((each) => each.arm === arm && each.outcome === outcome);
  if (found === undefined || found.adjusted_p === null || found.mean === null) return 'undecidable';
  if (found.adjusted_p > alpha) return 'not_supported';
  const seen = found.mean < 0 ? 'less' : 'greater';
  return direction === 'different' || direction === seen ? 'supported' : 'opposite';
}
