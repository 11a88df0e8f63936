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
import type { NormalSpecification } from './population.specification.js';
import { PopulationWriting } from './writing/writing.entity.js';

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

  /** Where its texts are, when a language model wrote them. */
  @Column('uuid', { nullable: true })
  writing_id!: string | null;

  @ManyToOne(() => PopulationWriting)
  @JoinColumn({ name: 'writing_id', foreignKeyConstraintName: 'populations_writing_id_fkey' })
  writing?: PopulationWriting;

  @Column('uuid', { nullable: true })
  created_by!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
