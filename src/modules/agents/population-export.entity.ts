import { Check, Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { ExportFormat } from './population.export.js';

/** A finished export of a population; the file has the population's id and the format for its name. */
@Entity('population_exports')
@Check('population_exports_format_check', `format IN ('json', 'jsonl', 'csv')`)
export class PopulationExport {
  @PrimaryColumn('uuid')
  population_id!: string;

  @PrimaryColumn('text')
  format!: ExportFormat;

  @Column('bigint')
  bytes!: string;

  /** Of the file, in hexadecimal. */
  @Column('text')
  sha256!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
