import { InvalidSpecification } from '../agents.errors.js';
import { requireCountry, unknownCity } from '../agents.rules.js';
import { LANGUAGES, localeOfCountry, localeOfTag, type CountryLocale } from '../data/locales.js';
import { citiesOf, findCity, type City } from '../generator/geography.js';
import { loadNames, type NameLists } from '../generator/names.js';
import type { NormalSpecification } from '../population.specification.js';
import type { ComposedAttribute, Composition } from './composition.js';
import { Findings } from './findings.js';

export type ComposedSpecification = NormalSpecification & { readonly composition: Composition };

/** Where people of a level live. */
export interface Place {
  readonly country: string;
  /** One city, or all of the country's that have no level of their own. */
  cities: readonly City[];
  /** Whether its level names a country. */
  readonly whole: boolean;
}

/** A composition that can be fulfilled, with the real data to fulfil it. */
export interface ResolvedComposition {
  readonly specification: ComposedSpecification;
  /** For each level of `place`; one for all where there is no such attribute. */
  readonly places: readonly Place[];
  /** For each level of `locale`; empty where it follows from the country. */
  readonly locales: readonly CountryLocale[];
  /** By the key of the name data. */
  readonly names: ReadonlyMap<string, { readonly female: NameLists; readonly male: NameLists }>;
}

/**
 * Looks up places and names. The levels of `place` become `MX/Mexico City` or `MX`, so that two spellings are one
 * population.
 * @throws InvalidComposition naming what the data does not have
 */
export async function resolveComposition(specification: ComposedSpecification): Promise<ResolvedComposition> {
  const { composition, country } = specification;
  const findings = new Findings();
  const place = composition.attributes.find(({ name }) => name === 'place');
  const locale = composition.attributes.find(({ name }) => name === 'locale');
  const places = await Promise.all(
    (place?.levels ?? [country]).map((level) =>
      placeOf(level, country, place === undefined ? ['country'] : pathOf(place, level), findings),
    ),
  );
  for (const [at, each] of places.entries()) withoutOthers(each, places.toSpliced(at, 1));
  for (const [at, each] of places.entries())
    if (each.cities.length === 0 && place !== undefined && !findings.some)
      findings.add(
        pathOf(place, place.levels[at] as string),
        'has no city but those that stand there themselves',
      );
  const locales = (locale?.levels ?? []).map((level) => {
    const found = localeOfTag(level);
    if (found === undefined && locale !== undefined)
      findings.add(
        pathOf(locale, level),
        `is a language with a country such as es-MX; languages are ${LANGUAGES.join(', ')}`,
      );
    return found ?? localeOfCountry(country);
  });
  const spelled = places.map(spelling);
  const twice = spelled.findIndex((each, at) => spelled.indexOf(each) !== at);
  if (place !== undefined && twice >= 0)
    findings.add(
      pathOf(place, place.levels[twice] as string),
      `is ${spelled[twice] as string}, which is there already`,
    );
  findings.raise();
  const attributes = composition.attributes.map((each) =>
    each === place ? { ...each, levels: spelled } : each,
  );
  const spoken = locales.length > 0 ? locales : places.map((each) => localeOfCountry(each.country));
  return {
    specification: { ...specification, composition: { ...composition, attributes } },
    places,
    locales,
    names: new Map(
      await Promise.all(spoken.map(async (each) => [each.names, await loadNames(each)] as const)),
    ),
  };
}

function pathOf({ name, unit, given }: ComposedAttribute, level: string): PropertyKey[] {
  return unit === null || given.length > 0 ? ['attributes', name] : ['attributes', name, unit, level];
}

/** How a resolved place is written. */
function spelling({ country, cities, whole }: Place): string {
  return whole ? country : `${country}/${cities[0]?.name ?? ''}`;
}

/** A country beside some of its cities means the rest of it. */
function withoutOthers(place: Place, others: readonly Place[]): void {
  if (!place.whole) return;
  const own = others.filter(({ country, whole }) => country === place.country && !whole);
  const named = new Set(own.map(({ cities }) => cities[0]?.name));
  place.cities = place.cities.filter(({ name }) => !named.has(name));
}

async function placeOf(
  level: string,
  home: string,
  path: readonly PropertyKey[],
  findings: Findings,
): Promise<Place> {
  const [, prefix, name] = /^(?:([A-Z]{2})\/)?(.+)$/su.exec(level) ?? [];
  const whole = prefix === undefined && /^[A-Z]{2}$/u.test(level);
  const country = whole ? level : (prefix ?? home);
  try {
    requireCountry(country);
  } catch (error) {
    if (!(error instanceof InvalidSpecification)) throw error;
    findings.add(path, error.issues[0]?.message ?? error.message);
    return { country, cities: [], whole };
  }
  if (whole) {
    const cities = await citiesOf(country);
    if (cities.length === 0) findings.add(path, `${country} has no city with a time zone`);
    return { country, cities, whole };
  }
  const city = await findCity(country, name ?? level);
  if (city === undefined) findings.add(path, await unknownCity(country, name ?? level));
  return { country, cities: city === undefined ? [] : [city], whole };
}
