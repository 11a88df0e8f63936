import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/**
 * Why a reviewer handed a review up to those with more say, which happens once; what the guard itself escalates has none. The
 * application may insert and read, never change or delete.
 */
@Entity('review_escalations')
export class ReviewEscalation {
  @PrimaryColumn('uuid')
  review_id!: string;

  @Column('uuid')
  reviewer_id!: string;

  @Column('integer')
  round!: number;

  @Column('text')
  reason!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
