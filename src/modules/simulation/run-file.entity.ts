import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A file of a completed run; it stands in the run's folder under its name. */
@Entity('run_files')
export class RunFileRecord {
  @PrimaryColumn('uuid')
  run_id!: string;

  @PrimaryColumn('text')
  name!: string;

  @Column('text')
  media_type!: string;

  @Column('bigint')
  bytes!: string;

  /** Of its content, in hexadecimal. */
  @Column('text')
  sha256!: string;
}
