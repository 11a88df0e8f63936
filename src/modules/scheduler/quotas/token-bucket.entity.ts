import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A bucket of tokens that is not full; one that is missing is. */
@Entity('token_buckets')
export class TokenBucket {
  @PrimaryColumn('text')
  key!: string;

  /** When it is full again, in milliseconds since 1970. */
  @Column('double precision')
  full_at!: number;
}
