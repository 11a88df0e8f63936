import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Events that one statement wrote, in the transaction of the data they speak of. They are published together, once they have
 * positions; their rows stay as they are.
 */
@Entity('event_batches')
@Check('event_batches_events_check', 'events > 0')
@Index('event_batches_unpublished', ['id'], { where: 'position IS NULL' })
@Index('event_batches_position', ['position'], { unique: true, where: 'position IS NOT NULL' })
export class EventBatch {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  /** How many. */
  @Column('integer')
  events!: number;

  @CreateDateColumn({ type: 'timestamptz' })
  occurred_at!: Date;

  @Column('timestamptz', { nullable: true })
  published_at!: Date | null;

  /** The place of the last of them among all events, from 1; what is published later has a higher one. */
  @Column('bigint', { nullable: true })
  position!: string | null;
}

/** An event: the nth of its batch, from 1. */
@Entity('outbox')
export class OutboxEvent {
  @PrimaryColumn('bigint')
  batch!: string;

  @PrimaryColumn('integer')
  n!: number;

  @Column('text')
  topic!: string;

  @Column('text')
  type!: string;

  @Column('jsonb')
  payload!: object;
}

/** The one row that says how far the log of published events reaches. */
@Entity('event_log')
@Check('event_log_id_check', 'id = 1')
export class EventLogState {
  @PrimaryColumn('integer')
  id!: number;

  /** The position of the newest published event. */
  @Column('bigint')
  head!: string;

  /** The position of the newest event that is no longer kept. */
  @Column('bigint')
  swept_through!: string;
}
