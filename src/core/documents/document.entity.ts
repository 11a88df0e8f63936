import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { DocumentSummary } from './document-kind.js';

/**
 * A version of a document: given by a person, or a copy of one that came with the product, kept because something was
 * made with it. The application may insert, read, activate and retire, nothing else.
 */
@Entity('documents')
@Check('documents_origin_check', `origin IN ('stored', 'shipped')`)
@Index('documents_stored_version', ['kind', 'name', 'version_order'], {
  unique: true,
  where: `origin = 'stored'`,
})
export class DocumentRecord {
  /** `template`, `scenario`. */
  @PrimaryColumn('text')
  kind!: string;

  @PrimaryColumn('text')
  name!: string;

  @PrimaryColumn('text')
  version!: string;

  @PrimaryColumn('text')
  sha256!: string;

  /** The numbers of the version, by which versions are compared. */
  @Column('integer', { array: true })
  version_order!: number[];

  @Column('text')
  origin!: 'stored' | 'shipped';

  /** The YAML text as it was given. What it says is read from it: jsonb would lose the order of its keys, which counts. */
  @Column('text')
  content!: string;

  /** What lists show and filter by. */
  @Column('jsonb')
  summary!: DocumentSummary;

  @Column('text', { nullable: true })
  note!: string | null;

  @Column('text', { nullable: true })
  created_by!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  /** Null for a draft, which nothing chooses without naming its version. */
  @Column('timestamptz', { nullable: true })
  activated_at!: Date | null;

  @Column('text', { nullable: true })
  retired_by!: string | null;

  @Column('timestamptz', { nullable: true })
  retired_at!: Date | null;
}
