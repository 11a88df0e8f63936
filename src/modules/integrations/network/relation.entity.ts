import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

export type MarkKind = 'favourite' | 'bookmark';
export type RelationKind = 'follow' | 'mute' | 'block';

export const NOTIFICATION_TYPES = ['mention', 'favourite', 'reblog', 'follow', 'status'] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** An account's favourite or bookmark. */
@Entity('network_marks')
@Check('network_marks_kind_check', `kind IN ('favourite', 'bookmark')`)
@Index('network_marks_account_id', ['network_id', 'kind', 'account_id', 'id'])
@Index('network_marks_status_id', ['network_id', 'status_id', 'kind', 'id'])
export class NetworkMark {
  @PrimaryColumn('integer')
  network_id!: number;

  @PrimaryColumn('text')
  kind!: MarkKind;

  @PrimaryColumn('bigint')
  account_id!: string;

  @PrimaryColumn('bigint')
  status_id!: string;

  /** Lists go by it. */
  @Column('bigint')
  id!: string;
}

/** What an account is to another: it follows, mutes or blocks it. */
@Entity('network_relations')
@Check('network_relations_kind_check', `kind IN ('follow', 'mute', 'block')`)
@Index('network_relations_account_id', ['network_id', 'kind', 'account_id', 'id'])
@Index('network_relations_target_id', ['network_id', 'kind', 'target_id', 'id'])
export class NetworkRelation {
  @PrimaryColumn('integer')
  network_id!: number;

  @PrimaryColumn('text')
  kind!: RelationKind;

  @PrimaryColumn('bigint')
  account_id!: string;

  @PrimaryColumn('bigint')
  target_id!: string;

  @Column('bigint')
  id!: string;

  /** Of a follow: whether boosts are wanted. */
  @Column('boolean', { default: true })
  reblogs!: boolean;

  /** Of a follow: whether every post is told; of a mute: whether notifications are muted, too. */
  @Column('boolean', { default: true })
  notify!: boolean;

  /** Of a mute. */
  @Column('timestamptz', { nullable: true })
  expires_at!: Date | null;
}

/** Something that an account is told. */
@Entity('network_notifications')
@Check('network_notifications_type_check', `type IN ('mention', 'favourite', 'reblog', 'follow', 'status')`)
@Index('network_notifications_account_id', ['network_id', 'account_id', 'id'])
@Index('network_notifications_from_account_id', ['network_id', 'from_account_id'])
@Index('network_notifications_status_id', ['network_id', 'status_id'])
export class NetworkNotification {
  @PrimaryColumn('integer')
  network_id!: number;

  @PrimaryColumn('bigint')
  id!: string;

  @Column('bigint')
  account_id!: string;

  @Column('text')
  type!: NotificationType;

  @Column('bigint')
  from_account_id!: string;

  @Column('bigint', { nullable: true })
  status_id!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}

/** How far an account has read a timeline. */
@Entity('network_markers')
@Check('network_markers_timeline_check', `timeline IN ('home', 'notifications')`)
export class NetworkMarker {
  @PrimaryColumn('integer')
  network_id!: number;

  @PrimaryColumn('bigint')
  account_id!: string;

  @PrimaryColumn('text')
  timeline!: string;

  @Column('bigint')
  last_read_id!: string;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  updated_at!: Date;
}
