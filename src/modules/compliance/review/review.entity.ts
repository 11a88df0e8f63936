import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Outcome, ReviewStatus, Severity } from './review.rules.js';

/** What people make of a decision that waits for them, or that was appealed against. */
@Entity('reviews')
@Check('reviews_severity_check', `severity IN ('low', 'medium', 'high', 'critical')`)
@Check('reviews_status_check', `status IN ('open', 'second_opinion', 'disputed', 'closed')`)
@Check('reviews_outcome_check', `outcome IN ('allow', 'label', 'block')`)
@Index('reviews_due_at', ['due_at', 'id'])
@Index('reviews_created_at', ['created_at', 'id'])
@Index('reviews_waiting', ['due_at', 'id'], { where: `status <> 'closed'` })
export class Review {
  /** That of the decision. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  severity!: Severity;

  /** Whether it is for those alone who hold `reviews:decide_escalated`. */
  @Column('boolean', { default: false })
  escalated!: boolean;

  @Column('text', { default: 'open' })
  status!: ReviewStatus;

  /** From 1; an appeal begins another. */
  @Column('integer', { default: 1 })
  round!: number;

  /** What the last round that closed ended with; it holds while an appeal is looked at. */
  @Column('text', { nullable: true })
  outcome!: Outcome | null;

  /** What reviewers label the text with, beside the guard. */
  @Column('text', { array: true, default: '{}' })
  labels!: string[];

  /** Who works on it, until `claimed_until`. */
  @Column('uuid', { nullable: true })
  claimed_by!: string | null;

  @Column('timestamptz', { nullable: true })
  claimed_until!: Date | null;

  /** By when the round is to be closed. */
  @Column('timestamptz')
  due_at!: Date;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  @Column('timestamptz', { nullable: true })
  closed_at!: Date | null;
}
