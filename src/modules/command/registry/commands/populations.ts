import { z } from 'zod';
import { field, tellThing } from '../answers.js';
import { nameArgument, SEED, seedArgument } from '../arguments.js';
import type { ChatCommand } from '../chat-command.js';
import { listing } from '../listing.js';
import type { Thing } from '../things.js';

const GENDERS = ['female', 'male', 'non_binary', 'unspecified'] as const;

const age = z.int().min(13).max(90);

const generation = z
  .strictObject({
    count: z.int().min(1).max(1_000_000).meta({ description: 'How many agents.' }),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code such as MX')
      .meta({ description: 'ISO 3166-1 alpha-2.' }),
    city: z.string().min(1).max(100).optional().meta({ description: 'A city of the country.' }),
    gender: z.enum(GENDERS).default('unspecified'),
    age_min: age.optional().meta({ description: 'Years, included; with `age_max`.' }),
    age_max: age.optional().meta({ description: 'Years, included; with `age_min`.' }),
    seed: seedArgument,
  })
  .refine(({ age_min, age_max }) => (age_min === undefined) === (age_max === undefined), {
    message: 'both ends of the range are needed: age_min and age_max',
    path: ['age_max'],
  })
  .refine(({ age_min = 0, age_max = Infinity }) => age_min <= age_max, {
    message: 'must not be below age_min',
    path: ['age_max'],
  });

export const POPULATION_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'populations',
    needs: ['populations:read'],
    kind: 'population',
    filters: {},
    spoken: {},
    help: { en: 'Populations, the newest first.', es: 'Las poblaciones, de la más nueva a la más antigua.' },
    examples: {
      en: ['list populations', 'show the last 5 populations'],
      es: ['lista las poblaciones', 'muestra las últimas 5 poblaciones'],
    },
    page: async (api, query) => {
      const found = await api.get('/api/v1/populations', { params: { query } });
      return {
        things: found.populations.map((item): Thing => ({
          kind: 'population',
          id: item.id,
          name: item.name ?? item.id,
          item,
        })),
        next: found.next_cursor,
      };
    },
    columns: [
      [{ en: 'agents', es: 'agentes' }, (item) => field(item, 'count')],
      [{ en: 'country', es: 'país' }, (item) => field(item, 'specification', 'country')],
    ],
  }),
  {
    name: 'populations.show',
    effect: 'read',
    needs: ['populations:read'],
    kind: 'population',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject({
      population: nameArgument.meta({ description: 'The id, the digest or the name of a population.' }),
    }),
    spoken: {
      population: {
        words: { en: ['population', 'pop'], es: ['poblacion'] },
        form: 'name',
        ask: { en: 'Which population?', es: '¿Qué población?' },
      },
    },
    subject: 'population',
    help: { en: 'One population and what it is made from.', es: 'Una población y de qué está hecha.' },
    examples: { en: ['show population <population>'], es: ['muestra la población <población>'] },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [{ en: 'agents', es: 'agentes' }, field(item, 'count')],
          [{ en: 'country', es: 'país' }, field(item, 'specification', 'country')],
          [{ en: 'city', es: 'ciudad' }, field(item, 'specification', 'city')],
          [{ en: 'seed', es: 'semilla' }, field(item, 'seed')],
          [{ en: 'made', es: 'hecha' }, field(item, 'created_at')],
        ]),
      ),
  },
  {
    name: 'populations.generate',
    effect: 'write',
    needs: ['populations:create'],
    kind: 'population',
    // "Create 500 agents".
    otherKinds: ['agent'],
    actions: ['generate'],
    aliases: { en: [], es: [] },
    arguments: generation,
    spoken: {
      count: {
        words: { en: ['count', 'size'], es: ['cantidad', 'tamano'] },
        form: 'number',
        ask: { en: 'How many agents?', es: '¿Cuántos agentes?' },
      },
      country: {
        words: { en: ['country'], es: ['pais'] },
        form: 'country',
        ask: { en: 'From which country?', es: '¿De qué país?' },
      },
      city: { words: { en: ['city'], es: ['ciudad'] }, form: 'city' },
      gender: { words: { en: ['gender'], es: ['genero', 'sexo'] }, form: 'gender' },
      age_min: { words: { en: [], es: [] }, form: 'age_from' },
      age_max: { words: { en: [], es: [] }, form: 'age_to' },
      seed: SEED,
    },
    help: {
      en: 'Generates a population of synthetic agents.',
      es: 'Genera una población de agentes sintéticos.',
    },
    examples: {
      en: [
        'generate a population of 100 women from Mexico',
        'create 500 agents from Guadalajara, Mexico with seed 42',
        'generate 50 women from Mexico aged 20 to 30',
      ],
      es: [
        'genera una población de 100 mujeres de México',
        'crea 500 agentes de Guadalajara, México con semilla 42',
        'genera 50 mujeres de México de 20 a 30 años',
      ],
    },
    plan: {
      en: 'Generate a population and keep it: {count} agents, country {country}, city {city}, gender {gender}, ages {age_min} to {age_max}, seed {seed}.',
      es: 'Generar una población y guardarla: {count} agentes, país {country}, ciudad {city}, género {gender}, edades de {age_min} a {age_max}, semilla {seed}.',
    },
    run: async ({ api, arguments: given, language }) => {
      const { count, country, city, gender, age_min, age_max, seed } = generation.parse(given);
      const made = await api.post('/api/v1/populate', {
        body: {
          count,
          country,
          gender,
          ...(city !== undefined && { city }),
          ...(age_min !== undefined &&
            age_max !== undefined && { age_range: [age_min, age_max] satisfies [number, number] }),
          ...(seed !== undefined && { seed }),
          persist: true,
        },
      });
      const id = made.population_id;
      const text = {
        en: `The population ${id} of ${count} agents is being made, seed ${made.seed}.`,
        es: `Se está haciendo la población ${id} de ${count} agentes, semilla ${made.seed}.`,
      };
      const focus: Thing = { kind: 'population', id, name: id, item: made };
      return {
        text: text[language],
        data: made,
        focus,
        ...(made.job_id !== undefined && { jobId: made.job_id }),
      };
    },
  },
];
