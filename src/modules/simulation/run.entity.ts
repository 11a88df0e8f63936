import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { RunMeasures } from './measures/run-measures.js';
import type { Totals } from './report/report-data.js';
import type { FeedScenario, Scenario } from './scenarios/scenario.schema.js';

/** What a run goes by from a tick on. */
export interface Stage {
  readonly from: number;
  readonly definition: FeedScenario;
}

/** Where a run went on that had been stopped. */
export interface Resumption {
  /** Completed ticks that were not done again. */
  tick: number;
  /** Later checkpoints that could not be used, and why. */
  skipped: { tick: number; reason: string }[];
}

/** One execution of a scenario with one seed. Accepted together with its job; its results come when that is completed. */
@Entity('runs')
@Check('runs_ticks_check', 'ticks > 0')
@Check('runs_branch_check', '(branch_tick IS NULL) = (trunk IS NULL) AND branch_tick > 0')
@Index('runs_parent', ['parent_id'], { where: 'parent_id IS NOT NULL' })
@Index('runs_created_at', ['created_at', 'id'])
@Index('runs_completed_at', ['completed_at', 'id'], { where: 'completed_at IS NOT NULL' })
@Index('runs_population', ['population_id'])
@Index('runs_job', ['job_id'], { unique: true })
export class Run {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  scenario!: string;

  @Column('text')
  scenario_version!: string;

  @Column('text')
  scenario_digest!: string;

  /** The scenario as it was when the run was accepted, defaults filled in. */
  @Column('jsonb')
  definition!: Scenario;

  @Column('text')
  seed!: string;

  @Column('integer')
  ticks!: number;

  /** The population may come after the run, by a job that the run waits for; a model without people has none, and no drafts. */
  @Column('uuid', { nullable: true })
  population_id!: string | null;

  @Column('uuid', { nullable: true })
  draft_batch_id!: string | null;

  @Column('uuid')
  job_id!: string;

  /** What the guard said of the scenario's words and the seed; null for runs from before it was asked. */
  @Column('uuid', { nullable: true })
  decision_id!: string | null;

  /** Ticks between two checkpoints, 0: there are none; null: by the configuration, as often as it costs little. */
  @Column('integer', { nullable: true })
  checkpoint_every!: number | null;

  /** When somebody asked it to pause; null when it goes on. */
  @Column('timestamptz', { nullable: true })
  paused_at!: Date | null;

  /** How it went on last after it was stopped; null when it never was. */
  @Column('jsonb', { nullable: true })
  resumed!: Resumption | null;

  /** The run that it parted from; null when it parted from none, or that is deleted. */
  @Column('uuid', { nullable: true })
  parent_id!: string | null;

  /** The tick from which its definition holds; null when it parted from none. */
  @Column('integer', { nullable: true })
  branch_tick!: number | null;

  /** What it goes by before that tick; null when it parted from none. */
  @Column('jsonb', { nullable: true })
  trunk!: Stage[] | null;

  /** Fingerprint of every event; null until the run is completed. */
  @Column('bigint', { nullable: true })
  checksum!: string | null;

  @Column('jsonb', { nullable: true })
  totals!: Totals | null;

  /** Null until the run is completed, and for a model without a feed. */
  @Column('jsonb', { nullable: true })
  measures!: RunMeasures | null;

  @Column('uuid', { nullable: true })
  created_by!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  @Column('timestamptz', { nullable: true })
  completed_at!: Date | null;
}
