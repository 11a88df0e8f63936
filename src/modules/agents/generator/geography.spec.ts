import { describe, expect, it } from 'vitest';
import { citiesOf, findCity, nearCities } from './geography.js';

describe('geography', () => {
  it('lists the cities of a country with zone and population, the largest first', async () => {
    const cities = await citiesOf('MX');
    expect(cities[0]).toMatchObject({ name: 'Mexico City', timezone: 'America/Mexico_City' });
    expect(new Set(cities.map(({ name }) => name)).size).toBe(cities.length);
  });

  it.each([
    ['MX', 'mexico  CITY', 'Mexico City'],
    ['MX', 'Ciudad de México', 'Mexico City'],
    ['MX', 'ciudad juarez', 'Ciudad Juárez'],
    ['JP', '東京', 'Tokyo'],
    ['CA', "St. John's", 'St. John’s'],
  ])('finds in %s %s as %s', async (country, written, name) => {
    expect((await findCity(country, written))?.name).toBe(name);
  });

  it('gives a small place the zone of the nearest city that has one', async () => {
    expect(await findCity('MX', 'Rosarito')).toMatchObject({ timezone: 'America/Tijuana' });
    expect(await findCity('JE', 'Saint Helier')).toMatchObject({ timezone: 'Europe/Jersey' });
  });

  it('does not find a city of another country, and names near ones', async () => {
    expect(await findCity('ES', 'Mexico City')).toBeUndefined();
    expect(await findCity('MX', '---')).toBeUndefined();
    expect(await nearCities('MX', 'Mexico Cty')).toEqual(['Mexico City']);
    expect(await nearCities('MX', 'Guadlajara')).toContain('Guadalajara');
    expect(await nearCities('MX', 'Xyzzyplugh')).toEqual([]);
  });
});
