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
import { Bot } from './bot.entity.js';
import type { BotStatus } from './bot.rules.js';

/** A bot came to another status. */
@Entity('bot_transitions')
@Index('bot_transitions_bot_id', ['bot_id', 'id'])
export class BotTransition {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column('text')
  bot_id!: string;

  @ManyToOne(() => Bot, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'bot_id', foreignKeyConstraintName: 'bot_transitions_bot_id_fkey' })
  bot?: Bot;

  @Column('text')
  status!: BotStatus;

  @Column('text', { nullable: true })
  reason!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  occurred_at!: Date;
}

export const LOG_STREAMS = ['stdout', 'stderr', 'host'] as const;
export type LogStream = (typeof LOG_STREAMS)[number];

/** A line that a bot printed, or that its host says about it. */
@Entity('bot_logs')
@Check('bot_logs_stream_check', `stream IN ('stdout', 'stderr', 'host')`)
@Index('bot_logs_bot_id', ['bot_id', 'id'])
export class BotLogLine {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column('text')
  bot_id!: string;

  @ManyToOne(() => Bot, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'bot_id', foreignKeyConstraintName: 'bot_logs_bot_id_fkey' })
  bot?: Bot;

  /** Which of its instances; null: said of the bot. */
  @Column('integer', { nullable: true })
  ordinal!: number | null;

  @Column('text')
  stream!: LogStream;

  @Column('text')
  message!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  logged_at!: Date;
}

export const COMMAND_STATUSES = ['pending', 'delivered', 'done', 'failed', 'expired'] as const;
export type CommandStatus = (typeof COMMAND_STATUSES)[number];

/** Something that a bot is asked to do. */
@Entity('bot_commands')
@Check('bot_commands_status_check', `status IN ('pending', 'delivered', 'done', 'failed', 'expired')`)
@Index('bot_commands_bot_id', ['bot_id', 'created_at', 'id'])
@Index('bot_commands_open', ['bot_id'], { where: `status IN ('pending', 'delivered')` })
export class BotCommand {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  bot_id!: string;

  @ManyToOne(() => Bot, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'bot_id', foreignKeyConstraintName: 'bot_commands_bot_id_fkey' })
  bot?: Bot;

  /** Which of its instances is to do it; null: whichever asks first. */
  @Column('integer', { nullable: true })
  ordinal!: number | null;

  /** Which of its instances has taken it, and may say what came of it; null: none yet. */
  @Column('integer', { nullable: true })
  taken_by!: number | null;

  @Column('text')
  name!: string;

  @Column('jsonb')
  arguments!: object;

  @Column('text', { default: 'pending' })
  status!: CommandStatus;

  @Column('jsonb', { nullable: true })
  result!: object | null;

  @Column('text')
  created_by!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  @Column('timestamptz', { nullable: true })
  finished_at!: Date | null;
}
