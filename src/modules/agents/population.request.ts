import { randomBytes } from 'node:crypto';
import type { Job } from '../jobs/index.js';
import type { AgentProfile } from './agent.profile.js';
import { InvalidSpecification, PopulationTooLarge } from './agents.errors.js';
import { POPULATION_FORMATS, type PopulationFormat } from './population.export.js';
import { createGenerator } from './create-generator.js';
import type { PopulationGenerator } from './population.generator.js';
import type { PopulationSpecification } from './population.specification.js';

/** A specification with what is to be done with the population; the seed may be left to us. */
export interface PopulationRequest extends Omit<PopulationSpecification, 'seed'> {
  seed?: string | undefined;
  /** How many of the first agents to show at once. */
  preview?: number | undefined;
  persist?: boolean | undefined;
  export?: PopulationFormat | undefined;
}

/** A request that can be answered. */
export interface PreparedPopulation {
  generator: PopulationGenerator;
  seedSource: 'request' | 'default' | 'generated';
  /** What the answer shows at once: a preview of the first, or all agents; nothing when neither was asked for. */
  preview?: AgentProfile[];
  agents?: AgentProfile[];
  persist: boolean;
  export: PopulationFormat | null;
}

/** A prepared request, and the job that does the rest where there is a rest. */
export interface PopulationAnswer extends PreparedPopulation {
  job?: Job;
}

/**
 * Checks a request, settles its seed, and makes what the answer shows. Needs no database.
 * @param limits `previewLimit`: the most agents that an answer shows; `defaultSeed`: of requests without one
 * @throws InvalidSpecification, PopulationTooLarge
 */
export async function preparePopulation(
  request: PopulationRequest,
  limits: { previewLimit: number; defaultSeed: string | undefined },
): Promise<PreparedPopulation> {
  const { preview, persist = false, export: format, seed: given, ...rest } = request;
  const { previewLimit, defaultSeed } = limits;
  if (preview !== undefined && !(Number.isInteger(preview) && preview >= 1 && preview <= previewLimit)) {
    refuse('preview', `is a whole number from 1 to ${previewLimit}`);
  }
  if (format !== undefined && !POPULATION_FORMATS.includes(format)) {
    refuse('export', `is one of ${POPULATION_FORMATS.join(', ')}`);
  }
  const seed = given ?? defaultSeed ?? randomBytes(8).toString('hex');
  const generator = await createGenerator({ ...rest, seed });
  const prepared: PreparedPopulation = {
    generator,
    seedSource: given !== undefined ? 'request' : defaultSeed !== undefined ? 'default' : 'generated',
    persist,
    export: format ?? null,
  };
  if (preview !== undefined) return { ...prepared, preview: generator.preview(preview) };
  if (persist || format !== undefined) return prepared;
  if (generator.count > previewLimit) throw new PopulationTooLarge(generator.count, previewLimit);
  return { ...prepared, agents: generator.preview(generator.count) };
}

function refuse(field: string, message: string): never {
  throw new InvalidSpecification([{ field, message }]);
}
