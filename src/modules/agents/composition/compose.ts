import { combinations } from '../fitting/count-table.js';
import { GENDERS, MAX_AGE, MIN_AGE, POSTING_CADENCES, TONES } from '../agent.profile.js';
import { isLevel, LEVEL_FORM } from '../population.specification.js';
import { isBuiltIn, type ComposedAttribute, type ComposedTable, type Unit } from './composition.js';
import type { Findings } from './findings.js';
import { MAX_LEVELS, MAX_TABLE_CELLS, type Amounts, type PopulationFile } from './population-file.schema.js';
import { rangeOf } from './ranges.js';

type Path = readonly PropertyKey[];
type Written = PopulationFile['attributes'][string];

/** Fields that every agent has and no attribute may be called by. */
const TAKEN = new Set([
  'id',
  'seed',
  'name',
  'username_hint',
  'country',
  'city',
  'timezone',
  'bio',
  'posting_cadence',
  'behavioral_biases',
  'attributes',
  'persona',
  'weight',
  'constructor',
  'prototype',
]);

const CLOSED: Readonly<Record<string, readonly string[]>> = {
  gender: GENDERS,
  tone: TONES,
  cadence: POSTING_CADENCES,
};

/**
 * The attributes of a file with their levels and numbers, those of tables among them.
 * @param seen levels that a sample has of attributes, for those that say none themselves
 */
export function composeAttributes(
  file: PopulationFile,
  seen: ReadonlyMap<string, ReadonlySet<string>>,
  findings: Findings,
): ComposedAttribute[] {
  const levels = new Map(
    Object.keys(file.attributes).map((name) => [name, ownLevels(file.attributes[name])]),
  );
  for (const { of, weights, counts } of file.tables)
    for (const [depth, name] of of.entries()) {
      const known = levels.get(name) ?? new Set<string>();
      levels.set(name, known);
      // What an attribute does not say of itself, its tables say.
      if (ownLevels(file.attributes[name]).size === 0)
        for (const level of levelsAtDepth(weights ?? counts ?? {}, depth)) known.add(level);
    }
  for (const [name, own] of levels)
    if (own.size === 0) for (const level of seen.get(name) ?? []) own.add(level);
  return [...levels].map(([name, own]) => composeAttribute(file, name, [...own], levels, findings));
}

function composeAttribute(
  file: PopulationFile,
  name: string,
  levels: readonly string[],
  all: ReadonlyMap<string, ReadonlySet<string>>,
  findings: Findings,
): ComposedAttribute {
  const written: Written = file.attributes[name] ?? {};
  const path = ['attributes', name];
  const at = file.attributes[name] === undefined ? tablePath(file, name) : path;
  const kind = name === 'age' ? 'range' : (written.kind ?? 'category');
  const given = [written.given ?? []].flat();
  judgeName(name, kind, at, findings);
  judgeLevels(name, kind, levels, at, findings);
  if (written.weights !== undefined && written.counts !== undefined)
    findings.add([...path, 'counts'], 'stands beside weights; give one of them');
  const unit = unitOf(written);
  const none = { name, kind, levels, unit: null, values: [], given } as const;
  if (given.length > 0) return { ...none, ...conditional(file, name, { given, levels, all }, findings) };
  if (unit === null) return none;
  const values = flatten(written[unit] ?? {}, [levels], [...path, unit], findings);
  return { ...none, unit, values };
}

function tablePath({ tables }: PopulationFile, name: string): Path {
  return ['tables', tables.findIndex(({ of }) => of.includes(name)), 'of'];
}

function unitOf({ weights, counts }: Pick<Written, 'weights' | 'counts'>): Unit | null {
  if (weights !== undefined) return 'weights';
  return counts === undefined ? null : 'counts';
}

function judgeName(name: string, kind: string, path: Path, findings: Findings): void {
  if (TAKEN.has(name))
    findings.add(
      path,
      `${name} is taken: every agent has that already, or a sample means by it another thing`,
    );
  if (isBuiltIn(name) && name !== 'age' && kind === 'range')
    findings.add(path, `${name} has no ranges; its kind is category`);
}

function judgeLevels(
  name: string,
  kind: 'category' | 'range',
  levels: readonly string[],
  path: Path,
  findings: Findings,
): void {
  if (levels.length === 0) findings.add(path, 'has no level: give weights, counts, or a table that names it');
  if (levels.length > MAX_LEVELS)
    findings.add(path, `has ${levels.length} levels; ${MAX_LEVELS} is the most`);
  const closed = CLOSED[name];
  let end = -Infinity;
  for (const level of kind === 'range' ? levels.toSorted(byStart) : levels) {
    const range = kind === 'range' ? rangeOf(level) : undefined;
    const wrong = levelProblem(name, level, { closed, kind, range, end });
    if (wrong !== undefined) findings.add([...path, level], wrong);
    if (range !== undefined) end = range[1];
  }
}

function byStart(a: string, b: string): number {
  return (rangeOf(a)?.[0] ?? 0) - (rangeOf(b)?.[0] ?? 0);
}

function levelProblem(
  name: string,
  level: string,
  about: {
    closed: readonly string[] | undefined;
    kind: string;
    range: readonly [number, number] | undefined;
    end: number;
  },
): string | undefined {
  const { closed, kind, range, end } = about;
  if (closed !== undefined && !closed.includes(level))
    return `is one of ${closed.join(', ')}; ${level} is none`;
  if (kind !== 'range') return isLevel(level) ? undefined : LEVEL_FORM;
  if (range === undefined)
    return `is a whole number or two such as 18-24 or -5..5, the smaller first; ${level} is not`;
  if (range[0] <= end) return `${level} overlaps another range`;
  if (name === 'age' && (range[0] < MIN_AGE || range[1] > MAX_AGE))
    return `ages are ${MIN_AGE} to ${MAX_AGE}; ${level} goes beyond`;
  return undefined;
}

function conditional(
  file: PopulationFile,
  name: string,
  about: {
    given: readonly string[];
    levels: readonly string[];
    all: ReadonlyMap<string, ReadonlySet<string>>;
  },
  findings: Findings,
): Pick<ComposedAttribute, 'unit' | 'values'> {
  const path = ['attributes', name];
  const written: Written = file.attributes[name] ?? {};
  for (const parent of about.given)
    if (!about.all.has(parent) || parent === name || about.given.filter((each) => each === parent).length > 1)
      findings.add([...path, 'given'], `${parent} is no other attribute of this file, or stands there twice`);
  if (written.weights === undefined)
    findings.add([...path, 'given'], 'needs weights beside it, a mapping for each level of what it names');
  if (file.tables.some(({ of }) => of.includes(name)))
    findings.add(
      [...path, 'given'],
      `${name} is in a table as well, which says how often it is; give one of them`,
    );
  if (findings.some || written.weights === undefined) return { unit: 'weights', values: [] };
  const dimensions = [...about.given.map((parent) => [...(about.all.get(parent) ?? [])]), about.levels];
  return { unit: 'weights', values: flatten(written.weights, dimensions, [...path, 'weights'], findings) };
}

/** Tables in numbers, in the order of their attributes' levels. */
export function composeTables(
  file: PopulationFile,
  attributes: readonly ComposedAttribute[],
  findings: Findings,
): ComposedTable[] {
  return file.tables.map((written, place): ComposedTable => {
    const path = ['tables', place];
    const { of } = written;
    const unit = unitOf(written);
    if (new Set(of).size !== of.length) findings.add([...path, 'of'], 'names an attribute twice');
    if (unit === null) findings.add(path, 'needs weights or counts');
    else if (written.weights !== undefined && written.counts !== undefined)
      findings.add([...path, 'counts'], 'stands beside weights; give one of them');
    const dimensions = of.map((name) => attributes.find((each) => each.name === name)?.levels ?? []);
    const values = unit === null ? [] : flatten(written[unit] ?? {}, dimensions, [...path, unit], findings);
    return { of, unit: unit ?? 'weights', values };
  });
}

/** Numbers of nested mappings in the order of levels; what is not there is zero. */
function flatten(
  written: Amounts,
  dimensions: readonly (readonly string[])[],
  path: Path,
  findings: Findings,
): number[] {
  const cells = combinations(dimensions.map(({ length }) => length));
  if (cells > MAX_TABLE_CELLS) {
    findings.add(path, `has ${cells} combinations of levels; ${MAX_TABLE_CELLS} is the most`);
    return [];
  }
  const values = Array.from({ length: cells }, () => 0);
  const visit = (node: Amounts, depth: number, cell: number, at: Path): void => {
    const levels = dimensions[depth] as readonly string[];
    for (const [level, value] of Object.entries(node)) {
      const place = levels.indexOf(level);
      const here = [...at, level];
      const inner = cell * levels.length + place;
      const last = depth === dimensions.length - 1;
      if (place < 0) findings.add(here, `is none of the levels ${shown(levels)}`);
      else if (last && typeof value === 'number') values[inner] = value;
      else if (last) findings.add(here, 'is a number, 0 or more; this is one mapping too many');
      else if (typeof value === 'number') findings.add(here, 'is a mapping of the next attribute’s levels');
      else visit(value, depth + 1, inner, here);
    }
  };
  visit(written, 0, 0, path);
  return values;
}

function shown(levels: readonly string[]): string {
  if (levels.length === 0) return '(it has none)';
  return levels.length > 12 ? `${levels.slice(0, 12).join(', ')}, …` : levels.join(', ');
}

/** The levels that an attribute names itself. */
function ownLevels(written: Written | undefined): Set<string> {
  const depth = [written?.given ?? []].flat().length;
  return levelsAtDepth(written?.weights ?? written?.counts ?? {}, depth);
}

function levelsAtDepth(node: Amounts, depth: number): Set<string> {
  if (depth === 0) return new Set(Object.keys(node));
  const inner = Object.values(node).filter((each): each is Amounts => typeof each !== 'number');
  return new Set(inner.flatMap((each) => [...levelsAtDepth(each, depth - 1)]));
}
