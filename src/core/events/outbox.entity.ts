import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** An event that was written with the data it speaks of; it counts as sent once `published_at` is set. */
@Entity('outbox')
@Index('outbox_unpublished', ['id'], { where: 'published_at IS NULL' })
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
}
