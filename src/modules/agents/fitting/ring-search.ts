import type { RandomStream } from '../../../engine/random.js';
import type { CountTable } from './count-table.js';
import type { FitOrder } from './fit-order.js';
import { Unfittable, type FitProblem } from './fit-problem.js';
import { cellOfLevels, groupPeople } from './groups.js';

/** Steps of the search for each person; what takes more has most likely no solution. */
const STEPS_PER_PERSON = 200;
const MIN_STEPS = 200_000;
const MAX_STEPS = 5_000_000;
const NEAR = 1e-6;

/**
 * Meets the tables that close a ring, which no order of steps can: two people who are alike in whatever the other tables
 * speak of change places in one attribute, which changes no other table, for as long as the open ones come nearer.
 * Whether whole numbers exist at all is NP-complete (Irving and Jerrum, "Three-dimensional statistical data security
 * problems", SIAM Journal on Computing 23, 1994), so the search is bounded.
 * @throws Unfittable where it does not get there
 */
export function closeRing(
  problem: FitProblem,
  { open, core }: FitOrder,
  levels: Uint8Array[],
  stream: RandomStream,
): void {
  const tallies = open.map((place) => new Tally(problem.tables[place] as CountTable, levels, problem.count));
  const attributes = [...new Set(tallies.flatMap(({ table }) => table.of))];
  const steps = Math.min(Math.max(problem.count * STEPS_PER_PERSON, MIN_STEPS), MAX_STEPS);
  const share = Math.ceil(steps / (attributes.length * 20));
  let cost = costOf(tallies);
  for (let done = 0; cost > 0 && done < steps;) {
    for (const attribute of attributes) {
      const swaps = new Swaps(problem, attribute, open, levels, tallies);
      for (let i = 0; i < share && cost > 0; i += 1) cost += swaps.attempt(stream);
      done += share;
    }
  }
  if (cost === 0) return;
  const ring = [...problem.tables.keys()].filter((place) =>
    problem.tables[place]?.of.every((each) => core.includes(each)),
  );
  const message =
    `form a ring, and no whole people were found that meet all of them: ${cost} are left over; ` +
    'give one table of all their attributes, or weights in place of counts';
  throw new Unfittable({ kind: 'ring', tables: ring }, message);
}

function costOf(tallies: readonly Tally[]): number {
  return tallies.reduce((sum, tally) => sum + tally.cost(), 0);
}

/** How many people there are in the cells of a table. */
class Tally {
  private readonly counts: Int32Array;
  private readonly columns: readonly Uint8Array[];
  private readonly strides: readonly number[];

  constructor(
    readonly table: CountTable,
    levels: readonly Uint8Array[],
    count: number,
  ) {
    this.counts = new Int32Array(table.values.length);
    this.columns = table.of.map((attribute) => levels[attribute] as Uint8Array);
    this.strides = table.sizes.map((_, place) => table.sizes.slice(place + 1).reduce((a, b) => a * b, 1));
    for (let person = 0; person < count; person += 1) this.add(this.cellOf(person), 1);
  }

  cellOf(person: number): number {
    return cellOfLevels(
      this.columns.map((column) => column[person] as number),
      this.table.sizes,
    );
  }

  /** The cell of a person with another level of one attribute. */
  moved(cell: number, attribute: number, from: number, to: number): number {
    const place = this.table.of.indexOf(attribute);
    return place < 0 ? cell : cell + (to - from) * (this.strides[place] as number);
  }

  /** Adds people to a cell. @returns by how much that changes the cost */
  add(cell: number, people: number): number {
    const before = this.costAt(cell);
    this.counts[cell] = (this.counts[cell] as number) + people;
    return this.costAt(cell) - before;
  }

  cost(): number {
    let sum = 0;
    for (let cell = 0; cell < this.counts.length; cell += 1) sum += this.costAt(cell);
    return sum;
  }

  private costAt(cell: number): number {
    const wanted = this.table.values[cell] as number;
    const there = this.counts[cell] as number;
    return Math.max(0, there - Math.ceil(wanted - NEAR), Math.floor(wanted + NEAR) - there);
  }
}

/** Exchanges of one attribute between people who are alike in what the closed tables say of it. */
class Swaps {
  private readonly groupOf: Int32Array;
  private readonly starts: Int32Array;
  private readonly people: Int32Array;
  private readonly column: Uint8Array;

  constructor(
    problem: FitProblem,
    private readonly attribute: number,
    open: readonly number[],
    levels: readonly Uint8Array[],
    private readonly tallies: readonly Tally[],
  ) {
    const closed = problem.tables.filter(
      (table, place) => !open.includes(place) && table.of.includes(attribute),
    );
    const alike = [...new Set(closed.flatMap(({ of }) => of))].filter((each) => each !== attribute);
    const groups = groupPeople(
      problem.count,
      alike.map((each) => levels[each] as Uint8Array),
      alike.map((each) => problem.attributes[each]?.size as number),
    );
    this.column = levels[attribute] as Uint8Array;
    this.groupOf = groups.of;
    this.starts = new Int32Array(groups.sizes.length + 1);
    for (const [group, size] of groups.sizes.entries())
      this.starts[group + 1] = (this.starts[group] as number) + size;
    const next = this.starts.slice();
    this.people = new Int32Array(problem.count);
    for (const [person, group] of groups.of.entries()) {
      const at = next[group] as number;
      this.people[at] = person;
      next[group] = at + 1;
    }
  }

  /** Tries one exchange and keeps it unless it makes things worse. @returns the change of the cost */
  attempt(stream: RandomStream): number {
    const { column, people, starts } = this;
    const one = stream.below(people.length);
    const group = this.groupOf[one] as number;
    const start = starts[group] as number;
    const other = people[start + stream.below((starts[group + 1] as number) - start)] as number;
    const [a, b] = [column[one] as number, column[other] as number];
    if (a === b) return 0;
    const change = this.exchange(one, other, a, b);
    if (change <= 0) {
      column[one] = b;
      column[other] = a;
      return change;
    }
    this.exchange(one, other, a, b, -1);
    return 0;
  }

  private exchange(one: number, other: number, a: number, b: number, people = 1): number {
    let change = 0;
    for (const tally of this.tallies) {
      const [here, there] = [tally.cellOf(one), tally.cellOf(other)];
      change += tally.add(here, -people) + tally.add(there, -people);
      change += tally.add(tally.moved(here, this.attribute, a, b), people);
      change += tally.add(tally.moved(there, this.attribute, b, a), people);
    }
    return change;
  }
}
