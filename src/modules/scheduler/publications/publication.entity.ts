import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
} from 'typeorm';
import { Campaign } from '../campaigns/campaign.entity.js';
import type { PublicationState } from './publication.rules.js';

/** One draft going out through one adapter, exactly once: its id is the idempotency key. */
@Entity('publications')
@Check(
  'publications_state_check',
  `state IN ('planned', 'drafted', 'awaiting_approval', 'due', 'publishing', 'published', 'removed', 'failed', 'cancelled', 'expired')`,
)
@Check(
  'publications_decision_check',
  `state NOT IN ('drafted', 'awaiting_approval', 'due', 'publishing', 'published') OR (decision_id IS NOT NULL AND draft_id IS NOT NULL)`,
)
@Check('publications_remote_check', `state <> 'published' OR remote_id IS NOT NULL`)
@Index('publications_ordinal', ['campaign_id', 'agent_id', 'ordinal'], { unique: true })
@Index('publications_due_at', ['due_at', 'id'])
@Index('publications_campaign_due_at', ['campaign_id', 'due_at', 'id'])
@Index('publications_campaign_state', ['campaign_id', 'state', 'due_at', 'id'])
@Index('publications_planned', ['not_before'], { where: `state = 'planned'` })
@Index('publications_drafted', ['not_before'], { where: `state = 'drafted'` })
@Index('publications_awaiting', ['due_at', 'id'], { where: `state = 'awaiting_approval'` })
@Index('publications_due', ['not_before'], { where: `state = 'due'` })
@Index('publications_open', ['expires_at'], {
  where: `state IN ('planned', 'drafted', 'awaiting_approval', 'due')`,
})
@Index('publications_publishing', ['leased_until'], { where: `state = 'publishing'` })
@Index('publications_reconcile', ['reconcile_at'], { where: 'reconcile_at IS NOT NULL' })
export class Publication {
  /** Follows from campaign, agent and ordinal. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  campaign_id!: string;

  @ManyToOne(() => Campaign, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'campaign_id', foreignKeyConstraintName: 'publications_campaign_id_fkey' })
  campaign?: Campaign;

  @Column('uuid')
  agent_id!: string;

  /** Which of the agent's own in the campaign, from 0. */
  @Column('integer')
  ordinal!: number;

  /** `name@version`. */
  @Column('text')
  template!: string;

  @Column('text', { default: 'planned' })
  state!: PublicationState;

  @Column('timestamptz')
  due_at!: Date;

  /** Later than this it is not published any more. */
  @Column('timestamptz')
  expires_at!: Date;

  @Column('smallint', { default: 0 })
  approvals_needed!: number;

  @Column('uuid', { nullable: true })
  draft_id!: string | null;

  /** What the guard said of the draft. */
  @Column('uuid', { nullable: true })
  decision_id!: string | null;

  /** Nobody works on it before. */
  @Column('timestamptz')
  not_before!: Date;

  /** Grows with every attempt; who holds an older one has nothing to say any more. */
  @Column('bigint', { default: 0 })
  lease_token!: string;

  @Column('timestamptz', { nullable: true })
  leased_until!: Date | null;

  /** How often it was tried to publish it. */
  @Column('integer', { default: 0 })
  attempts!: number;

  /** Since when people are waited for. */
  @Column('timestamptz', { nullable: true })
  waiting_since!: Date | null;

  @Column('timestamptz', { nullable: true })
  reminded_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  escalated_at!: Date | null;

  /** What the platform calls it. */
  @Column('text', { nullable: true })
  remote_id!: string | null;

  @Column('text', { nullable: true })
  url!: string | null;

  /** Why it is as it is, where that is not as planned. */
  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('timestamptz', { nullable: true })
  published_at!: Date | null;

  /** When it is held against what its platform has. */
  @Column('timestamptz', { nullable: true })
  reconcile_at!: Date | null;
}

/** What one person said about a publication. */
@Entity('publication_approvals')
@Check('publication_approvals_verdict_check', `verdict IN ('approve', 'reject')`)
export class PublicationApproval {
  @PrimaryColumn('uuid')
  publication_id!: string;

  @ManyToOne(() => Publication, { onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'publication_id',
    foreignKeyConstraintName: 'publication_approvals_publication_id_fkey',
  })
  publication?: Publication;

  @PrimaryColumn('uuid')
  user_id!: string;

  @Column('text')
  username!: string;

  @Column('text')
  verdict!: 'approve' | 'reject';

  @Column('text', { nullable: true })
  reason!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  decided_at!: Date;
}
