import type { AgentProfile } from '../agent.profile.js';
import { localeOfCountry, localeOfTag } from '../data/locales.js';
import { citiesOf, findCity } from '../generator/geography.js';
import { loadNames, type NameLists } from '../generator/names.js';

const MAX_EXAMPLES = 3;

export const COHERENCE_RULES = {
  place: 'the city is one of the country, and the time zone is the city’s',
  locale: 'the locale is a language that there are names in, and the country’s where no other was asked for',
  name: 'the name is of the locale and of the gender',
  interests: 'two to five interests, and none twice',
  attributes: 'every attribute has one of its levels',
} as const;
export type CoherenceRule = keyof typeof COHERENCE_RULES;

/** How often a rule was broken, and by whom. */
export interface Violation {
  rule: CoherenceRule;
  means: string;
  count: number;
  /** Ids of agents. */
  examples: string[];
}

/** Holds agents against the data that they should be of: whether they fit together, not how many there are. */
export class Coherence {
  private readonly found = new Map<CoherenceRule, Violation>();
  private readonly cities = new Map<string, Map<string, string>>();
  private readonly names = new Map<string, { female: Set<string>; male: Set<string> }>();

  /** @param options `locales`: some were asked for that need not be the country's; `names`: they are from the lists */
  constructor(private readonly options: { locales: boolean; names: boolean }) {
    for (const [rule, means] of Object.entries(COHERENCE_RULES) as [CoherenceRule, string][])
      this.found.set(rule, { rule, means, count: 0, examples: [] });
  }

  /** @param whole whether every attribute had one of its levels */
  async check(agent: AgentProfile, whole: boolean): Promise<void> {
    const { interests } = agent;
    if (!(await this.isPlace(agent))) this.note('place', agent);
    if (!this.isLocale(agent)) this.note('locale', agent);
    if (this.options.names && !(await this.isName(agent))) this.note('name', agent);
    if (interests.length < 2 || interests.length > 5 || new Set(interests).size < interests.length)
      this.note('interests', agent);
    if (!whole) this.note('attributes', agent);
  }

  violations(): Violation[] {
    return [...this.found.values()];
  }

  private note(rule: CoherenceRule, { id }: AgentProfile): void {
    const violation = this.found.get(rule) as Violation;
    violation.count += 1;
    if (violation.examples.length < MAX_EXAMPLES) violation.examples.push(id);
  }

  private async isPlace({ country, city, timezone }: AgentProfile): Promise<boolean> {
    let known = this.cities.get(country);
    if (known === undefined) {
      known = new Map((await citiesOf(country)).map((each) => [each.name, each.timezone]));
      this.cities.set(country, known);
    }
    if (!known.has(city)) known.set(city, (await findCity(country, city))?.timezone ?? '');
    return timezone !== '' && known.get(city) === timezone;
  }

  private isLocale({ locale, country }: AgentProfile): boolean {
    return this.options.locales ? localeOfTag(locale) !== undefined : localeOfCountry(country).tag === locale;
  }

  private async isName({ name, gender, locale, country }: AgentProfile): Promise<boolean> {
    const spoken = this.options.locales ? localeOfTag(locale) : localeOfCountry(country);
    if (spoken === undefined) return false;
    let lists = this.names.get(spoken.names);
    if (lists === undefined) {
      const { female, male } = await loadNames(spoken);
      lists = { female: setOf(female), male: setOf(male) };
      this.names.set(spoken.names, lists);
    }
    const parts = name.includes(' ') ? [name, ...name.split(' ')] : [name, name.slice(1)];
    // A given name of two words stands beside family names of one.
    const has = (set: ReadonlySet<string>): boolean =>
      parts.some((part) => set.has(part)) ||
      [...set].some((given) => given.includes(' ') && name.includes(given));
    if (gender === 'female' || gender === 'male') return has(lists[gender]);
    return has(lists.female) || has(lists.male);
  }
}

function setOf({ given }: NameLists): Set<string> {
  return new Set(given);
}
