import type { HealingMode } from '../../../core/config/index.js';
import { Check, Column, CreateDateColumn, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import type { BlueprintManifest } from '../blueprints/manifest.js';
import type { BotCondition, BotExit, BotSchedule, BotStatus, DesiredState } from './bot.rules.js';

/** What people want of a bot. */
@Entity('bots')
@Check('bots_id_check', `id ~ '^[a-z][a-z0-9-]{0,61}[a-z0-9]$'`)
@Check('bots_desired_state_check', `desired_state IN ('running', 'stopped')`)
@Check('bots_healing_check', `healing IN ('observe', 'propose', 'act')`)
@Check('bots_replicas_check', 'replicas BETWEEN 0 AND 50')
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

  /** How many processes of it run at once. */
  @Column('integer', { default: 1 })
  replicas!: number;

  /** Grows with everything that needs another process. */
  @Column('integer', { default: 1 })
  generation!: number;

  /** Which configuration and pinned blueprint these are; see {@link BotRevision}. */
  @Column('integer', { default: 1 })
  revision!: number;

  /** Processes that were started for an earlier generation are replaced, whatever their revision. */
  @Column('integer', { default: 1 })
  restart_generation!: number;

  /** Grows with every change; its entity tag. */
  @Column('integer', { default: 1 })
  version!: number;

  /** A user name. */
  @Column('text')
  created_by!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}

/** What is seen of a bot as a whole; the reconciler writes it, from what it sees of its instances. */
@Entity('bot_states')
@Check(
  'bot_states_status_check',
  `status IN ('registered', 'starting', 'running', 'unhealthy', 'stopping', 'stopped', 'backoff', 'failed', 'quarantined')`,
)
@Index('bot_states_status', ['status'])
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

  /** The newest generation that processes are started for. */
  @Column('integer', { default: 0 })
  observed_generation!: number;

  /** What is true of it beside what is true of its instances. */
  @Column('jsonb', { default: [] })
  conditions!: BotCondition[];

  /** Which host looks after all its instances. */
  @Column('text', { nullable: true })
  host!: string | null;

  /** Starts in place of a process that was there before. */
  @Column('integer', { default: 0 })
  restarts!: number;

  /** How the last process that ended did. */
  @Column('jsonb', { nullable: true })
  last_exit!: BotExit | null;

  /** What it keeps from one process to the next. */
  @Column('jsonb', { nullable: true })
  kept!: object | null;

  /** The last revision of which all replicas were in good health. */
  @Column('integer', { nullable: true })
  good_revision!: number | null;

  /** Replicas as wanted now that have been in good health for long enough. */
  @Column('integer', { default: 0 })
  updated_replicas!: number;

  /** When its rollout last came nearer to its end; null: none is under way. */
  @Column('timestamptz', { nullable: true })
  progress_at!: Date | null;

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
