import { Check, Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { HealingMode, QueueKey } from '../../../core/config/index.js';

/** `drained`: it takes no more jobs, and finishes those that it has. */
export const WORKER_WISHES = ['running', 'drained'] as const;
export type WorkerWish = (typeof WORKER_WISHES)[number];

/** What a worker says of itself. */
export const WORKER_PHASES = ['running', 'draining', 'drained'] as const;
export type WorkerPhase = (typeof WORKER_PHASES)[number];

/**
 * A process that does jobs: what is wanted of it, which people and self-healing write, and what it says of itself every second. The
 * table is not logged: who lives writes its row anew.
 */
@Entity('workers')
@Check('workers_desired_state_check', `desired_state IN ('running', 'drained')`)
@Check('workers_healing_check', `healing IN ('observe', 'propose', 'act')`)
@Check('workers_phase_check', `phase IN ('running', 'draining', 'drained')`)
export class Worker {
  /** Host, process id and a few letters: `laptop-4711-9f3a`. */
  @PrimaryColumn('text')
  id!: string;

  /** Of the advisory lock that it holds while it lives; jobs that it has carry the same. */
  @Column('bigint')
  key!: string;

  @Column('text')
  host!: string;

  @Column('integer')
  pid!: number;

  @Column('text', { array: true })
  queues!: QueueKey[];

  /** How many jobs of each queue at once it was started for. */
  @Column('integer')
  concurrency!: number;

  @Column('text', { default: 'running' })
  desired_state!: WorkerWish;

  /** Fewer jobs of each queue at once; null: as it was started. */
  @Column('integer', { nullable: true })
  desired_concurrency!: number | null;

  /** What self-healing does with it; null: as the installation says. */
  @Column('text', { nullable: true })
  healing!: HealingMode | null;

  /** Who has last said what is wanted. */
  @Column('text', { nullable: true })
  changed_by!: string | null;

  @Column('text', { default: 'running' })
  phase!: WorkerPhase;

  /** Jobs that it has in hand. */
  @Column('integer', { default: 0 })
  running!: number;

  @Column('double precision', { default: 0 })
  rss_mb!: number;

  /** The memory that its machine or container gives it. */
  @Column('double precision', { default: 0 })
  memory_limit_mb!: number;

  /** The longest that its event loop was late since the beat before. */
  @Column('double precision', { default: 0 })
  event_loop_lag_ms!: number;

  @CreateDateColumn({ type: 'timestamptz' })
  started_at!: Date;

  @CreateDateColumn({ type: 'timestamptz' })
  last_heartbeat!: Date;
}

/** What is wanted of a queue, and how often its jobs were tried since it is there. */
@Entity('job_queues')
@Check('job_queues_healing_check', `healing IN ('observe', 'propose', 'act')`)
export class JobQueue {
  @PrimaryColumn('text')
  queue!: QueueKey;

  /** Workers take none of its jobs. */
  @Column('boolean', { default: false })
  paused!: boolean;

  /** How many of its jobs each worker does at once, at most; null: as workers were started. */
  @Column('integer', { nullable: true })
  concurrency!: number | null;

  /** What self-healing does with it; null: as the installation says. */
  @Column('text', { nullable: true })
  healing!: HealingMode | null;

  /** Who has last said what is wanted. */
  @Column('text', { nullable: true })
  changed_by!: string | null;

  @Column('timestamptz', { nullable: true })
  changed_at!: Date | null;

  /** Attempts that have ended. */
  @Column('bigint', { default: 0 })
  attempts!: string;

  /** Those that ended in an error which may pass: nobody's mistake in what was asked for. */
  @Column('bigint', { default: 0 })
  errors!: string;
}
