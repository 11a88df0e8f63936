import { setImmediate } from 'node:timers/promises';
import { RandomStream, type RandomKey } from '../../../engine/random.js';
import { combinations, marginal, type CountTable } from './count-table.js';
import { fitOrder, type FitOrder } from './fit-order.js';
import { Unfittable, type FitProblem } from './fit-problem.js';
import { LevelStep } from './level-step.js';
import { cellsOfTable, everyCell, fitCells, type Cells } from './proportional-fitting.js';
import { closeRing } from './ring-search.js';

/** The most combinations that are fitted together. */
const MAX_CELLS = 1_000_000;

/**
 * Gives every person a level of every attribute, so that all margins and tables are met to the unit: whole numbers
 * exactly, others by one of their neighbours. See docs/adr/0020.
 * @returns for each attribute the level of every person
 * @throws Unfittable where no whole people can be found
 */
export async function fitPopulation(problem: FitProblem, key: RandomKey): Promise<Uint8Array[]> {
  const order = fitOrder(problem);
  const core = fitCore(problem, order);
  const levels: Uint8Array[] = problem.attributes.map(() => new Uint8Array(0));
  for (const [at, step] of order.steps.entries()) {
    const { attribute } = step;
    const stream = new RandomStream(key, at);
    levels[attribute] = new LevelStep(problem, step, core, levels, stream).run();
    // A million people take a tenth of a second for each attribute; others are to have their turn.
    await setImmediate();
  }
  if (order.open.length > 0) closeRing(problem, order, levels, new RandomStream(key, order.steps.length));
  return levels;
}

/** The fitted combinations of the attributes that depend on each other in more than one way. */
function fitCore(problem: FitProblem, { core }: FitOrder): Cells | undefined {
  if (core.length === 0) return undefined;
  const { attributes, tables, sample, count } = problem;
  const rest = core.filter((attribute) => !sample?.of.includes(attribute));
  const sizes = rest.map((attribute) => attributes[attribute]?.size as number);
  const cells = (sample?.weights.length ?? 1) * combinations(sizes);
  const ring = [...tables.keys()].filter((place) => tables[place]?.of.every((each) => core.includes(each)));
  if (cells > MAX_CELLS) {
    const message = `are fitted together and have ${cells} combinations; ${MAX_CELLS} is the most`;
    throw new Unfittable({ kind: 'ring', tables: ring }, message);
  }
  const fitted = crossed(sample, everyCell(rest, sizes));
  const sum = fitted.weights.reduce((all, weight) => all + weight, 0);
  fitted.weights.forEach((weight, at) => (fitted.weights[at] = (weight * count) / sum));
  const margins = core.flatMap((attribute) => attributes[attribute]?.margin ?? []);
  const within = tables.map((table) =>
    marginal(
      table,
      table.of.filter((each) => core.includes(each)),
    ),
  );
  const used = within.filter(({ of }) => of.length > 0);
  requireSupport(problem, fitted, [...margins, ...used]);
  const misfit = fitCells(fitted, [...margins, ...used]);
  if (misfit.by > 0.5) throw contradiction(problem, [...margins, ...used][misfit.constraint], misfit.by);
  return fitted;
}

/** Every combination of two sets of cells. */
function crossed(first: Cells | undefined, second: Cells): Cells {
  if (first === undefined) return second;
  const of = [...first.of, ...second.of];
  const inner = second.weights.length;
  const weights = new Float64Array(first.weights.length * inner);
  const levels = new Uint8Array(weights.length * of.length);
  for (let at = 0; at < weights.length; at += 1) {
    const outer = Math.floor(at / inner);
    weights[at] = (first.weights[outer] as number) * (second.weights[at % inner] as number);
    const width = second.of.length;
    levels.set(first.levels.subarray(outer * first.of.length, (outer + 1) * first.of.length), at * of.length);
    levels.set(
      second.levels.subarray((at % inner) * width, ((at % inner) + 1) * width),
      at * of.length + first.of.length,
    );
  }
  return { of, levels, weights };
}

/** Refuses what nobody of the sample has and somebody is to have. */
function requireSupport(problem: FitProblem, cells: Cells, constraints: readonly CountTable[]): void {
  for (const table of constraints) {
    const sums = new Float64Array(table.values.length);
    for (const [at, cell] of cellsOfTable(cells, table).entries())
      sums[cell] = (sums[cell] as number) + (cells.weights[at] as number);
    const missing = sums.findIndex((sum, cell) => sum === 0 && (table.values[cell] as number) >= 0.5);
    if (missing >= 0) throw contradiction(problem, table, table.values[missing] as number);
  }
}

function contradiction(problem: FitProblem, table: CountTable | undefined, by: number): Unfittable {
  const of = table?.of ?? [];
  const people = Math.ceil(by - 1e-6);
  const among = problem.sample === undefined ? 'the other tables' : 'the sample and the other tables';
  const message = `cannot be met together with ${among}: combinations that nobody has leave ${people} of them over`;
  const attribute = of[0] as number;
  if (of.length === 1) return new Unfittable({ kind: 'margin', attribute }, message);
  const place = problem.tables.findIndex((each) => of.every((one) => each.of.includes(one)));
  return new Unfittable({ kind: 'table', table: place }, message);
}
