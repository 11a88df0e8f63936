import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role } from './permissions.js';

/** Somebody who can log in. */
@Entity('users')
@Check('users_role_check', `role IN ('admin', 'operator', 'viewer', 'user')`)
@Index('users_username', ['username'], { unique: true })
export class User {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  username!: string;

  /** argon2id, in PHC form. */
  @Column('text')
  password_hash!: string;

  @Column('text')
  role!: Role;

  @Column('boolean', { default: true })
  active!: boolean;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
