import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

export const VISIBILITIES = ['public', 'unlisted', 'private', 'direct'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** `held`: waits for a person's decision; `refused`: people have decided against it. */
export type StatusState = 'published' | 'held' | 'refused';

/** A post, or a boost of one. No post is without a decision of the guard: the table refuses it. */
@Entity('network_statuses')
@Check('network_statuses_visibility_check', `visibility IN ('public', 'unlisted', 'private', 'direct')`)
@Check('network_statuses_state_check', `state IN ('published', 'held', 'refused')`)
@Check('network_statuses_decision_check', '(reblog_of_id IS NULL) = (decision_id IS NOT NULL)')
@Index('network_statuses_account_id', ['network_id', 'account_id', 'id'])
@Index('network_statuses_public', ['network_id', 'id'], {
  where: `visibility = 'public' AND reblog_of_id IS NULL AND state = 'published'`,
})
@Index('network_statuses_held', ['network_id', 'id'], { where: `state = 'held'` })
@Index('network_statuses_in_reply_to_id', ['network_id', 'in_reply_to_id', 'id'], {
  where: 'in_reply_to_id IS NOT NULL',
})
@Index('network_statuses_reblog', ['network_id', 'reblog_of_id', 'account_id'], {
  unique: true,
  where: 'reblog_of_id IS NOT NULL',
})
@Index('network_statuses_idempotency_key', ['network_id', 'account_id', 'idempotency_key'], {
  unique: true,
  where: 'idempotency_key IS NOT NULL',
})
@Index('network_statuses_decision_id', ['decision_id'], { where: `state = 'held'` })
export class NetworkStatus {
  @PrimaryColumn('integer')
  network_id!: number;

  @PrimaryColumn('bigint')
  id!: string;

  @Column('bigint')
  account_id!: string;

  /** As it was written; empty in a boost. */
  @Column('text')
  text!: string;

  @Column('text', { default: '' })
  spoiler_text!: string;

  @Column('boolean', { default: false })
  sensitive!: boolean;

  @Column('text')
  visibility!: Visibility;

  /** ISO 639-1. */
  @Column('text', { nullable: true })
  language!: string | null;

  @Column('bigint', { nullable: true })
  in_reply_to_id!: string | null;

  /** Stays when what was replied to is deleted. */
  @Column('bigint', { nullable: true })
  in_reply_to_account_id!: string | null;

  @Column('bigint', { nullable: true })
  reblog_of_id!: string | null;

  /** Name of the program that posted it. */
  @Column('text', { nullable: true })
  application!: string | null;

  @Column('text')
  state!: StatusState;

  @Column('uuid', { nullable: true })
  decision_id!: string | null;

  /** The draft whose text it is. */
  @Column('uuid', { nullable: true })
  draft_id!: string | null;

  /** Of the account: the same key is the same post. */
  @Column('text', { nullable: true })
  idempotency_key!: string | null;

  @Column('integer', { default: 0 })
  replies_count!: number;

  @Column('integer', { default: 0 })
  reblogs_count!: number;

  @Column('integer', { default: 0 })
  favourites_count!: number;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}

/** A hashtag of a post, in lower case and without the #. */
@Entity('network_tags')
@Index('network_tags_status_id', ['network_id', 'status_id'])
export class NetworkTag {
  @PrimaryColumn('integer')
  network_id!: number;

  @PrimaryColumn('text')
  name!: string;

  @PrimaryColumn('bigint')
  status_id!: string;
}

/** An account that a post names. */
@Entity('network_mentions')
@Index('network_mentions_account_id', ['network_id', 'account_id'])
export class NetworkMention {
  @PrimaryColumn('integer')
  network_id!: number;

  @PrimaryColumn('bigint')
  status_id!: string;

  @PrimaryColumn('bigint')
  account_id!: string;
}

/** The key of an act that is done, whatever became since of what it made. */
@Entity('network_spent_keys')
@Index('network_spent_keys_created_at', ['created_at'])
export class NetworkSpentKey {
  @PrimaryColumn('integer')
  network_id!: number;

  @PrimaryColumn('bigint')
  account_id!: string;

  @PrimaryColumn('text')
  key!: string;

  /** Of the post or boost; of a favourite that of its post. */
  @Column('bigint')
  status_id!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
