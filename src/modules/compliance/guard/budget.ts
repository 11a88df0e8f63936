/**
 * What may still be done with one text, in steps of some 10 to 50 ns. Counted rather than timed, so that a busy machine
 * decides as an idle one does.
 */
export class Budget {
  /** Steps taken so far; goes on beyond the limit by what was done before the limit was seen. */
  spent = 0;
  /** Steps that count for no limit, since how many there are depends on the texts before. */
  aside = 0;

  constructor(readonly limit: number) {}

  /** Counts some steps; false when they are more than there were left. */
  spend(steps: number): boolean {
    this.spent += steps;
    return this.spent <= this.limit;
  }

  get isSpent(): boolean {
    return this.spent > this.limit;
  }
}
