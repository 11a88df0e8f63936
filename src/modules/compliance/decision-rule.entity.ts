import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A rule that matched in a decision, once however often it did: what statistics count. */
@Entity('decision_rules')
@Index('decision_rules_decided_at', ['decided_at', 'policy', 'rule'])
export class DecisionRule {
  @PrimaryColumn('uuid')
  decision_id!: string;

  @PrimaryColumn('text')
  policy!: string;

  @PrimaryColumn('text')
  rule!: string;

  /** When it was decided. */
  @Column('timestamptz')
  decided_at!: Date;
}
