import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** What stands beside an export: where it comes from, and that it is synthetic. Its fields depend on the subject. */
export type ManifestOfExport = Readonly<Record<string, unknown>> & {
  synthetic: true;
  notice: string;
  bytes: number;
  sha256: string;
};

/** A file made of a population, or of a batch of drafts. Its object is there as long as the row is. */
@Entity('exports')
@Check('exports_subject_check', 'num_nonnulls(population_id, draft_batch_id) = 1')
@Index('exports_blob_key', ['blob_key'], { unique: true })
@Index('exports_population', ['population_id', 'format'], { unique: true })
@Index('exports_draft_batch', ['draft_batch_id', 'format'], { unique: true })
@Index('exports_created_at', ['created_at', 'id'])
export class Export {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { nullable: true })
  population_id!: string | null;

  @Column('uuid', { nullable: true })
  draft_batch_id!: string | null;

  @Column('text')
  format!: string;

  @Column('text')
  media_type!: string;

  @Column('text')
  blob_key!: string;

  @Column('bigint')
  bytes!: string;

  /** Of the file, in hexadecimal. */
  @Column('text')
  sha256!: string;

  /** As text, since its fields have an order. */
  @Column('json')
  manifest!: ManifestOfExport;

  @Column('uuid', { nullable: true })
  created_by!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}

/** What an export is made of. */
export type ExportSubject = { population_id: string } | { draft_batch_id: string };

export function kindOf({ population_id }: Pick<Export, 'population_id'>): 'population' | 'drafts' {
  return population_id === null ? 'drafts' : 'population';
}

/** What a person's copy is called. */
export function fileNameOf({ population_id, draft_batch_id, format }: Export): string {
  return population_id === null
    ? `drafts-${draft_batch_id}.${format}`
    : `population-${population_id}.${format}`;
}

/** The manifest as a file. */
export function manifestText(manifest: ManifestOfExport): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
