import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { DocumentError } from '../../../core/documents/index.js';
import { InvalidSpecification } from '../agents.errors.js';
import { createGenerator } from '../create-generator.js';
import { exportManifest, exportText } from '../population.export.js';
import { specificationOf, type NormalSpecification } from '../population.specification.js';
import { lined, readPopulationFile } from './population-file.js';
import { populationFileJsonSchema } from './population-file.schema.js';

const FILE = { bytes: 1, sha256: 'ab' };
const DECISION = { id: '00000000-0000-4000-8000-000000000000', checked: true };
const HEAD = `id: panel
version: 1.0.0
title: A panel
description: Of the tests.
count: 100
country: MX
`;

async function problemsOf(body: string, sample?: string): Promise<string> {
  const text = HEAD + body;
  try {
    const { specification } = readPopulationFile(text, 'panel.yaml', sample);
    await createGenerator({ ...specification, seed: '1' });
  } catch (error) {
    const told = lined(text, 'panel.yaml', error);
    if (told instanceof DocumentError || told instanceof InvalidSpecification) return told.message;
    throw error;
  }
  return '';
}

async function idOf(place: string, weight = 1): Promise<string> {
  const text = `${HEAD}attributes: { place: { weights: { ${place}: ${weight}, Puebla: 1 } } }\n`;
  const { specification } = readPopulationFile(text, 'x');
  return (await createGenerator({ ...specification, seed: '1' })).id;
}

describe('a population file', () => {
  it.each([
    [
      'count of nobody',
      'attributes: { gender: { weights: { female: 0, male: 0 } } }',
      'attributes.gender.weights: add up to 0',
    ],
    [
      'a number below 0',
      'attributes: { gender: { weights: { female: -1 } } }',
      'attributes.gender.weights.female: ',
    ],
    [
      'counts of too few',
      'attributes: { gender: { counts: { female: 50, male: 49 } } }',
      'add up to 99, and count is 100',
    ],
    [
      'parts of people',
      'attributes: { gender: { counts: { female: 50.5, male: 49.5 } } }',
      'whole numbers of people',
    ],
    ['an unknown gender', 'attributes: { gender: { weights: { woman: 1 } } }', 'is one of female, male'],
    [
      'an unknown city',
      'attributes: { place: { weights: { Atlantis: 1 } } }',
      'attributes.place.weights.Atlantis: is a city of MX',
    ],
    ['a misspelt city', 'attributes: { place: { weights: { Guadalajra: 1 } } }', 'near matches: Guadalajara'],
    ['an unknown country', 'attributes: { place: { weights: { ZZ/Paris: 1 } } }', 'ISO 3166-1'],
    [
      'one city twice',
      'attributes: { place: { weights: { CDMX: 1, Mexico City: 1 } } }',
      'MX/Mexico City, which is there already',
    ],
    [
      'an unknown language',
      'attributes: { locale: { weights: { xx-MX: 1 } } }',
      'is a language with a country',
    ],
    ['an age that nobody has', 'attributes: { age: { weights: { 5-20: 1 } } }', 'ages are 13 to 90'],
    ['no range', 'attributes: { age: { weights: { young: 1 } } }', 'two such as 18-24'],
    [
      'ranges that overlap',
      'attributes: { age: { weights: { 18-24: 1, 24-30: 1 } } }',
      'overlaps another range',
    ],
    ['a name that is taken', 'attributes: { city: { weights: { x: 1 } } }', 'city is taken'],
    [
      'a level with an account',
      'attributes: { band: { weights: { "@someone": 1 } } }',
      'attributes.band.@someone: is 60 characters',
    ],
    ['an attribute without levels', 'attributes: { band: {} }', 'attributes.band: has no level'],
    ['both units', 'attributes: { band: { weights: { a: 1 }, counts: { a: 100 } } }', 'give one of them'],
    [
      'an unknown parent',
      'attributes: { band: { given: age, weights: { 18-20: { a: 1 } } } }',
      'age is no other attribute',
    ],
    [
      'a circle',
      'attributes: { a: { given: b, weights: { x: { y: 1 } } }, b: { given: a, weights: { y: { x: 1 } } } }',
      'depends on itself',
    ],
    [
      'a row of nobody',
      'attributes: { a: { weights: { x: 1, y: 1 } }, b: { given: a, weights: { x: { k: 1 }, y: { k: 0 } } } }',
      'attributes.b.weights.y: add up to 0',
    ],
    [
      'a level of another',
      'attributes: { a: { weights: { x: 1 } } }\ntables: [{ of: [a, b], weights: { z: { k: 1 } } }]',
      'tables[0].weights.z: is none of the levels x',
    ],
    [
      'tables that differ',
      'attributes: { a: { weights: { x: 1, y: 1 } } }\ntables: [{ of: [a, b], weights: { x: { k: 3 }, y: { k: 1 } } }]',
      'tables[0].weights: give a x 0.75 of all, and attributes.a gives 0.5',
    ],
    [
      'counts that differ',
      'attributes: { a: { counts: { x: 60, y: 40 } } }\ntables: [{ of: [a, b], counts: { x: { k: 61 }, y: { k: 39 } } }]',
      '61 people, and attributes.a gives 60',
    ],
    [
      'impossible zeros',
      'attributes: { a: { weights: { x: 1, y: 1 } }, b: { weights: { k: 3, l: 1 } } }\nsample: { csv: "a,b\\nx,k\\ny,l\\n" }',
      'cannot be met together with the sample',
    ],
    [
      'a sample of strangers',
      'attributes: { a: { weights: { x: 1 } }, b: { weights: { k: 1 } } }\nsample: { csv: "a,b\\nz,k\\n" }',
      'row 2: "z" is no level of a',
    ],
    [
      'a sample that is not there',
      'attributes: { a: { weights: { x: 1 } } }\nsample: { file: people.csv }',
      'sample.file: is not sent along',
    ],
    [
      'an unknown opinion',
      'persona: { opinions: { bikes: { by: { a: { x: 1 } } } } }',
      'a is no attribute of this file',
    ],
    ['three friends', 'persona: { relationships: [{ kind: friend, each: 3 }] }', '1 or an even number'],
    [
      'attributes that break its schema',
      'attributes: { a: { weights: { x: 1, y: 1 } } }\nschema: { properties: { a: { enum: [x] } } }',
      'attributes.a: {"a":"y"} does not meet the schema',
    ],
    [
      'a table without end',
      `attributes: { ${['a', 'b', 'c'].map((name) => `${name}: { weights: { ${Array.from({ length: 30 }, (_, at) => `${name}${at}: 1`).join(', ')} } }`).join(', ')} }\ntables: [{ of: [a, b, c], weights: { a0: { b0: { c0: 1 } } } }]`,
      '27000 combinations of levels',
    ],
    ['a schema that is none', 'schema: { type: nonsense }', 'schema: is no JSON Schema'],
    [
      'a schema with a pattern that another breaks',
      'attributes: { a: { weights: { x: 1 } } }\nschema: { properties: { a: { pattern: "^(y+)+$" } } }',
      'must match pattern',
    ],
    [
      'a schema that refers to itself',
      'schema: { $ref: "#" }',
      'schema: has no references: $ref is not accepted',
    ],
    [
      'a schema that refers to its parts',
      'schema: { properties: { a: { anyOf: [{ $ref: "#/$defs/b" }] } }, $defs: { b: {} } }',
      'has no references',
    ],
    [
      'a schema without end',
      `schema: { anyOf: [${Array.from({ length: 300 }, () => '{ type: object }').join(', ')}] }`,
      'schema: has at most 500 values, nested 12 deep',
    ],
    [
      'an attribute named as objects are made',
      'attributes: { constructor: { weights: { x: 1 } } }',
      'constructor',
    ],
    [
      'an attribute named __proto__',
      'attributes: { __proto__: { weights: { x: 1 } } }',
      'no key is called __proto__',
    ],
    [
      'a level named __proto__',
      'attributes: { a: { weights: { x: 1, __proto__: 1 } } }',
      'no key is called __proto__',
    ],
    ['an unknown field', 'colour: red', 'colour'],
  ])('with %s is refused, with its line and field', async (_what, body, message) => {
    const told = await problemsOf(body);
    expect(told).toContain(message);
    expect(told).toMatch(/^panel\.yaml:[7-9]:\d+: /u);
  });

  it('gives whole people, in fields, attributes and personas', async () => {
    const { specification } = readPopulationFile(
      `${HEAD}attributes:
  gender: { counts: { female: 51, male: 49 } }
  place: { weights: { Mexico City: 1, US/Chicago: 1, ES: 2 } }
  age: { weights: { 18-24: 1, 65-80: 1 } }
  mood: { weights: { calm: 1, tense: 1 } }
  income: { kind: range, weights: { -5..-1: 1, 100: 1 } }
persona:
  big_five: { openness: 90 }
  opinions: { bikes: { mean: 0.5, spread: 0, by: { mood: { calm: 0.25 } } } }
  relationships: [{ kind: partner, each: 1, within: [place] }, { kind: friend, each: 4, share: 0.5 }]
`,
      'x',
    );
    const generator = await createGenerator({ ...specification, seed: '1' });
    const agents = [...generator.profiles()];
    const count = (of: (agent: (typeof agents)[number]) => boolean): number => agents.filter(of).length;
    expect(count(({ gender }) => gender === 'female')).toBe(51);
    expect(count(({ country }) => country === 'ES')).toBe(50);
    expect(count(({ timezone }) => timezone === 'America/Chicago')).toBe(25);
    expect(count(({ age }) => age >= 65 && age <= 80)).toBe(50);
    expect(count(({ attributes }) => attributes?.['income'] === 100)).toBe(50);
    for (const { attributes, persona, country, locale } of agents) {
      expect(locale.endsWith(country)).toBe(true);
      expect(persona?.opinions?.['bikes']).toBe(attributes?.['mood'] === 'calm' ? 0.75 : 0.5);
      expect(persona?.big_five?.['openness']).toBeGreaterThan(40);
    }
    const byId = new Map(agents.map((agent) => [agent.id, agent]));
    for (const agent of agents)
      for (const { kind, agent_id } of agent.persona?.relationships ?? []) {
        const other = byId.get(agent_id);
        expect(other?.persona?.relationships).toContainEqual({ kind, agent_id: agent.id });
        expect(kind === 'friend' || other?.country === agent.country).toBe(true);
      }
    expect(
      count(({ persona }) => persona?.relationships?.some(({ kind }) => kind === 'friend') === true),
    ).toBe(50);
  });

  it('is the same population however its places are spelt, and another for another weight', async () => {
    expect(await idOf('mexico city')).toBe(await idOf('MX/Mexico City'));
    expect(await idOf('CDMX')).not.toBe(await idOf('CDMX', 2));
  });
});

describe('an export', () => {
  it('has the same bytes when its specification comes back from the database, with its keys in another order', async () => {
    const body = `attributes: { a: { weights: { x: 1, y: 2 } } }
tables: [{ of: [a, b], weights: { x: { k: 1, l: 1 }, y: { k: 2, l: 2 } } }]
persona: { big_five: {}, opinions: { bikes: { by: { a: { x: 1 } } } }, relationships: [{ kind: friend, each: 2 }] }
schema: { type: object, properties: { a: { type: string } } }
`;
    const { specification } = readPopulationFile(HEAD + body, 'x');
    const one = await createGenerator({ ...specification, seed: '1' });
    const stored = JSON.parse(canonicalize(one.specification) as string) as NormalSpecification;
    const other = await createGenerator(specificationOf(stored));
    expect([...exportText(other, 'json')].join('')).toBe([...exportText(one, 'json')].join(''));
    expect(exportManifest(other, 'json', FILE, DECISION)).toEqual(
      exportManifest(one, 'json', FILE, DECISION),
    );
    expect(JSON.stringify(exportManifest(other, 'json', FILE, DECISION))).toBe(
      JSON.stringify(exportManifest(one, 'json', FILE, DECISION)),
    );
  });
});

describe('docs/schemas/population.schema.json', () => {
  it('is the schema of this version (refresh with: vitest run -u)', async () => {
    const text = `${JSON.stringify(populationFileJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../../docs/schemas/population.schema.json');
  });
});
