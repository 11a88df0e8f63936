import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { Action } from '../guard/evaluate.js';

/** Why somebody wants a decision looked at again. The application may insert and read, never change or delete. */
@Entity('review_appeals')
export class ReviewAppeal {
  @PrimaryColumn('uuid')
  review_id!: string;

  /** The round that it began. */
  @PrimaryColumn('integer')
  round!: number;

  @Column('uuid')
  appellant_id!: string;

  /** What held until then. */
  @Column('text')
  against!: Action;

  @Column('text')
  reason!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
