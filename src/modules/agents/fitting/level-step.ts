import type { RandomStream } from '../../../engine/random.js';
import { roundControlled, settleSums } from './controlled-rounding.js';
import { total } from './count-table.js';
import type { FitStep } from './fit-order.js';
import { Unfittable, type FitAttribute, type FitProblem } from './fit-problem.js';
import { cellOfLevels, groupPeople, type Groups } from './groups.js';
import { rake, type Cells } from './proportional-fitting.js';

/** Shares of an attribute's levels for combinations of others. */
type SharesOf = (levels: readonly number[]) => Float64Array | undefined;

const NEAR = 1e-6;

/** Gives everybody a level of one attribute. */
export class LevelStep {
  private readonly attribute: FitAttribute;
  private readonly radixes: readonly number[];
  private readonly groups: Groups;
  private readonly size: number;

  constructor(
    private readonly problem: FitProblem,
    private readonly step: FitStep,
    private readonly core: Cells | undefined,
    levels: readonly Uint8Array[],
    private readonly stream: RandomStream,
  ) {
    const { attributes, count } = problem;
    const sizeOf = (place: number): number => (attributes[place] as FitAttribute).size;
    this.attribute = attributes[step.attribute] as FitAttribute;
    this.size = this.attribute.size;
    this.radixes = step.on.map(sizeOf);
    const columns = step.on.map((place) => levels[place] as Uint8Array);
    this.groups = groupPeople(count, columns, this.radixes);
  }

  run(): Uint8Array {
    const counts = this.attribute.given === undefined ? this.fitted() : this.conditional();
    return this.handOut(counts);
  }

  /** Whole numbers of people for each group and level, from shares that depend on the group alone. */
  private conditional(): Int32Array {
    const { shares } = this.attribute.given as NonNullable<FitAttribute['given']>;
    const { levels, sizes } = this.groups;
    const values = new Float64Array(levels.length * this.size);
    for (const [group, own] of levels.entries()) {
      const row = cellOfLevels(own, this.radixes);
      for (let level = 0; level < this.size; level += 1)
        values[group * this.size + level] =
          (sizes[group] as number) * (shares[row * this.size + level] as number);
    }
    return this.whole({ rows: levels.length, values, support: values.slice() }, sizes, undefined);
  }

  /** First whole numbers for the table that has to be met, then those of finer groups within them. */
  private fitted(): Int32Array {
    const { step, groups } = this;
    const counts = step.table?.counts;
    const stratumOf = (counts?.of ?? []).slice(0, -1).map((attribute) => step.on.indexOf(attribute));
    const radixes = stratumOf.map((place) => this.radixes[place] as number);
    const strataKeys = groups.levels.map((levels) =>
      cellOfLevels(
        stratumOf.map((place) => levels[place] as number),
        radixes,
      ),
    );
    const strata = [...new Set(strataKeys)].toSorted((a, b) => a - b);
    const strataCounts = this.metTable(strata, strataKeys, counts?.values ?? this.marginOrFlat());
    const isTable = this.core === undefined || !this.core.of.includes(step.attribute);
    if (isTable && strata.length === groups.levels.length) return strataCounts;
    return this.withinStrata(strata, strataKeys, strataCounts);
  }

  private marginOrFlat(): Float64Array {
    return this.attribute.margin?.values ?? new Float64Array(this.size).fill(1);
  }

  private metTable(
    strata: readonly number[],
    strataKeys: readonly number[],
    table: Float64Array,
  ): Int32Array {
    const { size } = this;
    const rowOf = new Map(strata.map((stratum, row) => [stratum, row]));
    const people = new Int32Array(strata.length);
    for (const [group, stratum] of strataKeys.entries()) {
      const row = rowOf.get(stratum) as number;
      people[row] = (people[row] as number) + (this.groups.sizes[group] as number);
    }
    const values = new Float64Array(strata.length * size);
    for (const [row, stratum] of strata.entries()) {
      const shares = table.subarray(stratum * size, (stratum + 1) * size);
      const sum = total(shares);
      if (sum === 0) throw this.unmet();
      for (let level = 0; level < size; level += 1)
        values[row * size + level] = ((people[row] as number) * (shares[level] as number)) / sum;
    }
    const margin = this.attribute.margin?.values;
    const support = values.slice();
    if (margin !== undefined) rake({ rows: strata.length, columns: size, values }, people, margin);
    return this.whole({ rows: strata.length, values, support }, people, margin);
  }

  /** Divides the numbers of a stratum among its groups by their shares in the fitted combinations. */
  private withinStrata(
    strata: readonly number[],
    strataKeys: readonly number[],
    strataCounts: Int32Array,
  ): Int32Array {
    const { size, groups } = this;
    const result = new Int32Array(groups.levels.length * size);
    const sharesOf = this.coreShares();
    const members = new Map<number, number[]>(strata.map((stratum) => [stratum, []]));
    for (const [group, stratum] of strataKeys.entries()) members.get(stratum)?.push(group);
    for (const [row, stratum] of strata.entries()) {
      const inside = members.get(stratum) as number[];
      const wanted = strataCounts.subarray(row * size, (row + 1) * size);
      const people = inside.map((group) => groups.sizes[group] as number);
      const values = new Float64Array(inside.length * size);
      for (const [at, group] of inside.entries()) {
        const shares = this.sharesWithin(sharesOf(groups.levels[group] as readonly number[]), wanted);
        for (let level = 0; level < size; level += 1)
          values[at * size + level] = (people[at] as number) * (shares[level] as number);
      }
      const matrix = { rows: inside.length, columns: size, values };
      const support = values.slice();
      rake(matrix, people, wanted);
      const counts = roundControlled(matrix, this.stream);
      // A margin goes before what the sample has seen: people of another combination, where there is no other way.
      const seen = (at: number): boolean => (support[at] as number) > 0;
      const may = (at: number): boolean => (wanted[at % size] as number) > 0;
      if (!settleSums(counts, people, wanted, seen) && !settleSums(counts, people, wanted, may))
        throw this.unmet();
      for (const [at, group] of inside.entries())
        result.set(counts.subarray(at * size, (at + 1) * size), group * size);
    }
    return result;
  }

  /** Shares that give nobody a level that the stratum does not have. */
  private sharesWithin(shares: Float64Array | undefined, wanted: Int32Array): Float64Array {
    const masked = Float64Array.from(wanted, (people, level) => (people > 0 ? (shares?.[level] ?? 0) : 0));
    const sum = total(masked);
    if (sum > 0) return masked.map((share) => share / sum);
    const all = total(wanted);
    return Float64Array.from(wanted, (people) => people / all);
  }

  private coreShares(): SharesOf {
    const { core, size, step } = this;
    if (core === undefined) return () => undefined;
    const places = step.on.map((attribute) => core.of.indexOf(attribute));
    const own = core.of.indexOf(step.attribute);
    const width = core.of.length;
    const shares = new Map<string, Float64Array>();
    for (const [cell, weight] of core.weights.entries()) {
      const levels = core.levels.subarray(cell * width, (cell + 1) * width);
      // A text, since a sample may have more combinations than a number can tell apart.
      const key = places.map((place) => levels[place]).join(' ');
      const row = shares.get(key) ?? new Float64Array(size);
      shares.set(key, row);
      const level = levels[own] as number;
      row[level] = (row[level] as number) + weight;
    }
    return (levels) => shares.get(levels.join(' '));
  }

  /** Rounds numbers of people; rows have their sums, and columns those of the margin where it has whole ones. */
  private whole(
    { rows, values, support }: { rows: number; values: Float64Array; support: Float64Array },
    people: ArrayLike<number>,
    margin: Float64Array | undefined,
  ): Int32Array {
    const { size } = this;
    const counts = roundControlled({ rows, columns: size, values }, this.stream);
    const sums = new Int32Array(size);
    for (const [at, count] of counts.entries()) sums[at % size] = (sums[at % size] as number) + count;
    if (margin !== undefined) useWhole(sums, margin, this.problem.count);
    if (!settleSums(counts, people, sums, (at) => (support[at] as number) > 0)) throw this.unmet();
    return counts;
  }

  private unmet(): Unfittable {
    const { step } = this;
    const subject =
      step.table === undefined
        ? ({ kind: 'margin', attribute: step.attribute } as const)
        : ({ kind: 'table', table: step.table.from } as const);
    return new Unfittable(
      subject,
      `has no solution in whole people together with the numbers of ${this.attribute.name}`,
    );
  }

  /** Deals the levels of each group among its people, everybody with the same chance. */
  private handOut(counts: Int32Array): Uint8Array {
    const { size, stream, groups } = this;
    const left = Int32Array.from(groups.sizes);
    const levels = new Uint8Array(this.problem.count);
    for (let person = 0; person < levels.length; person += 1) {
      const group = groups.of[person] as number;
      let draw = stream.below(left[group] as number);
      let at = group * size;
      while (draw >= (counts[at] as number)) draw -= counts[at++] as number;
      counts[at] = (counts[at] as number) - 1;
      left[group] = (left[group] as number) - 1;
      levels[person] = at - group * size;
    }
    return levels;
  }
}

/** Sums of columns as their margin wants them; where the margin has fractions, a neighbour, so that all are `count`. */
function useWhole(sums: Int32Array, margin: Float64Array, count: number): void {
  for (const [level, wanted] of margin.entries()) {
    const low = Math.floor(wanted + NEAR);
    const high = Math.ceil(wanted - NEAR);
    sums[level] = Math.min(Math.max(sums[level] as number, low), high);
  }
  let gap = count - total(sums);
  for (const [level, wanted] of margin.entries()) {
    const low = Math.floor(wanted + NEAR);
    const high = Math.ceil(wanted - NEAR);
    if (gap > 0 && (sums[level] as number) < high) {
      sums[level] = (sums[level] as number) + 1;
      gap -= 1;
    } else if (gap < 0 && (sums[level] as number) > low) {
      sums[level] = (sums[level] as number) - 1;
      gap += 1;
    }
  }
}
