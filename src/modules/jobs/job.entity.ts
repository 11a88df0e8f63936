import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { QueueKey } from '../../core/config/index.js';
import type { FieldIssue } from '../../core/errors/index.js';

export const JOB_STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** `fail`: it ends as they did; `run`: it runs once all have ended, however they did. */
export type ParentFailure = 'fail' | 'run';

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
@Check('jobs_on_parent_failure_check', `on_parent_failure IN ('fail', 'run')`)
@Index('jobs_unfinished', ['queue', 'owner', 'turn'], { where: `status IN ('queued', 'running')` })
@Index('jobs_ready', ['queue', 'priority', 'turn'], {
  where: `status = 'queued' AND turn IS NOT NULL AND key IS NULL`,
})
@Index('jobs_ready_by_key', ['queue', 'key', 'priority', 'turn'], {
  where: `status = 'queued' AND turn IS NOT NULL AND key IS NOT NULL`,
})
@Index('jobs_delayed', ['queue', 'run_at'], {
  where: `status = 'queued' AND turn IS NULL AND NOT waiting`,
})
@Index('jobs_waiting', ['id'], { where: `status = 'queued' AND waiting` })
@Index('jobs_leased', ['lease_expires_at'], { where: `status = 'running'` })
@Index('jobs_running_by_key', ['queue', 'key'], { where: `status = 'running' AND key IS NOT NULL` })
@Index('jobs_dead_letters', ['finished_at'], { where: 'dead_letter' })
@Index('jobs_dedup_key', ['name', 'dedup_key'], {
  unique: true,
  where: `dedup_key IS NOT NULL AND status IN ('queued', 'running')`,
})
@Index('jobs_schedule', ['schedule', 'due_at'], { unique: true, where: 'schedule IS NOT NULL' })
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

  /** How often it was started. */
  @Column('integer', { default: 0 })
  attempts!: number;

  /** How many starts ended in an error that may pass. */
  @Column('integer', { default: 0 })
  failures!: number;

  /** After how many of those it fails for good; null: as the error's class has it. */
  @Column('integer', { nullable: true })
  most_failures!: number | null;

  /** It failed for a reason that might have passed, more often than it may. */
  @Column('boolean', { default: false })
  dead_letter!: boolean;

  /** Self-healing has put it back from there, which it does once. */
  @Column('boolean', { default: false })
  redriven!: boolean;

  /** Whose jobs take turns with those of others: the user who asked, or nobody. */
  @Column('text', { default: '' })
  owner!: string;

  /** The lower goes first. */
  @Column('smallint', { default: 0 })
  priority!: number;

  /** Its place among the ready jobs of its priority; null while it is delayed or waits for others. */
  @Column('bigint', { nullable: true })
  turn!: string | null;

  /** The jobs that must have ended first. */
  @Column('uuid', { array: true, default: '{}' })
  @Index('jobs_after_ids', { synchronize: false })
  after_ids!: string[];

  /** One of those has not ended. */
  @Column('boolean', { default: false })
  waiting!: boolean;

  /** What becomes of it when one of those fails or is cancelled. */
  @Column('text', { default: 'fail' })
  on_parent_failure!: ParentFailure;

  /** Jobs of a queue with the same key share limits. */
  @Column('text', { nullable: true })
  key!: string | null;

  /** So many of them at once. */
  @Column('integer', { nullable: true })
  key_concurrency!: number | null;

  /** So many starts in `key_seconds`. */
  @Column('integer', { nullable: true })
  key_rate!: number | null;

  @Column('integer', { nullable: true })
  key_seconds!: number | null;

  /** Of the unfinished jobs of a name, one has it. */
  @Column('text', { nullable: true })
  dedup_key!: string | null;

  /** The schedule that made it, and for when. */
  @Column('text', { nullable: true })
  schedule!: string | null;

  @Column('timestamptz', { nullable: true })
  due_at!: Date | null;

  /** Advisory lock key of the process that runs it; free key = dead process. */
  @Column('bigint', { nullable: true })
  worker!: string | null;

  /** Of the latest start, higher than of any before: what an attempt writes, it writes under its token. */
  @Column('bigint', { nullable: true })
  lease_token!: string | null;

  /** Until when the process that runs it is believed to live, unless it says so again. */
  @Column('timestamptz', { nullable: true })
  lease_expires_at!: Date | null;

  /** How long one attempt may take. */
  @Column('integer', { nullable: true })
  timeout_seconds!: number | null;

  /** When the present attempt must have ended. */
  @Column('timestamptz', { nullable: true })
  deadline_at!: Date | null;

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
  started_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  finished_at!: Date | null;
}
