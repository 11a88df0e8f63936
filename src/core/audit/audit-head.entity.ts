import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A signed end of the chain: who cuts records off, or makes the chain anew, cannot sign another. The application role may
 * insert and read, never update or delete.
 */
@Entity('audit_heads')
export class AuditHead {
  /** Of the last record; the chain has no gaps, so it is also how many there were. */
  @PrimaryColumn('bigint')
  sequence!: string;

  /** Which key signed: see `keyIdOf`. */
  @PrimaryColumn('text')
  key_id!: string;

  /** That key, so that it can be checked when another signs. */
  @Column('text')
  public_key!: string;

  /** The key of before, for which this one vouches; null when it is the first. */
  @Column('text', { nullable: true })
  previous_key!: string | null;

  /** Of the last record. */
  @Column('text')
  hash!: string;

  @Column('timestamptz')
  signed_at!: Date;

  /** Ed25519 over the canonical JSON (RFC 8785) of all other columns; base64url. */
  @Column('text')
  signature!: string;
}
