import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
} from 'typeorm';
import type { ActKind, ActState, SessionPlanState, SessionState, SessionTerms } from './session.rules.js';

/** When some agents are on line in a span of time, and how they behave there. */
@Entity('session_plans')
@Check('session_plans_state_check', `state IN ('running', 'paused', 'completed', 'cancelled')`)
@Check('session_plans_speed_check', 'speed BETWEEN 1 AND 10000')
@Index('session_plans_created_at', ['created_at', 'id'])
@Index('session_plans_population_id', ['population_id'], { where: 'population_id IS NOT NULL' })
@Index('session_plans_active', ['id'], { where: `state = 'running'` })
export class SessionPlan {
  @PrimaryColumn('uuid')
  id!: string;

  /** Whose agents they are; null where agents were named. */
  @Column('uuid', { nullable: true })
  population_id!: string | null;

  /** The network that they are on. */
  @Column('text')
  network!: string;

  @Column('text')
  seed!: string;

  /** In the time of the agents, as is `ends_at`. */
  @Column('timestamptz')
  starts_at!: Date;

  @Column('timestamptz')
  ends_at!: Date;

  /** When `starts_at` is by the clock of the server. */
  @Column('timestamptz')
  begun_at!: Date;

  /** So many times as fast as the clock of the server the time of the agents goes. */
  @Column('integer', { default: 1 })
  speed!: number;

  @Column('jsonb')
  terms!: SessionTerms;

  @Column('text', { default: 'running' })
  state!: SessionPlanState;

  /** How many were planned. */
  @Column('integer')
  sessions!: number;

  /** The name of who asked. */
  @Column('text')
  actor!: string;

  @Column('uuid', { nullable: true })
  created_by!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  @Column('timestamptz', { nullable: true })
  finished_at!: Date | null;
}

/** An agent’s time on line. */
@Entity('agent_sessions')
@Check('agent_sessions_state_check', `state IN ('planned', 'open', 'ended', 'skipped', 'failed')`)
@Check('agent_sessions_open_check', `state <> 'open' OR workflow_id IS NOT NULL`)
@Index('agent_sessions_planned_at', ['planned_at', 'id'])
@Index('agent_sessions_plan', ['plan_id', 'state', 'planned_at', 'id'])
@Index('agent_sessions_agent', ['agent_id', 'planned_at', 'id'])
@Index('agent_sessions_due', ['due_at', 'id'], { where: `state = 'planned'` })
@Index('agent_sessions_open', ['agent_id'], { unique: true, where: `state = 'open'` })
@Index('agent_sessions_workflow', ['workflow_id'], { where: 'workflow_id IS NOT NULL' })
export class AgentSession {
  /** Follows from plan, agent and ordinal. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  plan_id!: string;

  @ManyToOne(() => SessionPlan, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'plan_id', foreignKeyConstraintName: 'agent_sessions_plan_id_fkey' })
  plan?: SessionPlan;

  @Column('uuid')
  agent_id!: string;

  /** In the time of the agent. */
  @Column('timestamptz')
  planned_at!: Date;

  /** The same by the clock of the server. */
  @Column('timestamptz')
  due_at!: Date;

  @Column('text', { default: 'planned' })
  state!: SessionState;

  /** Why it is as it is, where that is not as planned. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** What carries it, from its opening on. */
  @Column('uuid', { nullable: true })
  workflow_id!: string | null;

  @Column('timestamptz', { nullable: true })
  opened_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  ended_at!: Date | null;
}

/** A post that an agent saw in a session. */
@Entity('agent_session_views')
@Check('agent_session_views_timeline_check', `timeline IN ('home', 'public')`)
export class SessionView {
  @PrimaryColumn('uuid')
  session_id!: string;

  @ManyToOne(() => AgentSession, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'agent_session_views_session_id_fkey' })
  session?: AgentSession;

  /** From 1, the first that was seen. */
  @PrimaryColumn('smallint')
  rank!: number;

  @Column('bigint')
  status_id!: string;

  /** Who wrote it, or boosted it. */
  @Column('bigint')
  account_id!: string;

  @Column('text')
  timeline!: 'home' | 'public';
}

/** What an agent does in a session with what it saw. */
@Entity('agent_session_acts')
@Check('agent_session_acts_kind_check', `kind IN ('favourite', 'boost', 'reply', 'follow')`)
@Check('agent_session_acts_state_check', `state IN ('planned', 'done', 'held', 'refused', 'skipped')`)
export class SessionAct {
  @PrimaryColumn('uuid')
  session_id!: string;

  @ManyToOne(() => AgentSession, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'agent_session_acts_session_id_fkey' })
  session?: AgentSession;

  @PrimaryColumn('smallint')
  ordinal!: number;

  /** The idempotency key on the network. */
  @Column('uuid')
  id!: string;

  @Column('text')
  kind!: ActKind;

  /** The post that it is about; of a boost what is boosted. */
  @Column('bigint')
  status_id!: string;

  /** Who wrote that, whom a `follow` is about. */
  @Column('bigint')
  account_id!: string;

  @Column('text', { default: 'planned' })
  state!: ActState;

  @Column('text', { nullable: true })
  reason!: string | null;

  /** Not before this, by the clock of the server. */
  @Column('timestamptz')
  due_at!: Date;

  /** Of a reply. */
  @Column('uuid', { nullable: true })
  draft_id!: string | null;

  /** What the network calls the reply or the boost. */
  @Column('text', { nullable: true })
  remote_id!: string | null;

  @Column('timestamptz', { nullable: true })
  done_at!: Date | null;
}
