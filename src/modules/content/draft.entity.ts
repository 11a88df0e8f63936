import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { DraftMetadata } from './writing/compose-draft.js';
import type { Language } from './writing/language.js';

/** A draft as it was composed, scored and decided on. The application may insert and read, never change it. */
@Entity('drafts')
@Index('drafts_population', ['population_id', 'id'])
@Index('drafts_agent', ['agent_id', 'id'])
@Index('drafts_created_at', ['created_at', 'id'])
export class Draft {
  /** Follows from the template, the agent, the seed, the index and the number of variations. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  agent_id!: string;

  @Column('uuid', { nullable: true })
  population_id!: string | null;

  @Column('text')
  template!: string;

  @Column('text')
  template_version!: string;

  @Column('text')
  language!: Language;

  @Column('text')
  seed!: string;

  @Column('text')
  caption!: string;

  @Column('text')
  alt_text!: string;

  @Column('text', { array: true })
  hashtags!: string[];

  @Column('jsonb')
  variations!: { caption: string }[];

  @Column('jsonb')
  metadata!: DraftMetadata;

  /** In [0, 1]. */
  @Column('double precision')
  quality!: number;

  /** In [-1, 1]. */
  @Column('double precision')
  sentiment!: number;

  /** In [0, 1]. */
  @Column('double precision')
  readability!: number;

  /** What the guard said about its texts. */
  @Column('uuid')
  decision_id!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
