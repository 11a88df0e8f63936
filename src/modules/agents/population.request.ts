import { randomBytes } from 'node:crypto';
import type { Forecast } from '../../core/llm/index.js';
import type { Job } from '../jobs/index.js';
import type { AgentProfile } from './agent.profile.js';
import { InvalidSpecification, PopulationTooLarge } from './agents.errors.js';
import { POPULATION_FORMATS, type PopulationFormat } from './population.export.js';
import { createGenerator } from './create-generator.js';
import type { PopulationGenerator } from './population.generator.js';
import type { PopulationSpecification } from './population.specification.js';
import { WRITERS, type WriterName, type WritingMode, type WritingTape } from '../../core/llm/index.js';

/** A specification with what is to be done with the population; the seed may be left to us. */
export interface PopulationRequest extends Omit<PopulationSpecification, 'seed' | 'writer'> {
  seed?: string | undefined;
  /** Default: `rules`. */
  writer?: WriterName | undefined;
  /** Where the answers of a writing model are kept. */
  cassette?: string | undefined;
  cassette_mode?: WritingMode | undefined;
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
  /** Only where a language model writes. */
  writing?: PreparedWriting;
}

/** What a writing will be done with, and will take. */
export interface PreparedWriting {
  tape: WritingTape;
  forecast: Forecast;
}

/** A prepared request, and the job that does the rest where there is a rest. */
export interface PopulationAnswer extends PreparedPopulation {
  job?: Job;
}

/** Finds out who writes, and what that will take. */
export type FindWriter = (
  generator: PopulationGenerator,
  request: Pick<PopulationRequest, 'cassette' | 'cassette_mode'>,
) => Promise<{ generator: PopulationGenerator; writing: PreparedWriting }>;

/**
 * Checks a request, settles its seed, and makes what the answer shows: of a population that a model is to write, the
 * skeletons with the words of the rules.
 * @param limits `previewLimit`: the most agents that an answer shows; `defaultSeed`: of requests without one
 * @throws InvalidSpecification, PopulationTooLarge
 */
export async function preparePopulation(
  request: PopulationRequest,
  limits: { previewLimit: number; defaultSeed: string | undefined },
  findWriter: FindWriter,
): Promise<PreparedPopulation> {
  const { preview, persist = false, export: format, seed: given, ...described } = request;
  const { writer = 'rules', cassette, cassette_mode, ...rest } = described;
  const { previewLimit, defaultSeed } = limits;
  if (preview !== undefined && !(Number.isInteger(preview) && preview >= 1 && preview <= previewLimit)) {
    refuse('preview', `is a whole number from 1 to ${previewLimit}`);
  }
  if (format !== undefined && !POPULATION_FORMATS.includes(format)) {
    refuse('export', `is one of ${POPULATION_FORMATS.join(', ')}`);
  }
  if (!WRITERS.includes(writer)) refuse('writer', `is one of ${WRITERS.join(', ')}`);
  if (writer === 'rules') requireNoTape(described);
  const seed = given ?? defaultSeed ?? randomBytes(8).toString('hex');
  const drawn = await createGenerator({ ...rest, seed });
  const written = writer === 'llm' ? await findWriter(drawn, { cassette, cassette_mode }) : undefined;
  const { generator } = written ?? { generator: drawn };
  const prepared: PreparedPopulation = {
    ...(written !== undefined && { writing: written.writing }),
    generator,
    seedSource: given !== undefined ? 'request' : defaultSeed !== undefined ? 'default' : 'generated',
    persist,
    export: format ?? null,
  };
  if (preview !== undefined) return { ...prepared, preview: generator.preview(preview) };
  if (persist || format !== undefined) return prepared;
  if (writer === 'llm') refuse('writer', 'llm needs persist, export or preview: a model takes its time');
  if (generator.count > previewLimit) throw new PopulationTooLarge(generator.count, previewLimit);
  return { ...prepared, agents: generator.preview(generator.count) };
}

function requireNoTape({ cassette, cassette_mode }: PopulationRequest): void {
  const field =
    cassette !== undefined ? 'cassette' : cassette_mode !== undefined ? 'cassette_mode' : undefined;
  if (field !== undefined) refuse(field, 'is for the answers of a model: give writer llm beside it');
}

function refuse(field: string, message: string): never {
  throw new InvalidSpecification([{ field, message }]);
}
