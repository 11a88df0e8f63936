import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

export const USER_KINDS = ['person', 'service'] as const;
/** A person logs in with a password; a service account has keys and client secrets. */
export type UserKind = (typeof USER_KINDS)[number];

/** Somebody who may call the API. */
@Entity('users')
@Check('users_kind_check', `kind IN ('person', 'service')`)
@Index('users_username', ['username'], { unique: true })
@Index('users_created_at', ['created_at'])
export class User {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  username!: string;

  @Column('text', { default: 'person' })
  kind!: UserKind;

  /** argon2id, in PHC form; service accounts have none. */
  @Column('text', { nullable: true })
  password_hash!: string | null;

  /** Name of a role, built-in or custom. */
  @Column('text')
  role!: string;

  @Column('boolean', { default: true })
  active!: boolean;

  /** Whoever set the password was not its owner. */
  @Column('boolean', { default: false })
  must_change_password!: boolean;

  @Column('timestamptz', { nullable: true })
  password_changed_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  last_login_at!: Date | null;

  /** Sealed; counts once it is confirmed. */
  @Column('text', { nullable: true })
  totp_secret!: string | null;

  @Column('timestamptz', { nullable: true })
  totp_confirmed_at!: Date | null;

  /** The time step of the last code that was taken: no code counts twice. */
  @Column('bigint', { nullable: true })
  totp_step!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}
