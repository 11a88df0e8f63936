import type { RandomKey } from '../../../engine/random.js';
import { combinations, scaledTo, total, type CountTable } from '../fitting/count-table.js';
import { fitPopulation } from '../fitting/fit-population.js';
import { Unfittable, type FitAttribute, type FitProblem, type FitSubject } from '../fitting/fit-problem.js';
import { everyCell, fitCells, type Cells } from '../fitting/proportional-fitting.js';
import type { Composition, ComposedAttribute } from './composition.js';
import { InvalidComposition } from './findings.js';
import { givenNumbers, marginOf, type GivenNumbers } from './joint-numbers.js';

/** The level of every agent, for each attribute of a composition. */
export type FittedLevels = readonly Uint8Array[];

/**
 * Gives every agent its levels.
 * @throws InvalidComposition naming what cannot be met in whole people
 */
export async function fitComposition(
  composition: Composition,
  count: number,
  key: RandomKey,
): Promise<FittedLevels> {
  try {
    return await fitPopulation(problemOf(composition, count), key);
  } catch (error) {
    if (!(error instanceof Unfittable)) throw error;
    throw new InvalidComposition([{ path: pathOf(composition, error.subject), message: error.message }]);
  }
}

/** What has to be met, in numbers of people. */
export function problemOf(composition: Composition, count: number): FitProblem {
  const numbers = givenNumbers(composition);
  const sample = sampleOf(composition);
  const margins = composition.attributes.map((attribute, place) => {
    const margin =
      marginOf(numbers, place) ??
      (attribute.given.length > 0 ? undefined : marginIn(sample, place, attribute));
    return margin && scaledTo(margin, count);
  });
  const attributes = composition.attributes.map((attribute, place): FitAttribute => {
    const { name, levels } = attribute;
    return { name, size: levels.length, margin: margins[place], given: givenOf(composition, attribute) };
  });
  const tables = numbers
    .filter(({ table }) => table.of.length > 1)
    .map((each) => agreed(each, margins, count));
  return { count, attributes, tables, sample };
}

/** A table in people; weights that differ from their margins by what sources round are fitted to them. */
function agreed(
  { table, unit }: GivenNumbers,
  margins: readonly (CountTable | undefined)[],
  count: number,
): CountTable {
  const scaled = scaledTo(table, count);
  if (unit === 'counts') return scaled;
  const cells = { ...everyCell(table.of, table.sizes), weights: scaled.values };
  fitCells(
    cells,
    table.of.flatMap((attribute) => margins[attribute] ?? []),
  );
  return { ...scaled, values: cells.weights };
}

function sampleOf({ sample, attributes }: Composition): Cells | undefined {
  if (sample === null) return undefined;
  const of = sample.of.map((name) => attributes.findIndex((each) => each.name === name));
  const levels = Uint8Array.from(sample.rows.flatMap((row) => row.slice(0, of.length)));
  return { of, levels, weights: Float64Array.from(sample.rows, (row) => row[of.length] as number) };
}

function marginIn(
  sample: Cells | undefined,
  attribute: number,
  { levels }: ComposedAttribute,
): CountTable | undefined {
  const place = sample?.of.indexOf(attribute) ?? -1;
  if (sample === undefined || place < 0) return undefined;
  const values = new Float64Array(levels.length);
  for (const [at, weight] of sample.weights.entries()) {
    const level = sample.levels[at * sample.of.length + place] as number;
    values[level] = (values[level] as number) + weight;
  }
  return { of: [attribute], sizes: [levels.length], values };
}

function givenOf(
  { attributes }: Composition,
  { given, levels, values }: ComposedAttribute,
): FitAttribute['given'] {
  if (given.length === 0) return undefined;
  const on = given.map((name) => attributes.findIndex((each) => each.name === name));
  const rows = combinations(on.map((place) => attributes[place]?.levels.length as number));
  const shares = new Float64Array(rows * levels.length);
  for (let row = 0; row < rows; row += 1) {
    const own = values.slice(row * levels.length, (row + 1) * levels.length);
    const sum = total(own);
    for (const [level, value] of own.entries())
      shares[row * levels.length + level] = sum === 0 ? 0 : value / sum;
  }
  return { on, shares };
}

function pathOf({ attributes, tables, sample }: Composition, subject: FitSubject): PropertyKey[] {
  switch (subject.kind) {
    case 'table':
      return ['tables', subject.table];
    case 'ring':
      return subject.tables.length === 0 && sample !== null
        ? ['sample']
        : ['tables', ...(subject.tables.length === 1 ? subject.tables : subject.tables.slice(-1))];
    case 'margin':
      break;
  }
  const { name, unit } = attributes[subject.attribute] as ComposedAttribute;
  if (unit !== null) return ['attributes', name, unit];
  const table = tables.findIndex(({ of }) => of.includes(name));
  return table < 0 ? ['attributes', name] : ['tables', table];
}
