import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Decisions } from './decision.js';
import type { ModelTurn } from './model-turn.js';
import type { Offer } from './offers.rules.js';

/** A tick of a run in which somebody outside decides: what agents are offered while it is open, and what was decided. */
@Entity('run_turns')
@Check('run_turns_ticks_check', 'tick >= 0')
@Check('run_turns_asked_check', 'asked >= 0')
@Index('run_turns_open', ['run_id'], { unique: true, where: 'settled_at IS NULL' })
export class RunTurn {
  @PrimaryColumn('uuid')
  run_id!: string;

  /** From 0. */
  @PrimaryColumn('integer')
  tick!: number;

  /** Null when it is settled. */
  @Column('jsonb', { nullable: true })
  offers!: Offer[] | null;

  /** Agents that are asked for. */
  @Column('integer')
  asked!: number;

  /** By the ids of agents. */
  @Column('jsonb', { default: {} })
  decisions!: Decisions;

  /** What language models were asked, and what came of it. */
  @Column('jsonb', { default: [] })
  models!: ModelTurn[];

  /** Until when decisions are waited for; null while the run is stopped, and when it is settled without waiting. */
  @Column('timestamptz', { nullable: true })
  due_at!: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  opened_at!: Date;

  @Column('timestamptz', { nullable: true })
  settled_at!: Date | null;
}
