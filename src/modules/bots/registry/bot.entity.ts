import { Check, Column, CreateDateColumn, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import type { BlueprintManifest } from '../blueprints/manifest.js';
import type { BotCondition, BotSchedule, BotStatus, DesiredState, HealingMode } from './bot.rules.js';

/** What people want of a bot. */
@Entity('bots')
@Check('bots_id_check', `id ~ '^[a-z][a-z0-9-]{0,61}[a-z0-9]$'`)
@Check('bots_desired_state_check', `desired_state IN ('running', 'stopped')`)
@Check('bots_healing_check', `healing IN ('observe', 'propose', 'act')`)
@Index('bots_created_at', ['created_at', 'id'])
export class Bot {
  /** Such as `analytics-bot-v1`. */
  @PrimaryColumn('text')
  id!: string;

  /** The user whom it acts for when it calls the API. */
  @Column('uuid')
  owner_id!: string;

  @Column('text')
  name!: string;

  @Column('text', { default: '' })
  description!: string;

  /** What it is for, in one word. */
  @Column('text')
  role!: string;

  /** Path below `blueprints/`. */
  @Column('text')
  blueprint!: string;

  /** Of the blueprint's manifest and files, pinned. */
  @Column('text')
  blueprint_sha256!: string;

  /** As it was when the blueprint was pinned. */
  @Column('jsonb')
  manifest!: BlueprintManifest;

  @Column('jsonb')
  configuration!: object;

  @Column('text', { default: 'stopped' })
  desired_state!: DesiredState;

  /** null: as the installation says. */
  @Column('text', { nullable: true })
  healing!: HealingMode | null;

  /** Whether it is left as it is: neither the reconciler nor healing acts. */
  @Column('boolean', { default: false })
  paused!: boolean;

  /** When it is started and stopped by itself. */
  @Column('jsonb', { nullable: true })
  schedule!: BotSchedule | null;

  /** Grows with everything that needs another process. */
  @Column('integer', { default: 1 })
  generation!: number;

  /** Grows with every change; its entity tag. */
  @Column('integer', { default: 1 })
  version!: number;

  /** A user name. */
  @Column('text')
  created_by!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}

/** How a process of a bot ended. */
export interface BotExit {
  code: number | null;
  signal: string | null;
  /** RFC 3339. */
  at: string;
}

/** What is seen of a bot; the reconciler writes it. */
@Entity('bot_states')
@Check(
  'bot_states_status_check',
  `status IN ('registered', 'starting', 'running', 'unhealthy', 'stopping', 'stopped', 'backoff', 'failed', 'quarantined')`,
)
@Index('bot_states_status', ['status'])
@Index('bot_states_instance', ['instance'])
export class BotState {
  @PrimaryColumn('text')
  bot_id!: string;

  @OneToOne(() => Bot, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'bot_id', foreignKeyConstraintName: 'bot_states_bot_id_fkey' })
  bot?: Bot;

  @Column('text', { default: 'registered' })
  status!: BotStatus;

  /** Why; one word in CamelCase. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** The generation that the process was started for. */
  @Column('integer', { default: 0 })
  observed_generation!: number;

  @Column('jsonb', { default: [] })
  conditions!: BotCondition[];

  /** Where it runs. */
  @Column('text', { nullable: true })
  host!: string | null;

  /** Another for every process. */
  @Column('uuid', { nullable: true })
  instance!: string | null;

  /** What its executor finds it by again. */
  @Column('jsonb', { nullable: true })
  handle!: object | null;

  /** Exits and deaths since it was healthy for long. */
  @Column('integer', { default: 0 })
  failures!: number;

  @Column('integer', { default: 0 })
  restarts!: number;

  @Column('timestamptz', { nullable: true })
  next_start_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  started_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  stopping_at!: Date | null;

  @Column('jsonb', { nullable: true })
  last_exit!: BotExit | null;

  @Column('timestamptz', { nullable: true })
  last_heartbeat!: Date | null;

  /** What it said of itself last. */
  @Column('jsonb', { nullable: true })
  report!: object | null;

  /** What it keeps from one process to the next. */
  @Column('jsonb', { nullable: true })
  kept!: object | null;

  /** Percent of one core. */
  @Column('double precision', { default: 0 })
  cpu_load!: number;

  @Column('double precision', { default: 0 })
  memory_usage_mb!: number;

  @Column('double precision', { default: 0 })
  requests_per_second!: number;

  /** Of its requests, from 0 to 1. */
  @Column('double precision', { default: 0 })
  error_rate!: number;

  @Column('timestamptz', { default: () => 'now()' })
  last_updated!: Date;
}

/** Which process reconciles the bots of a host. */
@Entity('bot_hosts')
export class BotHost {
  @PrimaryColumn('text')
  host!: string;

  @Column('uuid')
  holder!: string;

  @Column('timestamptz')
  expires_at!: Date;
}

/** All bots are left as they are while there is such a row, which there is once. */
@Entity('bot_maintenance')
@Check('bot_maintenance_id_check', 'id = 1')
export class BotMaintenance {
  @PrimaryColumn('integer', { default: 1 })
  id!: number;

  @Column('text')
  reason!: string;

  @Column('text')
  begun_by!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  begun_at!: Date;
}
