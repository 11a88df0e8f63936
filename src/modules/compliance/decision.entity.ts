import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Action, RuleMatch, TextScores } from './guard/evaluate.js';
import type { GuardContext } from './guard/guard-context.js';
import type { Opinion } from './guard/seconded-classifier.js';
import type { PolicyVersion } from './policy/policy-library.js';

/** What the guard said about the texts of one subject. The application may insert and read, never change or delete. */
@Entity('decisions')
@Check('decisions_action_check', `action IN ('allow', 'label', 'review', 'escalate', 'block')`)
@Check('decisions_compliance_score_check', 'compliance_score BETWEEN 0 AND 1')
@Index('decisions_subject', ['subject_type', 'subject_id'])
@Check('decisions_latency_us_check', 'latency_us >= 0')
@Index('decisions_decided_at', ['decided_at', 'id'])
@Index('decisions_statistics', ['decided_at', 'action', 'subject_type', 'agent_id', 'campaign_id'])
@Index('decisions_campaign_id', ['campaign_id', 'decided_at', 'action'], { where: 'campaign_id IS NOT NULL' })
@Index('decisions_agent_id', ['agent_id', 'decided_at'])
@Index('decisions_text_print', ['text_print', 'decided_at'], { where: 'text_print IS NOT NULL' })
export class Decision {
  /** Follows from subject, texts and policies: deciding the same again is the same decision. */
  @PrimaryColumn('uuid')
  id!: string;

  /** What was decided on: `draft`, `population`. */
  @Column('text')
  subject_type!: string;

  @Column('text')
  subject_id!: string;

  /** The agent whose text it is, where it is one's. */
  @Column('uuid', { nullable: true })
  agent_id!: string | null;

  /** What its text was written for, where whoever asked said so. */
  @Column('text', { nullable: true })
  campaign_id!: string | null;

  /** SHA-256 over the names and texts of the fields. */
  @Column('text')
  text_hash!: string;

  /** The policies that were in force; none when the guard was off. */
  @Column('jsonb')
  policies!: PolicyVersion[];

  @Column('text')
  action!: Action;

  /** False when the guard was off, which only development allows. */
  @Column('boolean')
  checked!: boolean;

  /** From 0 to 1, where 1 is clean; 0 when unchecked. */
  @Column('double precision')
  compliance_score!: number;

  @Column('text', { array: true })
  labels!: string[];

  @Column('jsonb')
  matches!: RuleMatch[];

  /** Of rules that did not act: in shadow, or beyond their part of the subjects. */
  @Column('jsonb', { default: [] })
  shadow_matches!: RuleMatch[];

  /** What the classifiers gave, with their version; null where no rule asked. */
  @Column('jsonb', { nullable: true })
  scores!: TextScores | null;

  /** What was known besides the texts; null where nothing was. */
  @Column('jsonb', { nullable: true })
  context!: GuardContext | null;

  /** What classifiers elsewhere said, or why they did not; null where none was asked. */
  @Column('jsonb', { nullable: true })
  opinions!: readonly Opinion[] | null;

  /** What its first text is recognised by when somebody writes it again; null unless it was written by an agent, one at a time. */
  @Column('text', { nullable: true })
  text_print!: string | null;

  /** The hosts that its texts lead to; none unless it was written by an agent, one at a time. */
  @Index('decisions_links', { synchronize: false })
  @Column('text', { array: true, default: [] })
  links!: string[];

  /** Why, in words; null where it was decided before there were any. */
  @Column('text', { nullable: true })
  reasons!: string | null;

  /** How long the guard read, in microseconds; null where it was not measured. */
  @Column('integer', { nullable: true })
  latency_us!: number | null;

  /** Who asked: a user name, `system` or `worker`. */
  @Column('text')
  decided_by!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  decided_at!: Date;
}
