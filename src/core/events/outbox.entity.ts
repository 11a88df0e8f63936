import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** An event that was written with the data it speaks of; it is published once it has a position. */
@Entity('outbox')
@Index('outbox_unpublished', ['id'], { where: 'position IS NULL' })
@Index('outbox_position', ['position'], { unique: true })
export class OutboxEvent {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column('text')
  topic!: string;

  @Column('text')
  type!: string;

  @Column('jsonb')
  payload!: object;

  @CreateDateColumn({ type: 'timestamptz' })
  occurred_at!: Date;

  @Column('timestamptz', { nullable: true })
  published_at!: Date | null;

  /** Its place among all events, from 1; what is published later has a higher one. */
  @Column('bigint', { nullable: true })
  position!: string | null;
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
