import { z } from 'zod';
import { links, seed, synthetic, uuid, wire } from '../../../core/http/index.js';
import { populationId } from '../../agents/index.js';
import { jobPath } from '../../jobs/index.js';
import { MAX_TICKS } from '../scenarios/scenario.schema.js';
import type { AcceptedCalibration } from './calibration.service.js';
import { PARAMETER_NAMES } from './parameters.js';

/** What is searched where a request does not say. */
const EVALUATIONS = 80;
const MIN_SIZE = 2;

export const CalibrateDto = wire(
  'CalibrationRequest',
  z
    .strictObject({
      parameters: z
        .array(z.enum(PARAMETER_NAMES))
        .min(1)
        .max(PARAMETER_NAMES.length)
        .optional()
        .meta({
          description: 'What may be changed; all that can be unless given.',
          examples: [['behaviour.repost']],
        }),
      evaluations: z
        .int()
        .min(1)
        .max(2_000)
        .default(EVALUATIONS)
        .meta({ description: 'Runs of the search; two more check the result.' }),
      min_size: z
        .int()
        .min(1)
        .max(1_000_000)
        .default(MIN_SIZE)
        .meta({ description: 'Cascades with fewer nodes are left out.' }),
      ticks: z
        .int()
        .min(1)
        .max(MAX_TICKS)
        .optional()
        .meta({ description: 'The scenario’s own number unless given.' }),
      seed: seed.optional(),
      population_id: populationId
        .optional()
        .meta({ description: 'A persisted population instead of the scenario’s own, by id or digest.' }),
    })
    .describe('How a scenario is to be calibrated. Everything has a default.'),
);
export type CalibrateDto = z.infer<typeof CalibrateDto>;

export const AcceptedCalibrationDto = wire(
  'AcceptedCalibration',
  z
    .strictObject({
      synthetic,
      job_id: uuid.meta({ description: 'The job that calibrates; its result is what was found.' }),
      jobs: z
        .strictObject({ population: uuid.nullable(), content: uuid.nullable(), calibration: uuid })
        .meta({ description: 'The jobs in their order; null where what a job makes was there already.' }),
      scenario: z.string(),
      seed: z.string(),
      population_id: uuid,
      links,
    })
    .describe('The answer to a request for a calibration.'),
);
export type AcceptedCalibrationDto = z.infer<typeof AcceptedCalibrationDto>;

export function acceptedCalibrationDto({
  scenario,
  seed: used,
  population_id,
  jobs,
}: AcceptedCalibration): AcceptedCalibrationDto {
  const { calibration } = jobs;
  return {
    synthetic: true,
    job_id: calibration,
    jobs,
    scenario,
    seed: used,
    population_id,
    links: { job: jobPath(calibration) },
  };
}
