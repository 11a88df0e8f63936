import type { AgentProfile } from '../agent.profile.js';
import type { Composition } from '../composition/composition.js';
import { givenNumbers } from '../composition/joint-numbers.js';
import { combinations } from '../fitting/count-table.js';
import { levelReader } from './level-reader.js';

/** The most attributes of which every pair is looked at, asked for or not. */
const MAX_FOR_ALL_PAIRS = 12;

/** How many agents have each combination of levels of some attributes. */
export class LevelTally {
  readonly counts: Int32Array;

  /** @param of places of attributes @param sizes how many levels each has */
  constructor(
    readonly of: readonly number[],
    readonly sizes: readonly number[],
  ) {
    this.counts = new Int32Array(combinations(sizes));
  }

  add(levels: ArrayLike<number>): void {
    let cell = 0;
    for (const [at, attribute] of this.of.entries()) {
      const level = levels[attribute] as number;
      if (level < 0) return;
      cell = cell * (this.sizes[at] as number) + level;
    }
    this.counts[cell] = (this.counts[cell] as number) + 1;
  }
}

/** Counts agents by everything that a composition gives numbers for, from their profiles alone. */
export class CompositionTallies {
  private readonly readers;
  private readonly levels: Int32Array;
  private readonly tallies = new Map<string, LevelTally>();

  constructor(private readonly composition: Composition) {
    const { attributes, sample } = composition;
    this.readers = attributes.map(levelReader);
    this.levels = new Int32Array(attributes.length);
    for (const place of attributes.keys()) this.want([place]);
    for (const { table } of givenNumbers(composition)) {
      this.want(table.of);
      this.wantPairs(table.of);
    }
    for (const [place, { given }] of attributes.entries()) {
      const parents = given.map((name) => this.placeOf(name));
      if (given.length > 0) this.want([...parents, place]);
      this.want(parents);
      for (const parent of parents) this.want([parent, place]);
    }
    if (sample !== null) this.wantPairs(sample.of.map((name) => this.placeOf(name)));
    if (attributes.length <= MAX_FOR_ALL_PAIRS) this.wantPairs([...attributes.keys()]);
  }

  /** @returns whether every attribute had one of its levels */
  add(agent: AgentProfile): boolean {
    for (const [place, read] of this.readers.entries()) this.levels[place] = read(agent);
    for (const tally of this.tallies.values()) tally.add(this.levels);
    return !this.levels.includes(-1);
  }

  /** @param of in the order of the table that it is held against */
  of(of: readonly number[]): LevelTally {
    return this.tallies.get(of.join(' ')) as LevelTally;
  }

  /** Every pair that was counted. */
  pairs(): LevelTally[] {
    return [...this.tallies.values()].filter((tally) => tally.of.length === 2);
  }

  placeOf(name: string): number {
    return this.composition.attributes.findIndex((each) => each.name === name);
  }

  private wantPairs(of: readonly number[]): void {
    for (const [at, one] of of.entries())
      for (const other of of.slice(at + 1)) if (!this.tallies.has(`${other} ${one}`)) this.want([one, other]);
  }

  private want(of: readonly number[]): void {
    const sizes = of.map((place) => this.composition.attributes[place]?.levels.length as number);
    const key = of.join(' ');
    if (of.length > 0 && !this.tallies.has(key)) this.tallies.set(key, new LevelTally(of, sizes));
  }
}
