import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, type FieldIssue } from '../../../core/errors/index.js';
import { createGenerator } from '../create-generator.js';
import { lined, readPopulationFile } from './population-file.js';

/** Some here; `npm run fuzz:populations` tries a thousand. */
const RUNS = Number(process.env['FUZZ_POPULATIONS'] ?? 120);

const LEVELS: Record<string, string[]> = {
  gender: ['female', 'male', 'non_binary', 'robot'],
  age: ['13-20', '21-40', '41-90', '30-50', '5-9'],
  place: ['Mexico City', 'Puebla', 'MX', 'US/Chicago', 'Atlantis', 'ES'],
  tone: ['casual', 'formal', 'loud'],
  locale: ['es-MX', 'en-US', 'tlh-XX', 'en'],
  interests: ['tea', 'street art', '@someone'],
  mood: ['calm', 'tense', 'odd'],
  band: ['a', 'b', 'c', ''],
};
const NAMES = Object.keys(LEVELS);

/** Seldom wrong, so that whole files are often right. */
const amount = fc.oneof(
  { weight: 200, arbitrary: fc.integer({ min: 0, max: 30 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.25, 1e13, 'many', null) },
);

function amounts(names: readonly string[]): fc.Arbitrary<unknown> {
  const [name = 'band', ...rest] = names;
  const level = fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...(LEVELS[name] as string[]).slice(0, 2)) },
    { weight: 1, arbitrary: fc.constantFrom(...(LEVELS[name] as string[])) },
  );
  return fc.dictionary(level, rest.length === 0 ? amount : amounts(rest), { minKeys: 1, maxKeys: 4 });
}

const attribute = (name: string, others: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 8, arbitrary: amounts([name]).map((weights) => ({ weights })) },
    { weight: 2, arbitrary: amounts([name]).map((counts) => ({ counts })) },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom(...others)
        .chain((parent) => amounts([parent, name]).map((weights) => ({ given: parent, weights }))),
    },
    { weight: 1, arbitrary: fc.constant({}) },
  );

const seldom = <T>(...values: T[]): fc.Arbitrary<T | undefined> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );

const table = fc
  .uniqueArray(fc.constantFrom(...NAMES), { minLength: 2, maxLength: 3 })
  .chain((of) => amounts(of).map((weights) => ({ of, weights })));

const file = fc
  .record({
    count: fc.oneof(
      { weight: 30, arbitrary: fc.integer({ min: 1, max: 60 }) },
      { weight: 1, arbitrary: fc.constantFrom(0, 1.5, 2_000_000) },
    ),
    country: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('MX', 'US', 'JP') },
      { weight: 1, arbitrary: fc.constantFrom('ZZ', 'AQ') },
    ),
    names: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 5 }),
    tables: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(table, { maxLength: 3 })),
    sample: seldom('mood,band\ncalm,a\ntense,b\ncalm,c\n', 'mood\ncalm', 'mood,band,weight\ncalm,a,x\n'),
    opinions: seldom({ bikes: { by: { mood: { calm: 1 } } } }),
  })
  .chain(({ names, sample, opinions, ...rest }) =>
    fc.tuple(...names.map((name) => attribute(name, names))).map((attributes) => ({
      id: 'fuzz',
      version: '1.0.0',
      title: 'Fuzz',
      description: 'Made by chance.',
      ...rest,
      attributes: Object.fromEntries(names.map((name, at) => [name, attributes[at]])),
      ...(sample !== undefined && { sample: { csv: sample } }),
      ...(opinions !== undefined && { persona: { opinions } }),
    })),
  );

/** How many agents a file gives, all of them different; or the fields of the error that it gives. */
async function outcomeOf(text: string): Promise<number | readonly FieldIssue[]> {
  try {
    const { specification } = readPopulationFile(text, 'fuzz.yaml');
    const generator = await createGenerator({ ...specification, seed: '1' });
    const agents = [...generator.profiles()];
    const different = [agents.map(({ id }) => id), agents.map((agent) => agent.username_hint)];
    return Math.min(...different.map((all) => new Set(all).size));
  } catch (error) {
    const told = lined(text, 'fuzz.yaml', error);
    if (told instanceof AppError) return told.issues;
    throw error;
  }
}

const isNamed = ({ field, message }: FieldIssue): boolean => field !== '' && message !== '';

describe('any population file', () => {
  it('gives as many different agents as it asks for, or an error that names a field', async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(file, async (document) => {
        const outcome = await outcomeOf(JSON.stringify(document));
        made += outcome === document.count ? 1 : 0;
        expect(
          typeof outcome === 'number'
            ? outcome === document.count
            : outcome.length > 0 && outcome.every(isNamed),
        ).toBe(true);
      }),
      { numRuns: RUNS, seed: 20_261_121 },
    );
    // Chance must not have made nothing but mistakes.
    expect(made).toBeGreaterThan(RUNS / 10);
  }, 600_000);
});
