import { setImmediate } from 'node:timers/promises';
import type { AgentSource } from '../agent.source.js';
import type { Composition } from '../composition/composition.js';
import { problemOf } from '../composition/fit-composition.js';
import { givenNumbers } from '../composition/joint-numbers.js';
import { levelsAt, marginal, type CountTable } from '../fitting/count-table.js';
import { cramersV } from './association.js';
import { CompositionTallies, type LevelTally } from './audit-tallies.js';
import { Coherence, type Violation } from './coherence.js';
import { DiversityTally, type Diversity } from './diversity.js';

/** One number that was asked for. */
export interface AuditedCell {
  levels: string[];
  /** People; a fraction where weights were given. */
  target: number;
  reached: number;
  error: number;
}

export interface AuditedMargin {
  attributes: string[];
  /** Where it was asked for: `attributes.age`, `tables[0]`. */
  source: string;
  unit: 'counts' | 'weights';
  /**
   * The largest of the cells' errors, without their signs. Met is 0 for counts; below 1 for weights of one attribute or
   * of a conditional one; below their number for weights of several, whose rows are whole numbers before their cells.
   */
  max_error: number;
  met: boolean;
  cells: AuditedCell[];
}

export interface AuditedAssociation {
  attributes: [string, string];
  /** Cramér's V that was asked for; null where nothing was said. */
  target: number | null;
  reached: number;
  error: number | null;
}

/** What a population came to, held against what was asked for. */
export interface PopulationAudit {
  count: number;
  margins: AuditedMargin[];
  associations: AuditedAssociation[];
  diversity: Diversity;
  coherence: { met: boolean; rules: Violation[] };
}

/** Margins of weights are met by a neighbour; so much is lost in numbers that are no whole ones. */
const NEAR = 1e-6;

/** Makes every agent again, and holds all of them against the specification. @param told how many are done */
export async function auditPopulation(
  source: AgentSource,
  told: (agents: number) => void = () => {},
): Promise<PopulationAudit> {
  const { composition, writer } = source.specification;
  const tallies = composition && new CompositionTallies(composition);
  const coherence = new Coherence({
    locales: composition?.attributes.some(({ name }) => name === 'locale') ?? false,
    names: writer === undefined,
  });
  const diversity = new DiversityTally();
  let done = 0;
  for await (const agents of source.chunks()) {
    for (const agent of agents) {
      const whole = tallies?.add(agent) ?? true;
      diversity.add(agent);
      await coherence.check(agent, whole);
    }
    done += agents.length;
    told(done);
    await setImmediate();
  }
  const rules = coherence.violations();
  return {
    count: source.count,
    margins: tallies && composition ? marginsOf(composition, source.count, tallies) : [],
    associations: tallies && composition ? associationsOf(composition, source.count, tallies) : [],
    diversity: diversity.result(),
    coherence: { met: rules.every(({ count }) => count === 0), rules },
  };
}

function marginsOf(composition: Composition, count: number, tallies: CompositionTallies): AuditedMargin[] {
  const problem = problemOf(composition, count);
  const tables = [...problem.tables];
  const given = givenNumbers(composition).map(({ table, unit, path }) => {
    const joint = table.of.length > 1;
    const target = joint
      ? (tables.shift() as CountTable)
      : (problem.attributes[table.of[0] as number]?.margin as CountTable);
    const source = joint ? `tables[${String(path[1])}]` : `attributes.${String(path[1])}`;
    return audited(composition, { target, source, unit, bound: table.of.length }, tallies.of(table.of));
  });
  return [...given, ...conditionals(composition, problem, tallies)];
}

/** Attributes that depend on others: as many as their shares of those who are there. */
function conditionals(
  composition: Composition,
  problem: ReturnType<typeof problemOf>,
  tallies: CompositionTallies,
): AuditedMargin[] {
  return problem.attributes.flatMap(({ given, size, name }, place) => {
    if (given === undefined) return [];
    const parents = tallies.of(given.on);
    const values = given.shares.map((share, at) => share * (parents.counts[Math.floor(at / size)] as number));
    const tally = tallies.of([...given.on, place]);
    const target = { of: tally.of, sizes: tally.sizes, values };
    return [audited(composition, { target, source: `attributes.${name}`, unit: 'weights', bound: 1 }, tally)];
  });
}

function audited(
  { attributes }: Composition,
  about: { target: CountTable; source: string; unit: 'counts' | 'weights'; bound: number },
  tally: LevelTally,
): AuditedMargin {
  const { target, source, unit } = about;
  const cells = Array.from(target.values, (wanted, cell): AuditedCell => {
    const reached = tally.counts[cell] as number;
    const levels = levelsAt(target, cell).map((level, at) => nameOf(attributes, target.of[at], level));
    return { levels, target: rounded(wanted), reached, error: rounded(reached - wanted) };
  });
  const max = cells.reduce((most, { error }) => Math.max(most, Math.abs(error)), 0);
  return {
    attributes: target.of.map((place) => attributes[place]?.name as string),
    source,
    unit,
    max_error: max,
    met: unit === 'counts' ? max === 0 : max < about.bound + NEAR,
    cells,
  };
}

function nameOf(attributes: Composition['attributes'], place: number | undefined, level: number): string {
  return attributes[place as number]?.levels[level] as string;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0;
}

function associationsOf(
  composition: Composition,
  count: number,
  tallies: CompositionTallies,
): AuditedAssociation[] {
  const problem = problemOf(composition, count);
  return tallies
    .pairs()
    .map(({ of, sizes, counts }): AuditedAssociation => {
      const [one, other] = of as [number, number];
      const wanted = pairAskedFor(problem, tallies, one, other);
      const columns = sizes[1] as number;
      const reached = rounded(cramersV(counts, columns));
      const target = wanted === undefined ? null : rounded(cramersV(wanted, columns));
      const names = [composition.attributes[one]?.name, composition.attributes[other]?.name] as [
        string,
        string,
      ];
      return {
        attributes: names,
        target,
        reached,
        error: target === null ? null : rounded(reached - target),
      };
    })
    .toSorted((a, b) => Number(a.target === null) - Number(b.target === null) || b.reached - a.reached);
}

/** The table of two attributes that was asked for, in a table, by shares that depend on one other, or by a sample. */
function pairAskedFor(
  { tables, attributes, sample }: ReturnType<typeof problemOf>,
  tallies: CompositionTallies,
  one: number,
  other: number,
): Float64Array | undefined {
  const table = tables.find(({ of }) => of.includes(one) && of.includes(other));
  if (table !== undefined) return marginal(table, [one, other]).values;
  const given = attributes[other]?.given;
  if (given?.on.length === 1 && given.on[0] === one) {
    const size = attributes[other]?.size as number;
    const parents = tallies.of([one]).counts;
    return given.shares.map((share, at) => share * (parents[Math.floor(at / size)] as number));
  }
  if (sample === undefined || !sample.of.includes(one) || !sample.of.includes(other)) return undefined;
  const [rows, columns] = [attributes[one]?.size as number, attributes[other]?.size as number];
  const values = new Float64Array(rows * columns);
  const width = sample.of.length;
  for (const [at, weight] of sample.weights.entries()) {
    const row = sample.levels[at * width + sample.of.indexOf(one)] as number;
    const column = sample.levels[at * width + sample.of.indexOf(other)] as number;
    values[row * columns + column] = (values[row * columns + column] as number) + weight;
  }
  return values;
}
