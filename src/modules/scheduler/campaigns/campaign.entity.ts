import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AgentFilter } from '../../agents/index.js';
import type { ApprovalRule, CampaignCaps } from '../planning/planner.js';
import type { QuietHours } from '../planning/rhythm.js';
import type { CampaignState } from './campaign.rules.js';

/** Of whom a campaign is: agents of its population. */
export type Audience = Omit<AgentFilter, 'population'>;

/** What is to be published, by which agents, when, and who must approve. */
@Entity('campaigns')
@Check('campaigns_state_check', `state IN ('draft', 'running', 'paused', 'completed', 'cancelled')`)
@Check('campaigns_time_check', 'starts_at < ends_at')
@Index('campaigns_name', ['name'], { unique: true })
@Index('campaigns_created_at', ['created_at', 'id'])
@Index('campaigns_population_id', ['population_id'])
@Index('campaigns_active', ['state'], { where: `state IN ('running', 'paused')` })
export class Campaign {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text', { default: 'draft' })
  state!: CampaignState;

  /** Grows with every change; its entity tag. */
  @Column('integer', { default: 1 })
  version!: number;

  @Column('uuid')
  population_id!: string;

  @Column('jsonb')
  audience!: Audience;

  /** `name@version`. */
  @Column('text', { array: true })
  templates!: string[];

  @Column('text')
  adapter!: string;

  /** Where on the platform; null: its usual place. */
  @Column('text', { nullable: true })
  destination!: string | null;

  @Column('text')
  seed!: string;

  @Column('timestamptz')
  starts_at!: Date;

  @Column('timestamptz')
  ends_at!: Date;

  /** On the clocks of each agent. */
  @Column('jsonb', { nullable: true })
  quiet_hours!: QuietHours | null;

  /** A weight for each hour of an agent's day; null: the usual. */
  @Column('jsonb', { nullable: true })
  rhythm!: number[] | null;

  @Column('jsonb')
  caps!: CampaignCaps;

  @Column('jsonb')
  approval!: ApprovalRule;

  /** How late a publication may be. */
  @Column('integer')
  grace_minutes!: number;

  /** Where planning goes on in the list of agents; null: at its beginning. */
  @Column('text', { nullable: true })
  plan_cursor!: string | null;

  /** How many publications there would be without the cap of them all; null: not counted yet. */
  @Column('integer', { nullable: true })
  plan_size!: number | null;

  /** How many of them have been planned. */
  @Column('integer', { default: 0 })
  plan_index!: number;

  /** Whether all of them are rows. */
  @Column('boolean', { default: false })
  planned!: boolean;

  /** A user name. */
  @Column('text')
  created_by!: string;

  /** The user in whose name it goes on: who started it, or resumed it last; null: nobody's. */
  @Column('uuid', { nullable: true })
  started_by!: string | null;

  /** Why it was held without anybody asking for it; null where nobody did. */
  @Column('text', { nullable: true })
  held_reason!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
