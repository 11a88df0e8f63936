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
import { Bot } from '../registry/bot.entity.js';
import type { HealingMode } from '../registry/bot.rules.js';
import type { HealingAction, Symptom } from './playbooks.js';

export const INCIDENT_STATUSES = [
  'observed',
  'proposed',
  'approved',
  'acting',
  'succeeded',
  'failed',
  'dismissed',
  'passed',
] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** Something out of the usual with a bot, what was done about it, and what came of it. */
@Entity('bot_incidents')
@Check('bot_incidents_mode_check', `mode IN ('observe', 'propose', 'act')`)
@Check(
  'bot_incidents_status_check',
  `status IN ('observed', 'proposed', 'approved', 'acting', 'succeeded', 'failed', 'dismissed', 'passed')`,
)
@Index('bot_incidents_open', ['bot_id', 'symptom'], {
  unique: true,
  where: `status IN ('observed', 'proposed', 'approved', 'acting')`,
})
@Index('bot_incidents_opened_at', ['opened_at', 'id'])
@Index('bot_incidents_bot_id', ['bot_id', 'opened_at', 'id'])
@Index('bot_incidents_playbook', ['playbook', 'closed_at'], { where: 'acted_at IS NOT NULL' })
export class BotIncident {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  bot_id!: string;

  @ManyToOne(() => Bot, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'bot_id', foreignKeyConstraintName: 'bot_incidents_bot_id_fkey' })
  bot?: Bot;

  @Column('text')
  symptom!: Symptom;

  /** The measures that show it. */
  @Column('jsonb')
  evidence!: object;

  @Column('text')
  playbook!: string;

  @Column('text')
  action!: HealingAction;

  /** As it was when this was opened. */
  @Column('text')
  mode!: HealingMode;

  @Column('text')
  status!: IncidentStatus;

  /** Why it is where it is, for people. */
  @Column('text', { nullable: true })
  note!: string | null;

  /** Who approved or dismissed it. */
  @Column('text', { nullable: true })
  decided_by!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  opened_at!: Date;

  @Column('timestamptz', { nullable: true })
  acted_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  closed_at!: Date | null;
}
