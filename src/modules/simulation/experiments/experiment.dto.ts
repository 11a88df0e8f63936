import { z } from 'zod';
import { links, page, pageQuery, sortBy, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import { jobPath } from '../../jobs/index.js';
import { RUN_STATUSES } from '../runs.repository.js';
import { experimentLinks } from './experiment-links.js';
import { TABLE_NAMES } from './experiment-table-names.js';
import type { ExperimentFile } from './experiment.schema.js';
import {
  EXPERIMENT_SORTS,
  EXPERIMENT_STATUSES,
  type ExperimentRunState,
  type ExperimentState,
} from './experiments.repository.js';
import type { AcceptedExperiment } from './experiments.service.js';
import { budgetWarnings, warningsOf } from './feasibility.js';
import type { Registration } from './registration.js';

const sha256 = (what: string) => z.string().meta({ description: `SHA-256 ${what}` });
const name = z.string().meta({ examples: ['label_timing'] });
const count = z.int();

const registered = {
  name,
  title: z.string(),
  digest: sha256(
    'of the canonical form of the file, its arms and the version of the engine: the experiment’s identity.',
  ),
  preregistration_sha256: sha256('of the canonical form of the pre-registration alone.'),
};

const experimentFields = {
  synthetic,
  id: uuid,
  ...registered,
  scenario: z.string().meta({ examples: ['metro_cdmx'] }),
  scenario_version: z.string().meta({ examples: ['1.0.0'] }),
  status: z.enum(EXPERIMENT_STATUSES).meta({
    description:
      '`cancelling`: it was cancelled, and its last runs are stopping. `incomplete`: nothing works on it, and runs have failed, were ' +
      'stopped or deleted.',
  }),
  runs: count.meta({ description: 'Arms × seeds.' }),
  completed: count,
  progress: z
    .strictObject({ done: z.number(), total: z.number() })
    .meta({ description: 'Ticks of all runs.' }),
  job_id: uuid.meta({ description: 'The job that starts the runs.' }),
  created_at: time.meta({ description: 'When it was registered.' }),
  cancelled_at: time.nullable(),
  links,
};

const ExperimentSummaryDto = wire(
  'ExperimentSummary',
  z.strictObject(experimentFields).describe('An experiment as lists show it.'),
);

export const ExperimentDto = wire(
  'Experiment',
  z
    .strictObject({
      ...experimentFields,
      file_sha256: sha256('of the text as it was given.'),
      file: z.record(z.string(), z.unknown()).meta({
        description: 'The file as it was read, defaults filled in.',
        examples: [{ id: 'label_timing' }],
      }),
      arms: z.array(z.strictObject({ name, scenario_digest: z.string() })),
      run_list: z.array(
        z.strictObject({
          arm: name,
          seed: z.string(),
          run_id: uuid.nullable(),
          job_id: uuid.nullable(),
          status: z
            .enum(RUN_STATUSES)
            .nullable()
            .meta({ description: 'Null where there is no run yet, or no more.' }),
        }),
      ),
    })
    .describe('Runs over arms and seeds, and what was settled before the first of them.'),
);
export type ExperimentDto = z.infer<typeof ExperimentDto>;

const warnings = z.array(z.string()).meta({
  description:
    'What it cannot find, whatever happens in it, and budgets of language models that may not last.',
  examples: [[]],
});

export const AcceptedExperimentDto = wire(
  'AcceptedExperiment',
  z
    .strictObject({
      synthetic,
      job_id: uuid,
      experiment_id: uuid,
      created: z
        .boolean()
        .meta({ description: 'Whether it was registered now; false where it was there already.' }),
      ...registered,
      runs: count,
      status: z.enum(EXPERIMENT_STATUSES),
      warnings,
      links,
    })
    .describe('The answer to an experiment that was sent.'),
);
export type AcceptedExperimentDto = z.infer<typeof AcceptedExperimentDto>;

export const CheckedExperimentDto = wire(
  'CheckedExperiment',
  z
    .strictObject({
      synthetic,
      ...registered,
      ticks: count,
      runs: count,
      seeds: z.array(z.string()),
      arms: z.array(z.strictObject({ name, scenario_digest: z.string() })),
      warnings,
    })
    .describe('What an experiment would be.'),
);
export type CheckedExperimentDto = z.infer<typeof CheckedExperimentDto>;

export const ExperimentsQueryDto = pageQuery({
  name: z
    .string()
    .max(100)
    .optional()
    .meta({ examples: ['label_timing'] }),
  scenario: z
    .string()
    .max(64)
    .optional()
    .meta({ examples: ['metro_cdmx'] }),
  status: z
    .array(z.enum(EXPERIMENT_STATUSES))
    .min(1)
    .max(EXPERIMENT_STATUSES.length)
    .optional()
    .meta({ description: 'One or more, with commas between them.', examples: [['completed']] }),
  sort: sortBy(EXPERIMENT_SORTS, '-created_at'),
});
export type ExperimentsQueryDto = z.infer<typeof ExperimentsQueryDto>;

export const ExperimentsPageDto = page('ExperimentList', 'experiments', ExperimentSummaryDto);
export type ExperimentsPageDto = z.infer<typeof ExperimentsPageDto>;

export const TableParams = z.strictObject({ id: uuid, name: z.enum(TABLE_NAMES) });
export type TableParams = z.infer<typeof TableParams>;

function registeredOf({ id, title }: ExperimentFile, of: { digest: string; preregistration_sha256: string }) {
  return { name: id, title, digest: of.digest, preregistration_sha256: of.preregistration_sha256 };
}

export function experimentSummaryDto(experiment: ExperimentState): z.infer<typeof ExperimentSummaryDto> {
  const { id, definition, status, runs, completed, job_id } = experiment;
  return {
    synthetic: true,
    id,
    ...registeredOf(definition, experiment),
    scenario: experiment.scenario,
    scenario_version: experiment.scenario_version,
    status,
    runs,
    completed,
    progress: { done: experiment.ticks_done, total: runs * experiment.ticks },
    job_id,
    created_at: experiment.created_at.toISOString(),
    cancelled_at: experiment.cancelled_at?.toISOString() ?? null,
    links: { job: jobPath(job_id), ...experimentLinks(id) },
  };
}

export function experimentDto(
  experiment: ExperimentState,
  runs: readonly ExperimentRunState[],
): ExperimentDto {
  return {
    ...experimentSummaryDto(experiment),
    file_sha256: experiment.file_sha256,
    file: experiment.definition,
    arms: experiment.arms.map(({ name: arm, digest }) => ({ name: arm, scenario_digest: digest })),
    run_list: runs.map(({ arm, seed, run_id, job_id, status }) => ({ arm, seed, run_id, job_id, status })),
  };
}

export function acceptedExperimentDto({ experiment, created }: AcceptedExperiment): AcceptedExperimentDto {
  const { id, definition, job_id, runs, status, arms, ticks } = experiment;
  return {
    synthetic: true,
    job_id,
    experiment_id: id,
    created,
    ...registeredOf(definition, experiment),
    runs,
    status,
    warnings: [...warningsOf(definition), ...budgetWarnings(arms, ticks)],
    links: { job: jobPath(job_id), ...experimentLinks(id) },
  };
}

export function checkedExperimentDto(registration: Registration): CheckedExperimentDto {
  const { file, arms, ticks } = registration;
  return {
    synthetic: true,
    ...registeredOf(file, registration),
    ticks,
    runs: arms.length * file.seeds.length,
    seeds: file.seeds,
    arms: arms.map(({ name: arm, digest }) => ({ name: arm, scenario_digest: digest })),
    warnings: [...warningsOf(file), ...budgetWarnings(arms, ticks)],
  };
}
