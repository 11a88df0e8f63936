import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** A picture that somebody uploaded. */
@Entity('network_media')
@Index('network_media_blob_key', ['blob_key'], { unique: true })
@Index('network_media_status_id', ['network_id', 'status_id'])
@Index('network_media_account_id', ['network_id', 'account_id'])
@Index('network_media_unused', ['created_at'], { where: 'status_id IS NULL' })
export class NetworkMedia {
  @PrimaryColumn('integer')
  network_id!: number;

  @PrimaryColumn('bigint')
  id!: string;

  @Column('bigint')
  account_id!: string;

  /** The post that shows it; null until there is one. */
  @Column('bigint', { nullable: true })
  status_id!: string | null;

  @Column('text')
  media_type!: string;

  @Column('bigint')
  bytes!: string;

  @Column('text')
  sha256!: string;

  @Column('integer')
  width!: number;

  @Column('integer')
  height!: number;

  /** What it shows, in words. */
  @Column('text', { default: '' })
  description!: string;

  @Column('text')
  blob_key!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
