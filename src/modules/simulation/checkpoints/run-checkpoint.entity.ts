import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * An object of a run's checkpoints: the engine's state after so many ticks, or the events up to there since another checkpoint. A checkpoint
 * is a state, and the events that lead to it one behind the other.
 */
@Entity('run_checkpoints')
@Check('run_checkpoints_part_check', `part IN ('state', 'events')`)
@Check('run_checkpoints_ticks_check', 'from_tick >= 0 AND from_tick < tick')
@Index('run_checkpoints_blob_key', ['blob_key'], { unique: true })
export class RunCheckpoint {
  @PrimaryColumn('uuid')
  run_id!: string;

  /** Completed ticks. */
  @PrimaryColumn('integer')
  tick!: number;

  @PrimaryColumn('text')
  part!: 'state' | 'events';

  /** The tick of the checkpoint before, 0 where there is none. */
  @Column('integer')
  from_tick!: number;

  /** Whether a branch begins here or behind: it is kept as long as the run. */
  @Column('boolean', { default: false })
  pinned!: boolean;

  @Column('bigint')
  bytes!: string;

  /** Of the object, in hexadecimal. */
  @Column('text')
  sha256!: string;

  @Column('text')
  blob_key!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
