import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { jobPath, type JobStatus } from '../../jobs/index.js';
import type { RunFileRecord } from '../run-file.entity.js';
import type { RunTick } from '../run-tick.entity.js';
import type { RunWithStatus } from '../runs.repository.js';
import { MAX_TICKS } from '../scenarios/scenario.schema.js';
import { MAX_SEED_LENGTH, type AcceptedRun } from '../simulation.service.js';
import { runFilePath, runLinks } from './run-links.js';

/** How a scenario is to be run. Everything has a default. */
export class RunSimulationDto {
  /** Steps of simulated time; the scenario's own number unless given. @example 120 */
  @IsOptional()
  @Max(MAX_TICKS)
  @Min(1)
  @IsInt()
  ticks?: number;

  /** The same seed gives the same bytes; without it the configured or a generated one, which the answer tells. @example 20241005 */
  @IsOptional()
  @Length(1, MAX_SEED_LENGTH)
  @IsString()
  seed?: string;

  /** A persisted population instead of the scenario's own: its id, or the digest of its specification. */
  @IsOptional()
  @Matches(/^(?:[\da-f]{64}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/iu, {
    message: 'population_id must be a UUID or the SHA-256 of a specification',
  })
  @IsString()
  population_id?: string;
}

/** The jobs of a run in their order; null where what the job makes was there already. */
export class RunJobsDto {
  population!: string | null;
  content!: string | null;
  simulation!: string;
}

/** The answer to a request for a run. */
export class AcceptedRunDto {
  synthetic!: true;

  /** The job that runs the simulation. @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11 */
  job_id!: string;

  jobs!: RunJobsDto;

  run_id!: string;

  /** @example metro_cdmx */
  scenario!: string;

  /** @example 1.0.0 */
  scenario_version!: string;

  seed!: string;
  ticks!: number;
  population_id!: string;

  /** Paths of the job, the run and what it makes. */
  links!: Record<string, string>;

  static of({ run, jobs }: AcceptedRun): AcceptedRunDto {
    return {
      synthetic: true,
      job_id: jobs.simulation,
      jobs,
      run_id: run.id,
      scenario: run.scenario,
      scenario_version: run.scenario_version,
      seed: run.seed,
      ticks: run.ticks,
      population_id: run.population_id,
      links: { job: jobPath(jobs.simulation), ...runLinks(run.id) },
    };
  }
}

/** A file that a run left. */
export class RunFileDto {
  /** @example events.parquet */
  name!: string;
  media_type!: string;
  bytes!: string;
  sha256!: string;
  /** Path of the file. */
  href!: string;
}

/** Sums over all ticks of a run. */
export class RunTotalsDto {
  /** Times that an agent opened the feed. */
  active!: number;
  /** Of these, times that it only read. */
  idle!: number;
  posts!: number;
  exposures!: number;
  reactions!: number;
  /** Replies included. */
  comments!: number;
  replies!: number;
  reposts!: number;
  /** Different agents that were shown anything. */
  reached!: number;
  /** Different agents that posted or interacted. */
  acted!: number;

  /** In one order; a jsonb column has its own. */
  static of({ active, idle, posts, exposures, reactions, ...rest }: RunTotalsDto): RunTotalsDto {
    const { comments, replies, reposts, reached, acted } = rest;
    return { active, idle, posts, exposures, reactions, comments, replies, reposts, reached, acted };
  }
}

/** One execution of a scenario. */
export class RunDto {
  synthetic!: true;
  id!: string;
  scenario!: string;
  scenario_version!: string;
  /** SHA-256 of the scenario's meaning. */
  scenario_digest!: string;
  seed!: string;
  ticks!: number;
  population_id!: string;
  job_id!: string;

  /** Of the run's job. */
  status!: JobStatus;

  /** Fingerprint of every event; null until the run is completed. */
  checksum!: string | null;

  /** Null until the run is completed. */
  totals!: RunTotalsDto | null;

  files!: RunFileDto[];
  links!: Record<string, string>;
  created_at!: string;
  completed_at!: string | null;

  static of(run: RunWithStatus, files: readonly RunFileRecord[]): RunDto {
    return {
      synthetic: true,
      id: run.id,
      scenario: run.scenario,
      scenario_version: run.scenario_version,
      scenario_digest: run.scenario_digest,
      seed: run.seed,
      ticks: run.ticks,
      population_id: run.population_id,
      job_id: run.job_id,
      status: run.status,
      checksum: run.checksum,
      totals: run.totals && RunTotalsDto.of(run.totals),
      files: files.map(({ name, media_type, bytes, sha256 }) => ({
        name,
        media_type,
        bytes,
        sha256,
        href: runFilePath(run.id, name),
      })),
      links: { job: jobPath(run.job_id), ...runLinks(run.id) },
      created_at: run.created_at.toISOString(),
      completed_at: run.completed_at?.toISOString() ?? null,
    };
  }
}

/** Where in the list of runs to go on, and which of them. */
export class RunsQueryDto {
  /** How many runs at most. @example 20 */
  @IsOptional()
  @Max(200)
  @Min(1)
  @IsInt()
  @Type(() => Number)
  limit?: number;

  /** `next_cursor` of the page before. */
  @IsOptional()
  @MaxLength(200)
  @IsString()
  cursor?: string;

  /** Runs of this scenario only. @example metro_cdmx */
  @IsOptional()
  @MaxLength(64)
  @IsString()
  scenario?: string;
}

/** A page of runs, the newest first; their files are told by the single run. */
export class RunsPageDto {
  synthetic!: true;
  runs!: RunDto[];

  /** Give this as `cursor` for the next page; null on the last one. */
  next_cursor!: string | null;
}

/** What happened in one tick. */
export class RunTickDto {
  tick!: number;
  active!: number;
  idle!: number;
  posts!: number;
  exposures!: number;
  reactions!: number;
  comments!: number;
  replies!: number;
  reposts!: number;
  mean_depth!: number;
  reached!: number;
  acted!: number;

  static of(tick: RunTick): RunTickDto {
    const { active, idle, posts, exposures, reactions, comments, replies, reposts } = tick;
    const { mean_depth, reached, acted } = tick;
    const counts = { active, idle, posts, exposures, reactions, comments, replies, reposts };
    return { tick: tick.tick, ...counts, mean_depth, reached, acted };
  }
}

/** What happened in each tick of a completed run. */
export class RunMetricsDto {
  synthetic!: true;
  run_id!: string;
  tick_minutes!: number;
  ticks!: RunTickDto[];
}
