import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { StepTimings, StepVersions } from './draft-record.js';
import type { WritingRecord } from './models/post-writer.js';
import type { RankedText } from './scoring/score-draft.js';
import type { DraftMetadata } from './writing/compose-draft.js';
import type { DraftContext } from './writing/draft-context.js';
import type { Language } from './writing/language.js';

/** A draft as it was composed, scored and decided on. The application may insert and read, never change it. */
@Entity('drafts')
@Index('drafts_population', ['population_id', 'id'])
@Index('drafts_agent', ['agent_id', 'id'])
@Index('drafts_created_at', ['created_at', 'id'])
@Index('drafts_population_created_at', ['population_id', 'created_at', 'id'])
@Index('drafts_agent_created_at', ['agent_id', 'created_at', 'id'])
export class Draft {
  /** Follows from the template, the agent, the seed, the index, the number of variations, the context and the writer. */
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

  /** `steps` and `ranking` are missing in drafts of before they were kept, `writing` where no model was asked. */
  @Column('jsonb')
  metadata!: DraftMetadata & {
    steps?: StepVersions;
    ranking?: readonly RankedText[];
    writing?: WritingRecord;
  };

  /** What it is about, beside its agent; null where nothing was asked for. */
  @Column('jsonb', { nullable: true })
  context!: DraftContext | null;

  /** In [0, 1]. */
  @Column('double precision')
  quality!: number;

  /** In [-1, 1]. */
  @Column('double precision')
  sentiment!: number;

  /** In [0, 1]. */
  @Column('double precision')
  readability!: number;

  /** In [0, 1]; null in drafts of before there was the score, as are the next two. */
  @Column('double precision', { nullable: true })
  persona_fit!: number | null;

  /** In [0, 1]: beside the texts that there were when it was written, so exports leave it out. */
  @Column('double precision', { nullable: true })
  originality!: number | null;

  @Column('jsonb', { nullable: true })
  timings!: StepTimings | null;

  /** What the guard said about its texts. */
  @Column('uuid')
  decision_id!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
