import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ExperimentFile } from './experiment.schema.js';
import type { ResolvedArm } from './registration.js';

/** Runs over arms and seeds, and what was settled before the first of them. */
@Entity('experiments')
@Check('experiments_ticks_check', 'ticks > 0')
@Index('experiments_digest', ['digest'], { unique: true })
@Index('experiments_created_at', ['created_at', 'id'])
@Index('experiments_name', ['name', 'created_at'])
@Index('experiments_job', ['job_id'])
@Index('experiments_untold', ['id'], { where: 'told_at IS NULL' })
export class Experiment {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  title!: string;

  /** SHA-256 of the canonical form of the file, its arms and the version of the engine: the same again is the same experiment. */
  @Column('text')
  digest!: string;

  /** Of the text as it was given. */
  @Column('text')
  file_sha256!: string;

  @Column('text')
  preregistration_sha256!: string;

  @Column('jsonb')
  definition!: ExperimentFile;

  @Column('text')
  scenario!: string;

  @Column('text')
  scenario_version!: string;

  @Column('jsonb')
  arms!: ResolvedArm[];

  @Column('integer')
  ticks!: number;

  /** The job that starts its runs. */
  @Column('uuid')
  job_id!: string;

  /** What the guard said of its words. */
  @Column('uuid', { nullable: true })
  decision_id!: string | null;

  /** How often its results were read before all runs were there. */
  @Column('integer', { default: 0 })
  interim_looks!: number;

  @Column('uuid', { nullable: true })
  created_by!: string | null;

  /** When it was registered. */
  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  @Column('timestamptz', { nullable: true })
  cancelled_at!: Date | null;

  /** When its end was told; null before. */
  @Column('timestamptz', { nullable: true })
  told_at!: Date | null;
}

/** What is left of an experiment that was deleted: its registration is part of the story of later ones of its name. */
@Entity('experiment_deletions')
@Index('experiment_deletions_name', ['name', 'registered_at'])
export class ExperimentDeletion {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  digest!: string;

  @Column('timestamptz')
  registered_at!: Date;

  /** How many of its runs were completed. */
  @Column('integer')
  completed!: number;

  @Column('integer')
  runs!: number;

  @CreateDateColumn({ type: 'timestamptz' })
  deleted_at!: Date;
}

/** An arm with a seed, and the run that does it. */
@Entity('experiment_runs')
@Index('experiment_runs_run', ['run_id'], { unique: true, where: 'run_id IS NOT NULL' })
export class ExperimentRun {
  @PrimaryColumn('uuid')
  experiment_id!: string;

  @PrimaryColumn('text')
  seed!: string;

  @PrimaryColumn('text')
  arm!: string;

  /** In the order of the file, seed by seed. */
  @Column('integer')
  place!: number;

  /** Null before it is started, and when it was deleted. */
  @Column('uuid', { nullable: true })
  run_id!: string | null;

  /** Jobs that make its population and its drafts, where they were asked for by this run. */
  @Column('uuid', { array: true, default: [] })
  preparing!: string[];
}
