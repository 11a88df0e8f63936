import type { RandomKey } from '../../../engine/random.js';
import type { CountryLocale } from '../data/locales.js';
import { KeyedPermutation } from './permutation.js';
import { foldToAscii } from './text.js';

/** Names of one gender, as the locale's data lists them. */
export interface NameLists {
  readonly given: readonly string[];
  readonly family: readonly string[];
}

/** A name and the parts of it that a handle can be made of: ASCII, empty where the script is not Latin. */
export interface PersonName {
  full: string;
  givenHandle: string;
  familyHandle: string;
}

interface GenderedList {
  female?: readonly string[];
  male?: readonly string[];
  generic?: readonly string[];
}

interface NameData {
  readonly faker: { rawDefinitions: { person?: { first_name?: GenderedList; last_name?: GenderedList } } };
}

/** How names are put together where it is not "given family". */
const FAMILY_FIRST = new Set(['hu', 'ja', 'ko', 'vi', 'zh']);
const WITHOUT_SPACE = new Set(['ko', 'zh']);
const TWO_FAMILY_NAMES = new Set(['es', 'pt']);

/**
 * The given and family names of a locale, coherent with one gender. Loads the data of that locale alone.
 * @returns lists of different names; male lists leave out the names that are also in the female one, so that a
 * population of both has no full name twice
 */
export async function loadNames(locale: CountryLocale): Promise<{ female: NameLists; male: NameLists }> {
  const { faker } = (await import(`@faker-js/faker/locale/${locale.names}`)) as NameData;
  const { first_name: first, last_name: last } = faker.rawDefinitions.person ?? {};
  const female = namesOf(locale, listOf(first, 'female'), listOf(last, 'female'));
  const male = namesOf(locale, listOf(first, 'male'), listOf(last, 'male'));
  if (female.given.length === 0 || male.family.length === 0) throw new Error(`no names for ${locale.names}`);
  const taken = new Set(female.given);
  const others = male.given.filter((name) => !taken.has(name));
  if (others.length > 0) return { female, male: { ...male, given: others } };
  // One list for both: every second name goes to either, since the data does not tell them apart.
  const half = (rest: number): string[] => female.given.filter((_, index) => index % 2 === rest);
  return { female: { ...female, given: half(0) }, male: { ...male, given: half(1) } };
}

function listOf(lists: GenderedList | undefined, gender: 'female' | 'male'): readonly string[] {
  return lists?.[gender] ?? lists?.generic ?? [];
}

const ONE_WORD = /^[^\s.]+$/u;
const ONE_CHARACTER = /^.$/u;

/** Leaves out the names with which two different combinations could read the same. */
function namesOf(locale: CountryLocale, given: readonly string[], family: readonly string[]): NameLists {
  const familyFirst = FAMILY_FIRST.has(locale.language);
  const familyForm = WITHOUT_SPACE.has(locale.language) ? ONE_CHARACTER : ONE_WORD;
  return {
    given: [...new Set(given)].filter((name) => familyFirst || ONE_WORD.test(name)),
    family: [...new Set(family)].filter((name) => familyForm.test(name)),
  };
}

/**
 * Gives each rank a full name of its own, for as long as the locale has combinations: with a second family name where
 * that is usual, and with a second given or family name where the population is larger than the plain combinations.
 */
export class NamePool {
  private readonly order: KeyedPermutation;
  private readonly givenHandles: readonly string[];
  private readonly familyHandles: readonly string[];
  private readonly familyFirst: boolean;
  private readonly space: string;
  private readonly twoGiven: boolean;
  private readonly twoFamily: boolean;

  /** @param count how many ranks are asked for */
  constructor(
    private readonly lists: NameLists,
    locale: CountryLocale,
    count: number,
    key: RandomKey,
  ) {
    const given = lists.given.length;
    const family = lists.family.length;
    this.familyFirst = FAMILY_FIRST.has(locale.language);
    this.space = WITHOUT_SPACE.has(locale.language) ? '' : ' ';
    let size = given * family;
    const widen = (more: number): boolean => {
      if (more < 1) return false;
      size *= more;
      return true;
    };
    const usual = TWO_FAMILY_NAMES.has(locale.language);
    const mayWiden = this.space !== '';
    const wanted = (): boolean => mayWiden && size < count;
    const familyTwice = usual || (this.familyFirst && wanted());
    this.twoFamily = familyTwice && widen(family - 1);
    this.twoGiven = !this.familyFirst && wanted() && widen(given - 1);
    if (!this.twoFamily && wanted()) this.twoFamily = widen(family - 1);
    this.order = new KeyedPermutation(size, key);
    this.givenHandles = lists.given.map(foldToAscii);
    this.familyHandles = lists.family.map(foldToAscii);
  }

  /** How many different full names there are. */
  get size(): number {
    return this.order.size;
  }

  /**
   * @param rank an integer ≥ 0; ranks below `size` get different names
   * @param out receives the name
   */
  at(rank: number, out: PersonName): void {
    const { given, family } = this.lists;
    let place = this.order.at(rank % this.order.size);
    const take = (choices: number): number => {
      const digit = place % choices;
      place = (place - digit) / choices;
      return digit;
    };
    const first = take(given.length);
    const last = take(family.length);
    let givenNames = given[first] as string;
    let familyNames = family[last] as string;
    // The second of a pair is counted from its first, so that nobody is called "Ana Ana".
    if (this.twoFamily) {
      const second = (last + 1 + take(family.length - 1)) % family.length;
      familyNames = `${familyNames} ${family[second] as string}`;
    }
    if (this.twoGiven) {
      const second = (first + 1 + take(given.length - 1)) % given.length;
      givenNames = `${givenNames} ${given[second] as string}`;
    }
    out.full = this.familyFirst
      ? familyNames + this.space + givenNames
      : givenNames + this.space + familyNames;
    out.givenHandle = this.givenHandles[first] as string;
    out.familyHandle = this.familyHandles[last] as string;
  }
}
