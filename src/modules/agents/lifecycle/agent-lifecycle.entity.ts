import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { LifecycleState } from './agent-lifecycle.rules.js';

/** What an agent may do by now; one that is missing is idle. */
@Entity('agent_lifecycles')
@Check('agent_lifecycles_state_check', `state IN ('active', 'suspended', 'retired')`)
export class AgentLifecycle {
  @PrimaryColumn('uuid')
  agent_id!: string;

  @Column('text')
  state!: Exclude<LifecycleState, 'idle'>;

  @Column('text', { nullable: true })
  reason!: string | null;

  /** Who said so. */
  @Column('text')
  actor!: string;

  @Column('timestamptz', { default: () => 'now()' })
  changed_at!: Date;
}
