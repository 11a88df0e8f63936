import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ModelWriter } from '../../core/llm/index.js';
import type { BatchWriting } from './models/batch-tally.js';
import type { DraftContext } from './writing/draft-context.js';

/** The drafts of a whole population from one template and seed. The row comes with the drafts, all in one transaction. */
@Entity('draft_batches')
@Index('draft_batches_population', ['population_id'])
export class DraftBatch {
  /** Follows from everything that decides which drafts it has. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  population_id!: string;

  @Column('text')
  template!: string;

  @Column('text')
  template_version!: string;

  /** The first 16 digits of the SHA-256 of the template's text. */
  @Column('text')
  template_digest!: string;

  @Column('text')
  seed!: string;

  @Column('integer')
  drafts_per_agent!: number;

  /** How many variations a draft has; null for the template's own number. */
  @Column('integer', { nullable: true })
  variations!: number | null;

  /** What its drafts are about; null where nothing was asked for. */
  @Column('jsonb', { nullable: true })
  context!: DraftContext | null;

  /** The language model that wrote its drafts; null where rules did. */
  @Column('jsonb', { nullable: true })
  writer!: ModelWriter | null;

  /** What came of its writing; null where rules wrote. */
  @Column('jsonb', { nullable: true })
  writing!: BatchWriting | null;

  /** The job that made it. */
  @Column('uuid')
  job_id!: string;

  /** How many drafts it has. */
  @Column('integer')
  drafts!: number;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
