import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody on a network: an agent, or a user of this installation. All are synthetic and say so. */
@Entity('network_accounts')
@Check('network_accounts_holder_check', 'num_nonnulls(agent_id, user_id) = 1')
@Index('network_accounts_username', ['network_id', 'username'], { unique: true })
@Index('network_accounts_agent_id', ['agent_id', 'network_id'], {
  unique: true,
  where: 'agent_id IS NOT NULL',
})
@Index('network_accounts_user_id', ['user_id', 'network_id'], { unique: true, where: 'user_id IS NOT NULL' })
export class NetworkAccount {
  @PrimaryColumn('integer')
  network_id!: number;

  /** Milliseconds since 1970 and sixteen bits more: later accounts have larger ones. */
  @PrimaryColumn('bigint')
  id!: string;

  /** [a-z0-9_.-], 1 to 40 characters. */
  @Column('text')
  username!: string;

  @Column('text')
  display_name!: string;

  /** Plain text. */
  @Column('text')
  note!: string;

  @Column('uuid', { nullable: true })
  agent_id!: string | null;

  @Column('uuid', { nullable: true })
  user_id!: string | null;

  /** What the guard said of name and note. */
  @Column('uuid')
  decision_id!: string;

  @Column('integer', { default: 0 })
  statuses_count!: number;

  @Column('integer', { default: 0 })
  followers_count!: number;

  @Column('integer', { default: 0 })
  following_count!: number;

  @Column('timestamptz', { nullable: true })
  last_status_at!: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
