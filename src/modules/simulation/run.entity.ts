import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { RunMeasures } from './measures/run-measures.js';
import type { Totals } from './report/report-data.js';
import type { Scenario } from './scenarios/scenario.schema.js';

/** One execution of a scenario with one seed. Accepted together with its job; its results come when that is completed. */
@Entity('runs')
@Check('runs_ticks_check', 'ticks > 0')
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
