import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { HealingMode } from '../../core/config/index.js';
import type { HealingAction, Subject, Symptom } from './playbooks.js';

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

/** Something out of the usual with a subject, what was done about it, and what came of it. */
@Entity('incidents')
@Check('incidents_mode_check', `mode IN ('observe', 'propose', 'act')`)
@Check('incidents_subject_check', `subject IN ('bot', 'worker', 'queue', 'dependency')`)
@Check(
  'incidents_bot_check',
  `(subject = 'bot') = (bot_id IS NOT NULL) AND (bot_id IS NULL OR bot_id = subject_id)`,
)
@Check(
  'incidents_status_check',
  `status IN ('observed', 'proposed', 'approved', 'acting', 'succeeded', 'failed', 'dismissed', 'passed')`,
)
@Index('incidents_open', ['subject', 'subject_id', 'symptom'], {
  unique: true,
  where: `status IN ('observed', 'proposed', 'approved', 'acting')`,
})
@Index('incidents_opened_at', ['opened_at', 'id'])
@Index('incidents_subject', ['subject', 'subject_id', 'opened_at', 'id'])
@Index('incidents_bot_id', ['bot_id'], { where: 'bot_id IS NOT NULL' })
@Index('incidents_playbook', ['playbook', 'closed_at'], { where: 'acted_at IS NOT NULL' })
export class Incident {
  @PrimaryColumn('uuid')
  id!: string;

  /** What kind of thing it is about. */
  @Column('text')
  subject!: Subject;

  /** Which of them. */
  @Column('text')
  subject_id!: string;

  /** The same of a bot: with it its incidents go. */
  @Column('text', { nullable: true })
  bot_id!: string | null;

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
