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
import type { Permission } from '../../../core/http/index.js';
import { User } from '../users/user.entity.js';

/** Days until a key expires for which no time is said. */
export const KEY_DAYS = 90;

export const KEY_KINDS = ['key', 'client_secret'] as const;
/** A key is sent with every request; a client secret is exchanged for access tokens (RFC 6749, 4.4). */
export type KeyKind = (typeof KEY_KINDS)[number];

/** A secret that a program calls with. */
@Entity('api_keys')
@Check('api_keys_kind_check', `kind IN ('key', 'client_secret')`)
@Index('api_keys_prefix', ['prefix'], { unique: true })
@Index('api_keys_parent_id', ['parent_id'])
@Index('api_keys_user_id', ['user_id', 'created_at'])
export class ApiKey {
  @PrimaryColumn('uuid')
  id!: string;

  /** Who calls when it is used. */
  @Column('uuid')
  user_id!: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'api_keys_user_id_fkey' })
  user?: User;

  @Column('text')
  kind!: KeyKind;

  @Column('text')
  name!: string;

  /** What it begins with, for people to know it by. */
  @Column('text')
  prefix!: string;

  /** SHA-256 of the whole, hexadecimal: it has 256 random bits, nothing slower is needed. */
  @Column('text')
  hash!: string;

  /** What it may do of what its user may do; null: all of it. */
  @Column('text', { array: true, nullable: true })
  scopes!: Permission[] | null;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  /** Name of the user who made it. */
  @Column('text')
  created_by!: string;

  @Column('timestamptz', { nullable: true })
  expires_at!: Date | null;

  /** The key that put this one in its place, when no person did: with the end of that one it ends. */
  @Column('uuid', { nullable: true })
  parent_id!: string | null;

  @ManyToOne(() => ApiKey, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'parent_id', foreignKeyConstraintName: 'api_keys_parent_id_fkey' })
  parent?: ApiKey;

  /** When somebody made another in its place; one that it made by itself does not count. */
  @Column('timestamptz', { nullable: true })
  replaced_at!: Date | null;

  /** To the minute. */
  @Column('timestamptz', { nullable: true })
  last_used_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  revoked_at!: Date | null;
}
