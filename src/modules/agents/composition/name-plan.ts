import type { RandomKey } from '../../../engine/random.js';
import type { Gender } from '../agent.profile.js';
import type { CountryLocale } from '../data/locales.js';
import { GenderPlan } from '../generator/gender-plan.js';
import { subkey } from '../generator/identifiers.js';
import { NamePool, type PersonName } from '../generator/names.js';
import type { FittedLevels } from './fit-composition.js';
import type { ResolvedComposition } from './resolve-composition.js';

const SIDES = ['female', 'male'] as const;

/** Who is called what: names of one's gender and locale, each full name of a list once. */
export class NamePlan {
  private readonly ranks: Uint32Array;
  private readonly poolOf: Uint16Array;
  private readonly pools: readonly NamePool[];

  /**
   * @param genderOf the gender of an agent
   * @param localeOf what an agent speaks
   */
  constructor(
    { names }: ResolvedComposition,
    count: number,
    about: { genderOf: (index: number) => Gender; localeOf: (index: number) => CountryLocale },
    key: RandomKey,
  ) {
    const keys = [...names.keys()];
    const placeOf = new Map(keys.map((each, place) => [each, place]));
    this.ranks = new Uint32Array(count);
    this.poolOf = new Uint16Array(count);
    const sizes = new Uint32Array(keys.length * 2);
    const locales = new Map<string, CountryLocale>();
    let others = 0;
    for (let index = 0; index < count; index += 1) {
      const locale = about.localeOf(index);
      locales.set(locale.names, locale);
      const gender = about.genderOf(index);
      // Names have two genders in the data: whoever is neither has one of either, in turn.
      const male = gender === 'male' || (gender !== 'female' && others++ % 2 === 1);
      const pool = 2 * (placeOf.get(locale.names) as number) + (male ? 1 : 0);
      this.poolOf[index] = pool;
      this.ranks[index] = sizes[pool] as number;
      sizes[pool] = (sizes[pool] as number) + 1;
    }
    this.pools = keys.flatMap((each, place) =>
      SIDES.map((side, at) => {
        const pool = 2 * place + at;
        const lists = (names.get(each) as NonNullable<ReturnType<typeof names.get>>)[side];
        const locale = locales.get(each) ?? {
          names: each,
          language: each.split('_', 1)[0] as string,
          tag: '',
        };
        return new NamePool(lists, locale, Math.max(1, sizes[pool] as number), subkey(key, pool + 1));
      }),
    );
  }

  at(index: number, out: PersonName): void {
    this.pools[this.poolOf[index] as number]?.at(this.ranks[index] as number, out);
  }
}

/** The gender of every agent: as its level says, or in the shares of a population of which nothing is said. */
export function genderPlan(
  { specification }: ResolvedComposition,
  levels: FittedLevels,
  key: RandomKey,
): (index: number) => Gender {
  const { attributes } = specification.composition;
  const place = attributes.findIndex(({ name }) => name === 'gender');
  if (place < 0) {
    const plan = new GenderPlan('unspecified', specification.count, key);
    return (index) => plan.at(index).gender;
  }
  const genders = attributes[place]?.levels as readonly Gender[];
  const own = levels[place] as Uint8Array;
  return (index) => genders[own[index] as number] as Gender;
}
