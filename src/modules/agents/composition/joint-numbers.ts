import { marginal, total, type CountTable } from '../fitting/count-table.js';
import type { Composition, Unit } from './composition.js';

/** Numbers that a composition gives, with their place in its file. */
export interface GivenNumbers {
  readonly path: readonly PropertyKey[];
  /** How people call it. */
  readonly label: string;
  readonly unit: Unit;
  readonly table: CountTable;
}

/** All margins and tables of a composition: attributes by their places in its list. */
export function givenNumbers({ attributes, tables }: Composition): GivenNumbers[] {
  const placeOf = new Map(attributes.map(({ name }, place) => [name, place]));
  const margins = attributes.flatMap(({ name, unit, given, levels, values }, place): GivenNumbers[] =>
    unit === null || given.length > 0
      ? []
      : [
          {
            path: ['attributes', name, unit],
            label: `attributes.${name}`,
            unit,
            table: { of: [place], sizes: [levels.length], values: Float64Array.from(values) },
          },
        ],
  );
  const joint = tables.map(({ of, unit, values }, at): GivenNumbers => {
    const places = of.map((name) => placeOf.get(name) as number);
    const sizes = places.map((place) => attributes[place]?.levels.length as number);
    const table = { of: places, sizes, values: Float64Array.from(values) };
    return { path: ['tables', at, unit], label: `tables[${at}] (${of.join(' × ')})`, unit, table };
  });
  return [...margins, ...joint];
}

/** What says how many people have each level: the attribute itself, else a table in counts, else one in weights. */
export function marginOf(numbers: readonly GivenNumbers[], attribute: number): CountTable | undefined {
  const holding = numbers.filter(({ table }) => table.of.includes(attribute));
  const own = holding.find(({ table }) => table.of.length === 1);
  const found = own ?? holding.find(({ unit }) => unit === 'counts') ?? holding[0];
  return found && marginal(found.table, [attribute]);
}

/** The same numbers as shares of their sum. */
export function shares(table: CountTable): Float64Array {
  const sum = total(table.values);
  return table.values.map((value) => value / sum);
}
