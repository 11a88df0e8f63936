import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One link of the audit chain. The application role may insert and read, never update or delete. */
@Entity('audit')
@Index('audit_subject', ['subject_type', 'subject_id'])
@Index('audit_action', ['action', 'sequence'])
@Index('audit_actor', ['actor', 'sequence'])
@Index('audit_occurred_at', ['occurred_at'])
export class AuditRecord {
  /** 1, 2, 3, … without a gap. */
  @PrimaryColumn('bigint')
  sequence!: string;

  @Column('timestamptz')
  occurred_at!: Date;

  @Column('text')
  actor!: string;

  @Column('text')
  action!: string;

  @Column('text')
  subject_type!: string;

  @Column('text')
  subject_id!: string;

  @Column('jsonb')
  data!: object;

  /** Hash of the record before; 64 zeros for the first. */
  @Column('text')
  previous_hash!: string;

  /** SHA-256 of the canonical JSON (RFC 8785) of every other column. */
  @Column('text')
  hash!: string;
}
