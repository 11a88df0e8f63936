import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** What an agent was like at one moment, as free JSON. A row never changes: the newest version is the current state. */
@Entity('agent_states')
@Check('agent_states_version_check', 'version > 0')
@Check('agent_states_state_check', `jsonb_typeof(state) = 'object'`)
@Index('agent_states_run', ['run_id'], { where: 'run_id IS NOT NULL' })
export class AgentState {
  @PrimaryColumn('uuid')
  agent_id!: string;

  /** 1, 2, 3, … for each agent. */
  @PrimaryColumn('integer')
  version!: number;

  @Column('jsonb')
  state!: Record<string, unknown>;

  /** Who wrote it: the name of a user, or of who asked for the run. */
  @Column('text')
  author!: string;

  /** The run at the end of which the agent was so. */
  @Column('uuid', { nullable: true })
  run_id!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
