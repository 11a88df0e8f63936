import type { RandomStream } from '../../../engine/random.js';
import { MAX_AGE, MIN_AGE, type PostingCadence } from '../agent.profile.js';
import {
  AGE_SHAPE,
  BIAS_COUNT_SHARES,
  BIAS_SHARES,
  CADENCES_BY_AGE,
  TONE_SHARES,
} from '../data/behaviours.js';
import { WeightedTable } from './weighted.js';

/** How people write, where nothing is said of it. */
export const TONE_TABLE = new WeightedTable(TONE_SHARES);
const BIAS_TABLE = new WeightedTable(BIAS_SHARES);
const BIAS_COUNT_TABLE = new WeightedTable(BIAS_COUNT_SHARES);
const CADENCE_TABLES = CADENCES_BY_AGE.map(({ until, shares }) => ({
  until,
  table: new WeightedTable(shares),
}));

/** Every age of a range, with how common it is among people who use social networks. */
export function ageWeights([min, max]: readonly [number, number]): [age: number, weight: number][] {
  const ages: [number, number][] = [];
  for (let age = Math.max(min, MIN_AGE); age <= Math.min(max, MAX_AGE); age += 1)
    ages.push([age, ageWeight(age)]);
  return ages;
}

function ageWeight(age: number): number {
  const next = Math.max(
    1,
    AGE_SHAPE.findIndex(([at]) => age <= at),
  );
  const [fromAge, fromWeight] = AGE_SHAPE[next - 1] as readonly [number, number];
  const [toAge, toWeight] = AGE_SHAPE[next] as readonly [number, number];
  return fromWeight + ((toWeight - fromWeight) * (age - fromAge)) / (toAge - fromAge);
}

/** How often somebody of an age posts. @param unit a number in [0, 1) */
export function cadenceAt(age: number, unit: number): PostingCadence {
  const band = CADENCE_TABLES.find(({ until }) => age <= until);
  if (band === undefined) throw new RangeError(`no cadence at the age of ${age}`);
  return band.table.pick(unit);
}

/** One to three biases. */
export function drawBiases(stream: RandomStream): string[] {
  const count = BIAS_COUNT_TABLE.pick(stream.unit());
  const biases: string[] = [];
  while (biases.length < count) {
    const bias = BIAS_TABLE.pick(stream.unit());
    if (!biases.includes(bias)) biases.push(bias);
  }
  return biases;
}
