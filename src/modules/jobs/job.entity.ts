import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { QueueKey } from '../../core/config/index.js';
import type { FieldIssue } from '../../core/errors/index.js';

export const JOB_STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** Why a job failed, as its owner may read it. */
export interface JobFailure {
  code: string;
  message: string;
  /** What was wrong where, or with what it can be mended. */
  errors?: readonly FieldIssue[];
}

/** A piece of long work. This row is the truth; a queue's message only says that there is something to claim. */
@Entity('jobs')
@Check('jobs_status_check', `status IN ('queued', 'running', 'completed', 'failed', 'cancelled')`)
@Index('jobs_unfinished', ['status', 'run_at'], { where: `status IN ('queued', 'running')` })
@Index('jobs_after_id', ['after_id'], { where: 'after_id IS NOT NULL' })
@Index('jobs_created_at', ['created_at', 'id'])
export class Job {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  queue!: QueueKey;

  /** Which handler does it: `population.generate`. */
  @Column('text')
  name!: string;

  @Column('text', { default: 'queued' })
  status!: JobStatus;

  @Column('jsonb')
  payload!: object;

  @Column('jsonb', { nullable: true })
  result!: object | null;

  /** Paths of what the job makes, by relation name. */
  @Column('jsonb', { default: {} })
  links!: Record<string, string>;

  @Column('bigint', { default: 0 })
  progress_done!: string;

  @Column('bigint', { nullable: true })
  progress_total!: string | null;

  @Column('text', { nullable: true })
  progress_note!: string | null;

  @Column('jsonb', { nullable: true })
  error!: JobFailure | null;

  /** How often it was started; it fences off an earlier start that still believes to be running. */
  @Column('integer', { default: 0 })
  attempts!: number;

  /** How many starts ended in an error that may pass. */
  @Column('integer', { default: 0 })
  failures!: number;

  /** The job that must be completed first. */
  @Column('uuid', { nullable: true })
  after_id!: string | null;

  /** Advisory lock key of the process that runs it; free key = dead process. */
  @Column('bigint', { nullable: true })
  worker!: string | null;

  @Column('timestamptz', { nullable: true })
  cancel_requested_at!: Date | null;

  @Column('uuid', { nullable: true })
  created_by!: string | null;

  /** The trace that it was accepted in, as W3C writes it. */
  @Column('text', { nullable: true })
  traceparent!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  run_at!: Date;

  @Column('timestamptz', { nullable: true })
  dispatched_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  started_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  finished_at!: Date | null;
}
