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
import type { BlueprintManifest } from '../blueprints/manifest.js';
import { Bot } from './bot.entity.js';
import type { BotCondition, BotExit, BotStatus, Retiring } from './bot.rules.js';

/** One of the processes of a bot that there are to be, and what is seen of it; the reconciler writes it. */
@Entity('bot_instances')
@Check('bot_instances_ordinal_check', 'ordinal BETWEEN 0 AND 999')
@Check('bot_instances_retiring_check', `retiring IN ('Replaced', 'ScaledDown')`)
@Check(
  'bot_instances_status_check',
  `status IN ('registered', 'starting', 'running', 'unhealthy', 'stopping', 'stopped', 'backoff', 'failed', 'quarantined')`,
)
@Index('bot_instances_instance', ['instance'])
export class BotInstance {
  @PrimaryColumn('text')
  bot_id!: string;

  @ManyToOne(() => Bot, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'bot_id', foreignKeyConstraintName: 'bot_instances_bot_id_fkey' })
  bot?: Bot;

  /** Names its place among the others, from 0. */
  @PrimaryColumn('integer')
  ordinal!: number;

  /** The generation of the bot that it is to run. */
  @Column('integer')
  generation!: number;

  /** The revision of the bot that it is to run. */
  @Column('integer')
  revision!: number;

  /** Why it is ended for good; null: it is not. */
  @Column('text', { nullable: true })
  retiring!: Retiring | null;

  @Column('text', { default: 'registered' })
  status!: BotStatus;

  /** Why; one word in CamelCase. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** The generation that its process was started for. */
  @Column('integer', { default: 0 })
  observed_generation!: number;

  @Column('jsonb', { default: [] })
  conditions!: BotCondition[];

  /** Another for every process. */
  @Column('uuid', { nullable: true })
  instance!: string | null;

  /** What its executor finds it by again. */
  @Column('jsonb', { nullable: true })
  handle!: object | null;

  /** Where people find it, such as `pid 4242`. */
  @Column('text', { nullable: true })
  place!: string | null;

  /** Exits and deaths since it was healthy for long. */
  @Column('integer', { default: 0 })
  failures!: number;

  /** Processes so far, with that of which it took the place. */
  @Column('integer', { default: 0 })
  starts!: number;

  @Column('timestamptz', { nullable: true })
  next_start_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  started_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  stopping_at!: Date | null;

  /** Since when it is seen to run, without a break. */
  @Column('timestamptz', { nullable: true })
  ready_since!: Date | null;

  @Column('jsonb', { nullable: true })
  last_exit!: BotExit | null;

  @Column('timestamptz', { nullable: true })
  last_heartbeat!: Date | null;

  /** What it said of itself last. */
  @Column('jsonb', { nullable: true })
  report!: object | null;

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

/** What processes of a bot run: its configuration and its pinned blueprint at a time. */
@Entity('bot_revisions')
export class BotRevision {
  @PrimaryColumn('text')
  bot_id!: string;

  @ManyToOne(() => Bot, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'bot_id', foreignKeyConstraintName: 'bot_revisions_bot_id_fkey' })
  bot?: Bot;

  /** From 1. */
  @PrimaryColumn('integer')
  revision!: number;

  @Column('text')
  blueprint!: string;

  @Column('text')
  blueprint_sha256!: string;

  @Column('jsonb')
  manifest!: BlueprintManifest;

  @Column('jsonb')
  configuration!: object;

  /** A user name. */
  @Column('text')
  created_by!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  /** When all replicas were last seen in good health with it; null: never. */
  @Column('timestamptz', { nullable: true })
  good_at!: Date | null;
}
