import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** A set of recorded answers. */
@Entity('cassettes')
@Index('cassettes_listed', ['created_at', 'id'])
export class Cassette {
  @PrimaryColumn('uuid')
  id!: string;

  @Index('cassettes_name', { unique: true })
  @Column('text')
  name!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}

/** One call and what was answered. */
@Entity('cassette_entries')
@Index('cassette_entries_models', ['cassette_id', 'backend', 'model', 'model_digest'])
export class CassetteEntry {
  @PrimaryColumn('uuid')
  cassette_id!: string;

  @ManyToOne(() => Cassette, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'cassette_id', foreignKeyConstraintName: 'cassette_entries_cassette_id_fkey' })
  cassette?: Cassette;

  /** Of the call: SHA-256 of what can change the answer. */
  @PrimaryColumn('text')
  key!: string;

  @Column('text')
  backend!: string;

  @Column('text')
  model!: string;

  @Column('text')
  model_digest!: string;

  /** The whole entry as canonical JSON: a text, so that the bytes are those that its digest was made of. */
  @Column('text')
  entry!: string;

  /** Of that text. */
  @Column('text')
  sha256!: string;

  /** The session that recorded it: its own answers are not asked for again. */
  @Column('uuid', { nullable: true })
  session_id!: string | null;

  @Column('integer')
  input_tokens!: number;

  @Column('integer')
  output_tokens!: number;

  @Column('timestamptz')
  recorded_at!: Date;
}
