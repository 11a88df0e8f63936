import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { NormalSpecification } from './population.specification.js';

/** A population that the guard let pass. Its agents are rows when it is persisted; an export needs none. */
@Entity('populations')
@Check('populations_count_check', 'count > 0')
@Index('populations_digest', ['digest'], { unique: true })
@Index('populations_created_at', ['created_at', 'id'])
@Index('populations_name', ['name'], { unique: true })
export class Population {
  /** Follows from the digest: the same specification and seed are the same population. */
  @PrimaryColumn('uuid')
  id!: string;

  /** SHA-256 of the canonical specification and the generator's version. */
  @Column('text')
  digest!: string;

  /** What people call it; it goes wherever an id does. */
  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text', { nullable: true })
  notes!: string | null;

  @Column('text', { array: true, default: [] })
  tags!: string[];

  @Column('jsonb')
  specification!: NormalSpecification;

  @Column('text')
  seed!: string;

  @Column('integer')
  count!: number;

  @Column('integer')
  generator_version!: number;

  /** Whether its agents are in the table `agents`; they come and stay all together. */
  @Column('boolean', { default: false })
  persisted!: boolean;

  /** What the guard last said about it. */
  @Column('uuid')
  decision_id!: string;

  @Column('uuid', { nullable: true })
  created_by!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
