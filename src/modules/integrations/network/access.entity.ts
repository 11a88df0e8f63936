import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** A program that was registered on a network. */
@Entity('network_apps')
@Index('network_apps_client_id', ['client_id'], { unique: true })
@Index('network_apps_network_id', ['network_id'])
export class NetworkApp {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('integer')
  network_id!: number;

  @Column('text')
  client_id!: string;

  /** SHA-256, in hexadecimal. */
  @Column('text')
  secret_hash!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  website!: string | null;

  @Column('text', { array: true })
  redirect_uris!: string[];

  @Column('text', { array: true })
  scopes!: string[];

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;
}

/** A code that a program gives for a token, once; kept when it was, to know it again. */
@Entity('network_codes')
@Index('network_codes_app_id', ['app_id'])
export class NetworkCode {
  /** SHA-256 of the code, in hexadecimal. */
  @PrimaryColumn('text')
  hash!: string;

  @Column('uuid')
  app_id!: string;

  /** Who has signed in. */
  @Column('uuid')
  user_id!: string;

  @Column('text')
  redirect_uri!: string;

  @Column('text', { array: true })
  scopes!: string[];

  /** Of PKCE, by S256. */
  @Column('text', { nullable: true })
  challenge!: string | null;

  @Column('timestamptz')
  expires_at!: Date;

  @Column('timestamptz', { nullable: true })
  used_at!: Date | null;
}

/** What somebody, or a program for itself, shows at each request. */
@Entity('network_tokens')
@Check('network_tokens_holder_check', 'account_id IS NOT NULL OR app_id IS NOT NULL')
@Index('network_tokens_hash', ['hash'], { unique: true })
@Index('network_tokens_account_id', ['network_id', 'account_id'])
@Index('network_tokens_app_id', ['app_id'])
@Index('network_tokens_created_at', ['created_at', 'id'])
@Index('network_tokens_code_hash', ['code_hash'], { where: 'code_hash IS NOT NULL' })
export class NetworkToken {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('integer')
  network_id!: number;

  /** Null when an operator made it. */
  @Column('uuid', { nullable: true })
  app_id!: string | null;

  /** Null when it is the program's own. */
  @Column('bigint', { nullable: true })
  account_id!: string | null;

  /** Who has signed in; it is worth no more than what this user may do. */
  @Column('uuid', { nullable: true })
  user_id!: string | null;

  /** SHA-256, in hexadecimal. */
  @Column('text')
  hash!: string;

  /** Of the code that it was given for. */
  @Column('text', { nullable: true })
  code_hash!: string | null;

  @Column('text', { array: true })
  scopes!: string[];

  @Column('text')
  created_by!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  @Column('timestamptz')
  expires_at!: Date;

  @Column('timestamptz', { nullable: true })
  revoked_at!: Date | null;
}
