import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createGenerator, exportText, type PopulationSpecification } from '../../src/modules/agents/index.js';

const documented: PopulationSpecification = {
  gender: 'female',
  count: 1000,
  country: 'MX',
  city: 'Mexico City',
  age_range: [18, 25],
  interests: ['street art', 'urban culture'],
  seed: '20241005',
};
const worldwide: PopulationSpecification[] = ['US', 'JP', 'EG', 'BR', 'CZ', 'RS', 'KE', 'IS'].map(
  (country) => ({
    gender: 'unspecified',
    count: 200,
    country,
    seed: 'golden',
  }),
);

async function digest(
  specification: PopulationSpecification,
  format: 'json' | 'jsonl' | 'csv',
): Promise<string> {
  const hash = createHash('sha256');
  for (const piece of exportText(await createGenerator(specification), format)) hash.update(piece);
  return hash.digest('hex').slice(0, 16);
}

// A change of these digests changes everyone's populations: raise GENERATOR_VERSION with it.
describe('the documented population', () => {
  it('has the same bytes in every format', async () => {
    expect({
      json: await digest(documented, 'json'),
      jsonl: await digest(documented, 'jsonl'),
      csv: await digest(documented, 'csv'),
    }).toMatchInlineSnapshot(`
      {
        "csv": "4413c7a2f4795aa6",
        "json": "0902a57a599beec1",
        "jsonl": "5a67fd603b4cb051",
      }
    `);
  });

  it('begins with the same agent', async () => {
    expect((await createGenerator(documented)).profile(0)).toMatchInlineSnapshot(`
      {
        "age": 19,
        "behavioral_biases": [
          "novelty_bias",
          "sunk_cost_fallacy",
        ],
        "bio": "Gente organizada, según mis notas. No sé cómo, todo acaba en la cultura urbana. Sígueme y verás puros retrasos.",
        "city": "Mexico City",
        "country": "MX",
        "gender": "female",
        "id": "03a11712-0c23-411a-8b05-0003cfddcbdc",
        "interests": [
          "urban culture",
          "skateboarding",
        ],
        "locale": "es-MX",
        "name": "Ivanna Alemán Serna",
        "posting_cadence": "weekly",
        "seed": "f0d31549b06508ce",
        "timezone": "America/Mexico_City",
        "tone": "sarcastic",
        "username_hint": "ivanna.alemann1",
      }
    `);
  });
});

describe('populations of eight countries', () => {
  it('have the same bytes', async () => {
    const digests = await Promise.all(
      worldwide.map(async (one) => [one.country, await digest(one, 'jsonl')] as const),
    );
    expect(Object.fromEntries(digests)).toMatchInlineSnapshot(`
      {
        "BR": "bd0974c95bfedc64",
        "CZ": "8a0fc4af853639d0",
        "EG": "80cb5e0f9d0c7362",
        "IS": "c7765fc45676fdcf",
        "JP": "a54f346232f0487b",
        "KE": "e1e07c8400be20df",
        "RS": "c1584002bee23495",
        "US": "209df7b17081f454",
      }
    `);
  });
});
