import { Check, Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { OpinionStage, Verdict } from './review.rules.js';

/** What one person said in a review; a person says something once. The application may insert and read, never change or delete. */
@Entity('review_opinions')
@Check('review_opinions_stage_check', `stage IN ('open', 'second_opinion', 'disputed')`)
@Check('review_opinions_verdict_check', `verdict IN ('uphold', 'release', 'label')`)
export class ReviewOpinion {
  @PrimaryColumn('uuid')
  review_id!: string;

  @PrimaryColumn('uuid')
  reviewer_id!: string;

  @Column('integer')
  round!: number;

  /** The status that the review had. */
  @Column('text')
  stage!: OpinionStage;

  @Column('text')
  verdict!: Verdict;

  @Column('text', { array: true })
  labels!: string[];

  @Column('text')
  reason!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
