import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A request that is to be carried out once, however often it is sent. */
@Entity('idempotency_keys')
@Check('idempotency_keys_state_check', `state IN ('running', 'committed', 'answered')`)
@Index('idempotency_keys_started_at', ['started_at'])
export class IdempotencyKey {
  @PrimaryColumn('uuid')
  caller_id!: string;

  /** `session`, or the key or the client with what its token is narrowed to: the answer is for whoever may do as much. */
  @PrimaryColumn('text')
  credential!: string;

  /** As the caller sent it. */
  @PrimaryColumn('text')
  key!: string;

  /** SHA-256 over method, path and body: another request may not use the key. */
  @Column('text')
  request_hash!: string;

  /** `committed` is set by the transaction that has the effect: from then on it must not happen again. */
  @Column('text', { default: 'running' })
  state!: 'running' | 'committed' | 'answered';

  @Column('integer', { nullable: true })
  status!: number | null;

  @Column('jsonb', { nullable: true })
  headers!: Record<string, string> | null;

  @Column('text', { nullable: true })
  body!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  started_at!: Date;

  /** Of the request that carries it out: one that lost the key to another may no longer have an effect. */
  @Column('uuid')
  claim_id!: string;

  /** When the process that carries it out last said that it is at it. */
  @Column('timestamptz', { default: () => 'now()' })
  renewed_at!: Date;
}
