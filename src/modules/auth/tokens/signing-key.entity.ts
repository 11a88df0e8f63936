import type { JsonWebKey } from 'node:crypto';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A pair of keys: the newest that is not retired signs; those that are not revoked verify. */
@Entity('signing_keys')
export class SigningKey {
  @PrimaryColumn('text')
  kid!: string;

  @Column('text')
  algorithm!: string;

  @Column('jsonb')
  public_jwk!: JsonWebKey;

  /** PKCS #8 in PEM, sealed. */
  @Column('text')
  private_key!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  /** It signs nothing new since then. */
  @Column('timestamptz', { nullable: true })
  retired_at!: Date | null;

  /** What it signed does not hold since then. */
  @Column('timestamptz', { nullable: true })
  revoked_at!: Date | null;
}
