import type { RandomKey } from '../../../engine/random.js';
import type { Gender } from '../agent.profile.js';
import { KeyedPermutation } from './permutation.js';

/** Whose names an agent's name is of, and the how-manieth of them it is. */
export interface GenderPlace {
  gender: Gender;
  names: 'female' | 'male';
  rank: number;
}

type Share = readonly [gender: Gender, names: 'female' | 'male', part: number];

/** The parts of a population by its specification's gender; women's names stand before men's. */
const SHARES: Readonly<Record<Gender, readonly Share[]>> = {
  female: [['female', 'female', 1]],
  male: [['male', 'male', 1]],
  non_binary: [
    ['non_binary', 'female', 0.5],
    ['non_binary', 'male', 0.5],
  ],
  unspecified: [
    ['female', 'female', 0.485],
    ['non_binary', 'female', 0.01],
    ['unspecified', 'female', 0.005],
    ['male', 'male', 0.485],
    ['non_binary', 'male', 0.01],
    ['unspecified', 'male', 0.005],
  ],
};

/** Gives every agent a gender so that the shares come out exactly, to rounding, and each name is given out once. */
export class GenderPlan {
  /** How many agents have a name of that list. */
  readonly femaleNames: number;
  readonly maleNames: number;
  private readonly order: KeyedPermutation;
  private readonly parts: readonly { until: number; gender: Gender; names: 'female' | 'male' }[];

  constructor(gender: Gender, count: number, key: RandomKey) {
    this.order = new KeyedPermutation(count, key);
    let sum = 0;
    this.parts = SHARES[gender].map(([of, names, part]) => {
      sum += part;
      return { until: Math.floor(sum * count + 0.5), gender: of, names };
    });
    this.femaleNames = this.parts.reduce((most, part) => (part.names === 'female' ? part.until : most), 0);
    this.maleNames = count - this.femaleNames;
  }

  at(index: number): GenderPlace {
    const place = this.order.at(index);
    const part = this.parts.find(({ until }) => place < until) ?? this.parts.at(-1);
    if (part === undefined) throw new RangeError(`agent ${index} is outside the plan`);
    const rank = part.names === 'female' ? place : place - this.femaleNames;
    return { gender: part.gender, names: part.names, rank };
  }
}
