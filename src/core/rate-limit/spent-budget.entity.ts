import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was drawn from a budget in its window. Unlogged: after a crash of the database every budget is full again. */
@Entity('spent_budgets')
export class SpentBudget {
  /** Policy and whom it counts: `caller:user:<id>`. */
  @PrimaryColumn('text')
  key!: string;

  @Column('integer')
  spent!: number;

  /** What the last draw was given, for its statement to return. */
  @Column('integer')
  granted!: number;

  @Column('timestamptz')
  ends_at!: Date;
}
