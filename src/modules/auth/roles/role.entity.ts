import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { Permission } from '../../../core/http/index.js';

/** A role that this installation made. */
@Entity('roles')
export class CustomRole {
  @PrimaryColumn('text')
  name!: string;

  @Column('text')
  description!: string;

  @Column('text', { array: true })
  permissions!: Permission[];

  @CreateDateColumn({ type: 'timestamptz' })
  created_at!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updated_at!: Date;
}
