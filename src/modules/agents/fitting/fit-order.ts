import { marginal, type CountTable } from './count-table.js';
import type { FitProblem } from './fit-problem.js';
import { joinOrder } from './join-order.js';

/** In which order attributes are given to people, and what each of them has to go by. */
export interface FitOrder {
  readonly steps: readonly FitStep[];
  /** Attributes that are fitted together, because of a sample or a ring of tables. */
  readonly core: readonly number[];
  /** Places of the tables that the steps alone cannot meet. */
  readonly open: readonly number[];
}

export interface FitStep {
  readonly attribute: number;
  /** Attributes, given before, on which the shares of this one depend. */
  readonly on: readonly number[];
  /** Numbers of people for (some of `on`, attribute), and the table they come from; none where there is only a margin. */
  readonly table?: { readonly counts: CountTable; readonly from: number } | undefined;
}

/** Orders the attributes of a problem so that every table without a ring can be met to the unit. */
export function fitOrder(problem: FitProblem): FitOrder {
  const { tables, sample, attributes } = problem;
  const sets = tables.map(({ of }) => of);
  const root = sample === undefined ? undefined : sets.length;
  const all = sample === undefined ? sets : [...sets, sample.of];
  const { order, ring } = joinOrder(all, root);
  const members = ring.length > 0 ? ring : sample === undefined ? [] : [sets.length];
  const core = [...new Set(members.flatMap((place) => all[place] as readonly number[]))];
  const within = tables.map(({ of }) => of.filter((attribute) => core.includes(attribute)));
  const inner = joinOrder(within, undefined);
  const sequence = new Set<number>([
    ...[...inner.ring, ...inner.order].flatMap((place) => within[place] as number[]),
    ...core,
    ...order.flatMap((place) => all[place] as readonly number[]),
    ...[...attributes.keys()].filter((place) => attributes[place]?.given === undefined),
    ...givenInOrder(problem),
  ]);
  return { ...stepsOf(problem, [...sequence], core), core };
}

function stepsOf(
  { tables, attributes }: FitProblem,
  sequence: readonly number[],
  core: readonly number[],
): Pick<FitOrder, 'steps' | 'open'> {
  const open = new Set<number>();
  const steps = sequence.map((attribute, at): FitStep => {
    const { given } = attributes[attribute] as (typeof attributes)[number];
    if (given !== undefined) return { attribute, on: given.on };
    const before = sequence.slice(0, at);
    const shared = tables.map(({ of }) =>
      of.includes(attribute) ? before.filter((each) => of.includes(each)) : [],
    );
    const most = Math.max(0, ...shared.map(({ length }) => length));
    const from = shared.findIndex(({ length }) => length === most && most > 0);
    const stratum = shared[from] ?? [];
    for (const [place, met] of shared.entries())
      if (!met.every((each) => stratum.includes(each))) open.add(place);
    const counts = from < 0 ? undefined : marginal(tables[from] as CountTable, [...stratum, attribute]);
    const on = core.includes(attribute) ? before.filter((each) => core.includes(each)) : stratum;
    return { attribute, on, table: counts && { counts, from } };
  });
  return { steps, open: [...open] };
}

/** Conditional attributes, each after those that it depends on. */
function givenInOrder({ attributes }: FitProblem): number[] {
  const done: number[] = [];
  const visit = (place: number): void => {
    const { given } = attributes[place] as (typeof attributes)[number];
    if (given === undefined || done.includes(place)) return;
    for (const parent of given.on) visit(parent);
    done.push(place);
  };
  for (const place of attributes.keys()) visit(place);
  return done;
}
