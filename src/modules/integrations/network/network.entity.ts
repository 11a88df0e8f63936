import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A sandbox network: accounts, texts and tokens belong to one and never meet those of another. */
@Entity('networks')
@Index('networks_name', ['name'], { unique: true })
@Index('networks_created_at', ['created_at', 'id'])
export class Network {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT', type: 'integer' })
  id!: number;

  @Column('text')
  name!: string;

  @Column('text')
  title!: string;

  /** Whether anybody who reaches the port may read what is public, without signing in. */
  @Column('boolean', { default: false })
  open!: boolean;

  /** The run that it shows, and up to which tick; null: it is written to by the living. */
  @Column('uuid', { nullable: true })
  run_id!: string | null;

  @Column('integer', { nullable: true })
  tick!: number | null;

  /** What the guard said of its title, or of what a projection adds to a run. */
  @Column('uuid', { nullable: true })
  decision_id!: string | null;

  /** A user name, or `system`. */
  @Column('text')
  created_by!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
