import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { WritingUsage } from '../../../core/llm/index.js';
import type { WritingTally } from './writer.js';

/** What a language model wrote for a population, while it is being written and afterwards. */
@Entity('population_writings')
@Index('population_writings_population_id', ['population_id'])
export class PopulationWriting {
  /** Of the job that writes. */
  @PrimaryColumn('uuid')
  id!: string;

  /** What it is for; the population is there only when it is complete. */
  @Column('uuid')
  population_id!: string;

  @Column('text')
  cassette!: string;

  /** How many agents are written: all before this position. */
  @Column('integer', { default: 0 })
  position!: number;

  @Column('jsonb')
  tally!: WritingTally;

  @Column('jsonb')
  usage!: WritingUsage;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}

/** What is written of one agent; fields that were refused have what the rules write. */
@Entity('written_agents')
@Index('written_agents_name_key', ['writing_id', 'name_key'])
export class WrittenAgent {
  @PrimaryColumn('uuid')
  writing_id!: string;

  @ManyToOne(() => PopulationWriting, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'writing_id', foreignKeyConstraintName: 'written_agents_writing_id_fkey' })
  writing?: PopulationWriting;

  /** The index of the agent in the population. */
  @PrimaryColumn('integer')
  position!: number;

  @Column('text')
  name!: string;

  /** By which names are compared. */
  @Column('text')
  name_key!: string;

  @Column('text')
  username_hint!: string;

  @Column('text', { array: true })
  interests!: string[];

  @Column('text')
  bio!: string;

  /** By which nearly equal biographies are found; empty where the rules wrote it. */
  @Index('written_agents_bio_bands', { synchronize: false })
  @Column('integer', { array: true })
  bio_bands!: number[];

  @Column('text', { array: true })
  behavioral_biases!: string[];
}
