import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A message that came by a webhook, which is accepted once. */
@Entity('webhook_receipts')
@Index('webhook_receipts_claimed_at', ['claimed_at'])
export class WebhookReceipt {
  /** Who sends, as `WebhookValidator.register` knows it. */
  @PrimaryColumn('text')
  source!: string;

  @PrimaryColumn('text')
  message_id!: string;

  /** Of the request that reads it: one that is too late no longer decides. */
  @Column('uuid')
  claim_id!: string;

  /** Whether it was read to its end; until then it is given to another request after a while. */
  @Column('boolean', { default: false })
  accepted!: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  claimed_at!: Date;
}
