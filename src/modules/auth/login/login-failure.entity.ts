import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Log-ins that failed in a row. */
@Entity('login_failures')
@Index('login_failures_failed_at', ['failed_at'])
export class LoginFailure {
  /** SHA-256 of a username, or of a username and an address: whoever reads the table learns no password typed as a name. */
  @PrimaryColumn('text')
  subject!: string;

  @Column('integer')
  failures!: number;

  @Column('timestamptz')
  failed_at!: Date;

  @Column('timestamptz', { nullable: true })
  blocked_until!: Date | null;
}
