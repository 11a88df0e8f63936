import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What happened in one tick of a completed run. */
@Entity('run_ticks')
export class RunTick {
  @PrimaryColumn('uuid')
  run_id!: string;

  @PrimaryColumn('integer')
  tick!: number;

  /** Agents that opened the feed. */
  @Column('integer')
  active!: number;

  /** Active agents that only read. */
  @Column('integer')
  idle!: number;

  @Column('integer')
  posts!: number;

  @Column('integer')
  exposures!: number;

  @Column('integer')
  reactions!: number;

  /** Replies included. */
  @Column('integer')
  comments!: number;

  @Column('integer')
  replies!: number;

  @Column('integer')
  reposts!: number;

  /** Of the tick's comments: 1 on a post, one more for each answer. */
  @Column('double precision')
  mean_depth!: number;

  /** Different agents that were shown anything, up to the end of the tick. */
  @Column('integer')
  reached!: number;

  /** Different agents that posted or interacted, up to the end of the tick. */
  @Column('integer')
  acted!: number;

  /** Further counts by name, such as quotes and follows; null for runs from before there were any. */
  @Column('jsonb', { nullable: true })
  actions!: Record<string, number> | null;

  /** Over the tick's events and the digest of the tick before; null for runs from before there were any. */
  @Column('text', { nullable: true })
  digest!: string | null;
  // What is measured of the feed is null for a model without one, and for what exposures tell where they were not logged.

  @Column('double precision', { nullable: true })
  silent!: number | null;

  @Column('double precision', { nullable: true })
  author_entropy!: number | null;

  @Column('double precision', { nullable: true })
  topic_entropy!: number | null;

  @Column('double precision', { nullable: true })
  attention_gini!: number | null;

  @Column('double precision', { nullable: true })
  labelled_prevalence!: number | null;

  @Column('double precision', { nullable: true })
  compliance_ratio!: number | null;

  @Column('double precision', { nullable: true })
  repost_ei_index!: number | null;

  @Column('double precision', { nullable: true })
  repost_modularity!: number | null;

  @Column('integer', { nullable: true })
  largest_cascade!: number | null;

  @Column('integer', { nullable: true })
  deepest_cascade!: number | null;
}
