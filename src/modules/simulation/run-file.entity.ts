import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A file of a completed run. Its object is there as long as the row is. */
@Entity('run_files')
@Index('run_files_blob_key', ['blob_key'], { unique: true })
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

  @Column('text')
  blob_key!: string;
}
