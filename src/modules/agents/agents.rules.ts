import { createRequire } from 'node:module';
import { InvalidSpecification } from './agents.errors.js';
import { localeOfCountry, type CountryLocale } from './data/locales.js';
import { citiesOf, findCity, nearCities, type City } from './generator/geography.js';
import { loadNames, type NameLists } from './generator/names.js';
import {
  normalForm,
  type NormalSpecification,
  type PopulationSpecification,
} from './population.specification.js';

/** A specification that can be fulfilled, with the real data to fulfil it. */
export interface ResolvedPopulation {
  readonly specification: NormalSpecification;
  readonly locale: CountryLocale;
  /** Where its agents live: the city asked for, or all of the country's. At least one. */
  readonly cities: readonly City[];
  readonly names: { readonly female: NameLists; readonly male: NameLists };
}

interface CountryCodes {
  isValid(code: string): boolean;
  getAlpha2Code(name: string, language: string): string | undefined;
}

const require = createRequire(import.meta.url);

/**
 * Checks a specification against real data, and brings what a generator needs. The normal form has the city's name as
 * the data spells it, so that `mexico city` and `Mexico City` are one population.
 * @throws InvalidSpecification naming the field that cannot be fulfilled, with what is accepted
 */
export async function resolvePopulation(specification: PopulationSpecification): Promise<ResolvedPopulation> {
  const normal = normalForm(specification);
  const { country } = normal;
  requireCountry(country);
  const cities = normal.city === null ? await citiesOf(country) : [await requireCity(country, normal.city)];
  if (cities.length === 0) refuse('country', `${country} has no city with a time zone`);
  const locale = localeOfCountry(country);
  const city = normal.city === null ? null : (cities[0]?.name ?? null);
  return { specification: { ...normal, city }, locale, cities, names: await loadNames(locale) };
}

/** @throws InvalidSpecification naming the field, where it is no ISO 3166-1 alpha-2 code */
export function requireCountry(country: string): void {
  // Loaded on first use: it brings the names of all countries in all languages.
  const codes = require('i18n-iso-countries') as CountryCodes;
  if (/^[A-Z]{2}$/u.test(country) && codes.isValid(country)) return;
  const meant = codes.getAlpha2Code(country, 'en');
  const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  refuse('country', `is an ISO 3166-1 alpha-2 code such as MX; ${country} is none${hint}`);
}

async function requireCity(country: string, name: string): Promise<City> {
  const city = await findCity(country, name);
  return city ?? refuse('city', await unknownCity(country, name));
}

/** What is to be said of a city that a country does not have. */
export async function unknownCity(country: string, name: string): Promise<string> {
  const near = await nearCities(country, name);
  const hint = near.length === 0 ? '' : ` (near matches: ${near.join(', ')})`;
  return `is a city of ${country}; ${name} is not known there${hint}`;
}

function refuse(field: string, message: string): never {
  throw new InvalidSpecification([{ field, message }]);
}
