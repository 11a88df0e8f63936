import { levelsAt, marginal, total, type CountTable } from '../fitting/count-table.js';
import type { Composition } from './composition.js';
import type { Findings } from './findings.js';
import { givenNumbers, marginOf, shares, type GivenNumbers } from './joint-numbers.js';

/** How far two numbers for the same share may lie apart: sources round to a tenth of a per cent. */
const TOLERANCE = 0.001;

/** Finds what contradicts itself: totals, numbers that differ, shares of nobody. */
export function judgeNumbers(composition: Composition, count: number, findings: Findings): void {
  const numbers = givenNumbers(composition);
  for (const each of numbers) judgeTotal(each, count, findings);
  if (findings.some) return;
  for (const [place, later] of numbers.entries())
    for (const earlier of numbers.slice(0, place)) {
      const shared = later.table.of.filter((attribute) => earlier.table.of.includes(attribute));
      if (shared.length > 0 && judgeAgreement(composition, { earlier, later, shared, count }, findings))
        break;
    }
  judgeGiven(composition, numbers, findings);
}

function judgeTotal({ path, unit, table }: GivenNumbers, count: number, findings: Findings): void {
  const sum = total(table.values);
  if (sum === 0) findings.add(path, 'add up to 0; somebody has to have a level');
  else if (unit === 'counts' && table.values.some((value) => !Number.isInteger(value)))
    findings.add(path, 'are whole numbers of people; give weights for shares');
  else if (unit === 'counts' && sum !== count)
    findings.add(path, `add up to ${sum}, and count is ${count}; they must be the same`);
}

interface Agreement {
  earlier: GivenNumbers;
  later: GivenNumbers;
  shared: readonly number[];
  count: number;
}

/** @returns whether something was found */
function judgeAgreement(
  composition: Composition,
  { earlier, later, shared, count }: Agreement,
  findings: Findings,
): boolean {
  const [one, other] = [marginal(earlier.table, shared), marginal(later.table, shared)];
  const [wanted, given] = [shares(one), shares(other)];
  const exact = earlier.unit === 'counts' && later.unit === 'counts';
  const tolerance = exact ? 0.5 / count : TOLERANCE;
  const differ = (cell: number): boolean => {
    const [a, b] = [wanted[cell] as number, given[cell] as number];
    const nobody = (a === 0 || b === 0) && Math.max(a, b) * count >= 0.5;
    return nobody || Math.abs(a - b) > tolerance;
  };
  const cell = wanted.findIndex((_, at) => differ(at));
  if (cell < 0) return false;
  const named = levelsAt(one, cell).map((level, at) => {
    const attribute = composition.attributes[shared[at] as number];
    return `${attribute?.name ?? ''} ${attribute?.levels[level] ?? ''}`;
  });
  const [mine, theirs] = exact
    ? [other.values[cell], one.values[cell]]
    : [rounded(given[cell]), rounded(wanted[cell])];
  const what = exact ? 'people' : 'of all';
  findings.add(
    later.path,
    `give ${named.join(', ')} ${mine} ${what}, and ${earlier.label} gives ${theirs}; they must agree`,
  );
  return true;
}

function rounded(share: number | undefined): number {
  return Math.round((share ?? 0) * 10_000) / 10_000;
}

function judgeGiven(composition: Composition, numbers: readonly GivenNumbers[], findings: Findings): void {
  const { attributes } = composition;
  for (const { name, given, levels, values } of attributes) {
    if (given.length === 0) continue;
    if (dependsOn(composition, name, new Set()))
      findings.add(['attributes', name, 'given'], `${name} depends on itself`);
    const parents = given.map((parent) => attributes.findIndex((each) => each.name === parent));
    const sizes = parents.map((parent) => attributes[parent]?.levels.length ?? 0);
    const margins = parents.map((parent) => marginOf(numbers, parent));
    for (let row = 0; row * levels.length < values.length; row += 1) {
      if (total(values.slice(row * levels.length, (row + 1) * levels.length)) > 0) continue;
      const at = levelsAt({ sizes }, row);
      if (!at.every((level, place) => mayBe(margins[place], level))) continue;
      const combination = at.map((level, place) => attributes[parents[place] as number]?.levels[level] ?? '');
      findings.add(
        ['attributes', name, 'weights', ...combination],
        'add up to 0, and there are people who need one',
      );
    }
  }
}

function mayBe(margin: CountTable | undefined, level: number): boolean {
  return margin === undefined || (margin.values[level] as number) > 0;
}

function dependsOn({ attributes }: Composition, name: string, seen: Set<string>): boolean {
  const parents = (from: string): readonly string[] =>
    attributes.find((each) => each.name === from)?.given ?? [];
  const queue = [...parents(name)];
  for (const each of queue) {
    if (each === name) return true;
    if (seen.has(each)) continue;
    seen.add(each);
    queue.push(...parents(each));
  }
  return false;
}
