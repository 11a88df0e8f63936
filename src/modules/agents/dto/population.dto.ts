import { ApiProperty } from '@nestjs/swagger';
import { API_PREFIX } from '../../../core/http/index.js';
import { decisionPath } from '../../compliance/index.js';
import { jobPath } from '../../jobs/index.js';
import type { AgentProfile, Gender, PostingCadence, Tone } from '../agent.profile.js';
import type { PopulationAnswer } from '../population.request.js';
import type { PopulationExport } from '../population-export.entity.js';
import type { Population } from '../population.entity.js';
import type { ExportFormat } from '../population.export.js';
import type { NormalSpecification } from '../population.specification.js';

export function populationPath(id: string): string {
  return `/${API_PREFIX}/populations/${id}`;
}

export function exportPath(id: string, format: ExportFormat): string {
  return `${populationPath(id)}/exports/${format}`;
}

/** One synthetic person. */
export class AgentProfileDto implements AgentProfile {
  /** @example 03a11712-0c23-411a-8b05-0003cfddcbdc */
  id!: string;

  /** Derived from the specification and the agent's index. @example f0d31549b06508ce */
  seed!: string;

  /** @example Luna Mercado Ruiz */
  name!: string;

  /** Unique in the population. @example luna.mercado7x */
  username_hint!: string;

  /** ISO 3166-1 alpha-2. @example MX */
  country!: string;

  /** @example Mexico City */
  city!: string;

  /** BCP 47. @example es-MX */
  locale!: string;

  /** IANA time zone. @example America/Mexico_City */
  timezone!: string;

  /** Years. @example 22 */
  age!: number;

  gender!: Gender;
  interests!: string[];
  bio!: string;
  posting_cadence!: PostingCadence;
  tone!: Tone;

  /** @example ["social_proof"] */
  behavioral_biases!: string[];
}

/** A specification with every default filled in. */
export class NormalSpecificationDto implements NormalSpecification {
  gender!: Gender;
  count!: number;
  country!: string;
  city!: string | null;
  /** Both ends included. @example [18, 25] */
  @ApiProperty({ type: [Number], minItems: 2, maxItems: 2 })
  age_range!: [number, number];
  interests!: string[];
  seed!: string;
}

/** The answer to a request for a population. */
export class PopulateAnswerDto {
  synthetic!: true;

  /** @example f689656d-465c-40e9-86e3-bd0a9bcb64dd */
  population_id!: string;

  seed!: string;

  /** Whether the seed came with the request, from the configuration, or was generated for it. */
  seed_source!: 'request' | 'default' | 'generated';

  specification!: NormalSpecificationDto;

  /** The job that persists or exports, when that was asked for. */
  job_id?: string;

  /** Paths of the job and of what it makes. */
  links!: Record<string, string>;

  /** The first agents, as many as were asked for. */
  preview?: AgentProfileDto[];

  /** All agents, when neither preview nor persist nor export was asked for. */
  agents?: AgentProfileDto[];

  static of({ generator, seedSource, job, preview, agents }: PopulationAnswer): PopulateAnswerDto {
    return {
      synthetic: true,
      population_id: generator.id,
      seed: generator.specification.seed,
      seed_source: seedSource,
      specification: generator.specification,
      ...(job !== undefined && { job_id: job.id }),
      links: job === undefined ? {} : { job: jobPath(job.id), ...job.links },
      ...(preview !== undefined && { preview }),
      ...(agents !== undefined && { agents }),
    };
  }
}

/** A finished export. */
export class PopulationExportDto {
  format!: ExportFormat;
  bytes!: string;
  sha256!: string;
  /** Path of the file. */
  href!: string;
  created_at!: string;
}

/** A population that was persisted or exported. */
export class PopulationDto {
  synthetic!: true;
  id!: string;
  specification!: NormalSpecificationDto;
  seed!: string;
  count!: number;
  generator_version!: number;

  /** Whether its agents can be listed. */
  persisted!: boolean;

  exports!: PopulationExportDto[];

  /** What the guard said about it. */
  decision_id!: string;

  links!: Record<string, string>;
  created_at!: string;

  static of(population: Population, exports: readonly PopulationExport[]): PopulationDto {
    const { id, specification, seed, count, generator_version, persisted, decision_id } = population;
    const self = populationPath(id);
    return {
      synthetic: true,
      id,
      specification,
      seed,
      count,
      generator_version,
      persisted,
      exports: exports.map((file) => ({
        format: file.format,
        bytes: file.bytes,
        sha256: file.sha256,
        href: exportPath(id, file.format),
        created_at: file.created_at.toISOString(),
      })),
      decision_id,
      links: { self, decision: decisionPath(decision_id), ...(persisted && { agents: `${self}/agents` }) },
      created_at: population.created_at.toISOString(),
    };
  }
}

/** A page of a population's agents. */
export class AgentsPageDto {
  synthetic!: true;
  population_id!: string;
  agents!: AgentProfileDto[];

  /** Give this as `cursor` for the next page; null on the last one. */
  next_cursor!: string | null;
}

/** One persisted agent. */
export class AgentDto {
  synthetic!: true;
  population_id!: string;
  agent!: AgentProfileDto;
}
