import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
} from 'typeorm';
import type { Awaited, StepState, WorkflowName, WorkflowState } from './workflow.rules.js';

/** A workflow: named steps, one after the other, each of which is a job at a time. */
@Entity('workflows')
@Check('workflows_state_check', `state IN ('running', 'waiting', 'completed', 'failed', 'cancelled')`)
@Check('workflows_waits_for_check', `waits_for IN ('job', 'decision', 'publication')`)
@Check('workflows_waits_check', '(waits_for IS NULL) = (waits_id IS NULL)')
@Index('workflows_created_at', ['created_at', 'id'])
@Index('workflows_job', ['job_id'], { where: 'job_id IS NOT NULL' })
@Index('workflows_active', ['state', 'id'], { where: `state IN ('running', 'waiting')` })
@Index('workflows_subject', ['name', 'subject_id'], {
  unique: true,
  where: `state IN ('running', 'waiting') AND subject_id IS NOT NULL`,
})
export class Workflow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: WorkflowName;

  /** What it is about, where one thing has at most one unfinished workflow of a name. */
  @Column('uuid', { nullable: true })
  subject_id!: string | null;

  @Column('jsonb')
  input!: object;

  @Column('text', { default: 'running' })
  state!: WorkflowState;

  /** The ordinal of the step that it is at, from 0. */
  @Column('smallint', { default: 0 })
  step!: number;

  /** Why it ended as it did, where that is not as asked for. */
  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text', { nullable: true })
  waits_for!: Awaited | null;

  @Column('uuid', { nullable: true })
  waits_id!: string | null;

  /** When it goes on in any case. */
  @Column('timestamptz', { nullable: true })
  wake_at!: Date | null;

  /** The job of its current attempt; of an older one nothing is accepted. */
  @Column('uuid', { nullable: true })
  job_id!: string | null;

  /** The name of who asked. */
  @Column('text')
  actor!: string;

  @Column('uuid', { nullable: true })
  created_by!: string | null;

  /** The workflow whose step started it; null: somebody asked for it. */
  @Column('uuid', { nullable: true })
  parent_id!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updated_at!: Date;

  @Column('timestamptz', { nullable: true })
  finished_at!: Date | null;
}

@Entity('workflow_steps')
@Check(
  'workflow_steps_state_check',
  `state IN ('pending', 'running', 'waiting', 'completed', 'failed', 'skipped')`,
)
export class WorkflowStep {
  @PrimaryColumn('uuid')
  workflow_id!: string;

  @ManyToOne(() => Workflow, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'workflow_id', foreignKeyConstraintName: 'workflow_steps_workflow_id_fkey' })
  workflow?: Workflow;

  /** From 0. */
  @PrimaryColumn('smallint')
  ordinal!: number;

  @Column('text')
  name!: string;

  @Column('text', { default: 'pending' })
  state!: StepState;

  @Column('integer', { default: 0 })
  attempts!: number;

  /** What it has to know when it goes on after a wait. */
  @Column('jsonb', { nullable: true })
  memo!: object | null;

  @Column('jsonb', { nullable: true })
  output!: object | null;

  @Column('timestamptz', { nullable: true })
  started_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  finished_at!: Date | null;
}
