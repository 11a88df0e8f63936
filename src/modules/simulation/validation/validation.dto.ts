import { z } from 'zod';
import { synthetic, uuid, wire } from '../../../core/http/index.js';
import { MAX_CASCADES, MAX_TREES_CHARACTERS } from './read-trees.js';
import { minutesOf, SHAPES, type ValidatedRun, type Validation } from './validate.js';
import { CURVES } from './growth-curves.js';

/** The smallest cascade that counts unless it is said: one that spread at all. */
const MIN_SIZE = 2;

export const ValidateRunDto = wire(
  'ValidationRequest',
  z
    .strictObject({
      min_size: z
        .int()
        .min(1)
        .max(1_000_000)
        .default(MIN_SIZE)
        .meta({ description: 'Cascades with fewer nodes are left out, also of the trees.', examples: [2] }),
      trees: z
        .string()
        .max(MAX_TREES_CHARACTERS)
        .optional()
        .meta({
          description:
            'Real cascades as CSV with the columns cascade, node, parent (empty for the root), minute and perhaps user. ' +
            `Up to ${MAX_CASCADES} cascades. Without them, the aggregates that come with the product.`,
        }),
    })
    .describe('What a run is held against. Everything has a default.'),
);
export type ValidateRunDto = z.infer<typeof ValidateRunDto>;

const shape = z.enum(SHAPES);
const curve = z.enum(CURVES);
const error = z.number();

export const ValidationDto = wire(
  'Validation',
  z
    .strictObject({
      synthetic,
      run_id: uuid,
      scenario: z.string(),
      seed: z.string(),
      run_minutes: z.int().meta({
        description:
          'Simulated minutes of the run. What real cascades do later than that, those of the run cannot do.',
        examples: [5_040],
      }),
      reference: z.strictObject({
        id: z.string(),
        version: z.string(),
        title: z.string(),
        kind: z
          .enum(['aggregates', 'trees'])
          .meta({ description: 'Whether real trees were given, or only aggregates are known.' }),
        cascades: z.int(),
      }),
      selection: z.strictObject({ min_size: z.int(), cascades: z.int(), posts: z.int() }),
      figures: z.array(
        z.strictObject({
          measure: shape,
          statistic: z.enum(['median', 'p90']),
          simulated: z.number(),
          reference: z.number(),
          log_ratio: z.number().nullable().meta({ description: 'ln(simulated / reference).' }),
        }),
      ),
      timing: z.strictObject({
        points: z.array(
          z.strictObject({ minutes: z.number(), simulated: z.number(), reference: z.number() }),
        ),
        error: error.nullable().meta({ description: 'Root mean square of the differences at the points.' }),
        baselines: z.array(z.strictObject({ name: z.string(), error })),
      }),
      distributions: z
        .array(z.strictObject({ measure: shape, ks: z.number(), wasserstein: z.number() }))
        .nullable()
        .meta({ description: 'Null without trees.' }),
      curves: z
        .array(z.strictObject({ measure: curve, error: z.strictObject({ mean: error, median: error }) }))
        .nullable()
        .meta({ description: 'Normalised RMSE over the first 150 minutes; null without trees.' }),
      baselines: z.strictObject({
        source: z.enum(['computed', 'published']),
        list: z.array(z.strictObject({ name: z.string(), scale: error, depth: error, breadth: error })),
        best_published_scale: error,
      }),
      attention: z.strictObject({ idle_sessions: z.number().nullable(), reference: z.number() }),
    })
    .describe('How far the cascades of a run are from real ones, beside null models.'),
);
export type ValidationDto = z.infer<typeof ValidationDto>;

export function validationDto(run: ValidatedRun, validation: Validation): ValidationDto {
  const { id, scenario, seed } = run;
  return {
    synthetic: true,
    run_id: id,
    scenario,
    seed,
    run_minutes: minutesOf(run),
    ...(validation as Omit<ValidationDto, 'synthetic' | 'run_id' | 'scenario' | 'seed' | 'run_minutes'>),
  };
}
