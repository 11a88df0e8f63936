import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENDERS, POSTING_CADENCES, TONES, type AgentProfile } from './agent.profile.js';
import { createGenerator } from './create-generator.js';
import type { PopulationSpecification } from './population.specification.js';

const require = createRequire(import.meta.url);
const example: PopulationSpecification = {
  gender: 'female',
  count: 1000,
  country: 'MX',
  city: 'Mexico City',
  age_range: [18, 25],
  interests: ['street art', 'urban culture'],
  seed: '20241005',
};

function expectSound(agent: AgentProfile, specification: PopulationSpecification): void {
  expect(agent.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
  expect(agent.seed).toMatch(/^[\da-f]{16}$/u);
  expect(agent.name.length).toBeGreaterThan(1);
  expect(agent.username_hint).toMatch(/^[a-z0-9][a-z0-9._]{1,28}[a-z0-9]$/u);
  expect(agent.country).toBe(specification.country);
  expect(agent.locale).toMatch(new RegExp(`^[a-z]{2,3}(-Latn)?-${specification.country}$`, 'u'));
  expect(agent.timezone).toMatch(/^[A-Z]\w+\/[\w/+-]+$/u);
  const [min, max] = specification.age_range ?? [13, 90];
  expect(agent.age).toBeGreaterThanOrEqual(min);
  expect(agent.age).toBeLessThanOrEqual(max);
  expect(GENDERS).toContain(agent.gender);
  expect(POSTING_CADENCES).toContain(agent.posting_cadence);
  expect(TONES).toContain(agent.tone);
  expect(agent.bio.length).toBeGreaterThanOrEqual(60);
  expect(agent.bio.length).toBeLessThanOrEqual(160);
  expect(agent.bio).not.toMatch(/@|https?:|\d{4}/u);
  for (const list of [agent.interests, agent.behavioral_biases]) expect(new Set(list).size).toBe(list.length);
  expect(agent.interests.length).toBeGreaterThanOrEqual(2);
  expect(agent.interests.length).toBeLessThanOrEqual(5);
  expect(agent.behavioral_biases.length).toBeGreaterThanOrEqual(1);
  expect(agent.behavioral_biases.length).toBeLessThanOrEqual(3);
}

describe('PopulationGenerator', () => {
  it('makes exactly as many agents as asked for, sound and in the terms of the specification', async () => {
    const generator = await createGenerator(example);
    const agents = [...generator.profiles()];
    expect(agents).toHaveLength(1000);
    for (const agent of agents) {
      expectSound(agent, example);
      expect(agent).toMatchObject({
        gender: 'female',
        city: 'Mexico City',
        locale: 'es-MX',
        timezone: 'America/Mexico_City',
      });
      expect(agent.interests.some((interest) => example.interests?.includes(interest))).toBe(true);
    }
    expect(new Set(agents.flatMap(({ interests }) => interests)).size).toBeGreaterThan(50);
    expect(new Set(agents.map(({ age }) => age)).size).toBe(8);
    expect(new Set(agents.map(({ bio }) => bio)).size).toBeGreaterThan(500);
  });

  it('has the fields of the profile and no other, in their order', async () => {
    const generator = await createGenerator({ ...example, count: 1 });
    expect(Object.keys(generator.profile(0)).join(' ')).toBe(
      'id seed name username_hint country city locale timezone age gender interests bio posting_cadence tone behavioral_biases',
    );
  });

  it.each([
    ['MX', 'female'],
    ['US', 'unspecified'],
    ['BR', 'non_binary'],
    ['PK', 'male'],
    ['JP', 'unspecified'],
    ['VN', 'unspecified'],
  ] as const)('makes 50,000 different agents of %s (%s)', async (country, gender) => {
    const generator = await createGenerator({ gender, count: 50_000, country, seed: 's' });
    const ids = new Set<string>();
    const seeds = new Set<string>();
    const handles = new Set<string>();
    const names = new Set<string>();
    for (const agent of generator.profiles()) {
      ids.add(agent.id);
      seeds.add(agent.seed);
      handles.add(agent.username_hint);
      names.add(agent.name);
    }
    for (const set of [ids, seeds, handles, names]) expect(set.size).toBe(50_000);
  });

  it('is a pure function of specification and index, in any order', async () => {
    const [one, two] = [
      await createGenerator(example),
      await createGenerator({ ...example, city: 'mexico city' }),
    ];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 20 }), (order) => {
        const agents = order.map((index) => one.profile(index));
        expect(order.toReversed().map((index) => two.profile(index))).toEqual(agents.toReversed());
      }),
    );
    const chunked = [...one.chunks({ from: 10, to: 35, chunk: 7 })];
    expect(chunked.map((agents) => agents.length)).toEqual([7, 7, 7, 4]);
    expect(chunked.flat()[5]).toEqual(two.profile(15));
  });

  it('gives other agents for another seed or count', async () => {
    const base = await createGenerator(example);
    for (const change of [{ seed: '20241006' }, { count: 999 }]) {
      const other = await createGenerator({ ...example, ...change });
      expect(other.id).not.toBe(base.id);
      expect(other.profile(0).id).not.toBe(base.profile(0).id);
      const same = other.preview(100).filter((agent, index) => agent.name === base.profile(index).name);
      expect(same.length).toBeLessThan(5);
    }
  });

  it('refuses an index outside', async () => {
    const generator = await createGenerator(example);
    for (const index of [-1, 1000, 0.5]) expect(() => generator.profile(index)).toThrow(RangeError);
    expect(generator.preview(5000)).toHaveLength(1000);
  });

  it('holds for any specification that it accepts', async () => {
    const specification = fc.record({
      gender: fc.constantFrom(...GENDERS),
      count: fc.integer({ min: 1, max: 300 }),
      country: fc.constantFrom('MX', 'US', 'FR', 'CN', 'SA', 'NG', 'RS'),
      age_range: fc
        .tuple(fc.integer({ min: 13, max: 90 }), fc.integer({ min: 13, max: 90 }))
        .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
      interests: fc.array(fc.stringMatching(/^[a-z=+,"' ]{0,30}[a-z]$/u), { minLength: 1, maxLength: 50 }),
      seed: fc.stringMatching(/^\w{1,200}$/u),
    });
    await fc.assert(
      fc.asyncProperty(specification, async (given) => {
        const generator = await createGenerator(given);
        const agents = [...generator.profiles()];
        expect(agents).toHaveLength(given.count);
        for (const agent of agents) expectSound(agent, given);
        expect(new Set(agents.map((agent) => agent.username_hint)).size).toBe(given.count);
      }),
      { numRuns: 40 },
    );
  });
});

async function firstNames(gender: 'female' | 'male'): Promise<Set<string>> {
  const generator = await createGenerator({ gender, count: 2000, country: 'CZ', seed: '1' });
  return new Set([...generator.profiles()].map(({ name }) => name.split(' ')[0] as string));
}

describe('gender', () => {
  it('filters, and mixes in exact shares where nothing is specified', async () => {
    const generator = await createGenerator({ gender: 'unspecified', count: 2000, country: 'ES', seed: '1' });
    const counts = { female: 0, male: 0, non_binary: 0, unspecified: 0 };
    for (const agent of generator.profiles()) counts[agent.gender] += 1;
    expect(counts).toEqual({ female: 970, male: 970, non_binary: 40, unspecified: 20 });
  });

  it('gives coherent names: no first name of the women among the men', async () => {
    const [women, men] = [await firstNames('female'), await firstNames('male')];
    expect([...women].filter((name) => men.has(name))).toEqual([]);
    expect(women.has('Eva') || women.has('Jana')).toBe(true);
  });

  it.each(['female', 'male', 'non_binary'] as const)('keeps %s throughout', async (gender) => {
    const generator = await createGenerator({ gender, count: 200, country: 'DE', seed: '1' });
    expect(new Set([...generator.profiles()].map((agent) => agent.gender))).toEqual(new Set([gender]));
  });
});

describe('countries', () => {
  const codes = Object.keys((require('i18n-iso-countries') as { getAlpha2Codes(): object }).getAlpha2Codes());
  const without = ['AQ', 'BV', 'HM', 'UM'];

  it('all give sound agents of their own cities, except those without a city', async () => {
    for (const country of codes.filter((code) => !without.includes(code))) {
      const specification = { gender: 'unspecified', count: 20, country, seed: 'x' } as const;
      const generator = await createGenerator(specification);
      expect(generator.count).toBe(20);
      for (const agent of generator.profiles()) expectSound(agent, specification);
    }
  });

  it.each(without)('refuse %s with the reason', async (country) => {
    await expect(createGenerator({ ...example, country, city: undefined })).rejects.toMatchObject({
      kind: 'invalid',
      issues: [{ field: 'country', message: `${country} has no city with a time zone` }],
    });
  });

  it('draw cities by population', async () => {
    const generator = await createGenerator({ gender: 'female', count: 5000, country: 'MX', seed: '1' });
    const agents = [...generator.profiles()];
    const share = agents.filter(({ city }) => city === 'Mexico City').length / agents.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.4);
    expect(new Set(agents.map(({ city }) => city)).size).toBeGreaterThan(50);
  });

  it.each([
    [{ country: 'ZZ' }, 'country', 'ISO 3166-1'],
    [{ country: 'Mexico' }, 'country', 'did you mean MX?'],
    [{ country: '484' }, 'country', 'ISO 3166-1'],
    [{ country: 'ES' }, 'city', 'is a city of ES'],
    [{ city: 'Mexico Cty' }, 'city', 'near matches: Mexico City'],
  ])('refuse %j, naming %s', async (change, field, part) => {
    await expect(createGenerator({ ...example, ...change })).rejects.toMatchObject({
      kind: 'invalid',
      issues: [{ field, message: expect.stringContaining(part) as string }],
    });
  });
});
