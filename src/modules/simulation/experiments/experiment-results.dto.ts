import { z } from 'zod';
import { synthetic, uuid, wire } from '../../../core/http/index.js';
import { RUN_STATUSES } from '../runs.repository.js';
import type { Comparison } from './analysis.js';
import { EXPERIMENT_STATUSES } from './experiments.repository.js';
import type { Interval } from './statistics/paired.js';
import type { ExperimentResults } from './experiment-results.js';

const figure = z.number().nullable();
const intervalDto = z.strictObject({ low: z.number(), high: z.number() }).nullable();

const ComparisonDto = wire(
  'ExperimentComparison',
  z
    .strictObject({
      outcome: z.string(),
      primary: z.boolean(),
      arm: z.string(),
      pairs: z.int().meta({ description: 'Seeds that both arms have a value of.' }),
      mean_difference: figure.meta({ description: 'Arm less control; null without a pair.' }),
      relative_difference: figure.meta({
        description: 'As a part of the control’s mean; null where that is 0.',
      }),
      sd_difference: figure,
      t_interval: intervalDto,
      bca_interval: intervalDto,
      cohens_dz: figure,
      hedges_g: figure,
      p_t: figure,
      p_sign_flip: figure,
      exact: z.boolean().nullable().meta({ description: 'Whether the sign-flip test looked at all flips.' }),
      p_holm: figure.meta({
        description:
          'The sign-flip test’s, adjusted for all registered comparisons, those without a value among them.',
      }),
      achieved_power: figure.meta({ description: 'Against the effect that was seen.' }),
      detectable_dz: figure.meta({ description: 'The effect that would be found with a power of 0.8.' }),
      registered_power: figure.meta({
        description: 'Against the smallest effect that matters, where one was registered.',
      }),
    })
    .describe(
      'An arm compared with the control in one outcome; null is what cannot be told from so few pairs.',
    ),
);

export const ExperimentResultsDto = wire(
  'ExperimentResults',
  z
    .strictObject({
      synthetic,
      experiment_id: uuid,
      status: z.enum(EXPERIMENT_STATUSES),
      alpha: z.number(),
      control: z.string(),
      primary_outcome: z.string(),
      deviations: z
        .array(z.string())
        .meta({ description: 'In which ways it is not what was registered; empty where it is.' }),
      hypotheses: z.array(
        z.strictObject({
          text: z.string(),
          arm: z.string(),
          outcome: z.string(),
          direction: z.enum(['less', 'greater', 'different']),
          verdict: z.enum(['supported', 'not_supported', 'opposite', 'undecidable']),
        }),
      ),
      comparisons: z.array(ComparisonDto),
      arms: z.array(
        z.strictObject({ outcome: z.string(), arm: z.string(), runs: z.int(), mean: figure, sd: figure }),
      ),
      runs: z.array(
        z.strictObject({
          arm: z.string(),
          seed: z.string(),
          run_id: uuid.nullable(),
          status: z.enum(RUN_STATUSES).nullable(),
          values: z.record(z.string(), figure),
        }),
      ),
    })
    .describe('What an experiment found.'),
);
export type ExperimentResultsDto = z.infer<typeof ExperimentResultsDto>;

export function experimentResultsDto({
  experiment,
  analysis,
  runs,
  deviations,
}: ExperimentResults): ExperimentResultsDto {
  const { definition } = experiment;
  return {
    synthetic: true,
    experiment_id: experiment.id,
    status: experiment.status,
    alpha: analysis.alpha,
    control: definition.control,
    primary_outcome: definition.preregistration.primary_outcome,
    deviations: [...deviations],
    hypotheses: analysis.verdicts.map(({ text, arm, outcome, direction, verdict }) => ({
      text,
      arm,
      outcome,
      direction,
      verdict,
    })),
    comparisons: analysis.comparisons.map(comparisonDto),
    arms: analysis.arms.map(({ outcome, arm, runs: n, mean, deviation }) => ({
      outcome,
      arm,
      runs: n,
      mean,
      sd: deviation,
    })),
    runs: runs.map(({ arm, seed, run_id, status, values }) => ({ arm, seed, run_id, status, values })),
  };
}

function comparisonDto(each: Comparison): z.infer<typeof ComparisonDto> {
  return {
    outcome: each.outcome,
    primary: each.primary,
    arm: each.arm,
    pairs: each.pairs,
    mean_difference: each.mean,
    relative_difference: each.relative,
    sd_difference: each.deviation,
    t_interval: ends(each.t_interval),
    bca_interval: ends(each.bca_interval),
    cohens_dz: each.dz,
    hedges_g: each.hedgesG,
    p_t: each.t_p,
    p_sign_flip: each.p,
    exact: each.exact,
    p_holm: each.adjusted_p,
    achieved_power: each.achieved_power,
    detectable_dz: each.detectable_effect,
    registered_power: each.registered_power,
  };
}

function ends(interval: Interval | null): { low: number; high: number } | null {
  return interval && { low: interval[0], high: interval[1] };
}
