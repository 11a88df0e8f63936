import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity.js';

/** Why a session ended before its time. */
export type Revocation = 'logout' | 'owner' | 'reuse' | 'password' | 'totp' | 'admin';

/** A log-in, and all tokens that come of it. */
@Entity('sessions')
@Index('sessions_user_id', ['user_id', 'created_at'])
@Index('sessions_expires_at', ['expires_at'])
export class Session {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  user_id!: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'sessions_user_id_fkey' })
  user?: User;

  /** Id of the one refresh token that holds. */
  @Column('uuid')
  refresh_id!: string;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('text', { nullable: true })
  user_agent!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  last_used_at!: Date;

  @Column('timestamptz')
  expires_at!: Date;

  @Column('timestamptz', { nullable: true })
  revoked_at!: Date | null;

  @Column('text', { nullable: true })
  revoked_for!: Revocation | null;
}
