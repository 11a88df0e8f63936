import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';
import {
  auditPopulation,
  createGenerator,
  exportContent,
  exportText,
  readPopulationFile,
} from '../../src/modules/agents/index.js';

const FOLDER = join(PROJECT_ROOT, 'populations');
const FILES = readdirSync(FOLDER).toSorted();

async function generatorOf(file: string) {
  const { specification } = readPopulationFile(readFileSync(join(FOLDER, file), 'utf8'), file);
  return createGenerator({ ...specification, seed: 'golden' });
}

// A change of these digests changes everyone's populations: raise GENERATOR_VERSION with it.
describe('the shipped population files', () => {
  it('give the same bytes', async () => {
    const digests = await Promise.all(
      FILES.map(async (file) => {
        const hash = createHash('sha256');
        for (const piece of exportText(await generatorOf(file), 'jsonl')) hash.update(piece);
        return [file, hash.digest('hex').slice(0, 16)] as const;
      }),
    );
    expect(Object.fromEntries(digests)).toMatchInlineSnapshot(`
      {
        "metro_panel.yaml": "7a5bf83d21a92e3f",
        "survey_sample.yaml": "56ae5b6bec4c0e08",
        "wards_counts.yaml": "bde1f7f72d4d3f33",
      }
    `);
  });

  it('give the same bytes as CSV and Parquet', async () => {
    const generator = await generatorOf('survey_sample.yaml');
    const digestOf = async (format: 'csv' | 'parquet'): Promise<string> => {
      const hash = createHash('sha256');
      for await (const piece of exportContent(generator, format, () => {})) hash.update(piece);
      return hash.digest('hex').slice(0, 16);
    };
    const digests = [await digestOf('csv'), await digestOf('parquet')];
    expect(await digestOf('parquet')).toBe(digests[1]);
    expect(digests).toMatchInlineSnapshot(`
      [
        "1d05d2c6eedefc92",
        "48e2d0aeeee6303d",
      ]
    `);
  });

  it.each(FILES)('%s meets what it asks for', async (file) => {
    const audit = await auditPopulation(await generatorOf(file));
    expect(audit.margins.length).toBeGreaterThan(3);
    expect(audit.margins.filter(({ met }) => !met)).toEqual([]);
    expect(audit.margins.filter(({ unit, max_error }) => unit === 'counts' && max_error > 0)).toEqual([]);
    expect(audit.coherence).toMatchObject({ met: true });
    expect(audit.diversity.usernames.collisions).toBe(0);
    for (const { error } of audit.associations) expect(Math.abs(error ?? 0)).toBeLessThan(0.1);
  });
});

describe('five attributes of ten levels', () => {
  it('are met without an error for 100,000 agents', async () => {
    const levels = Array.from({ length: 10 }, (_, level) => `l${level}`);
    const counts = (shift: number): Record<string, number> =>
      Object.fromEntries(
        levels.map((level, at) => [level, 10_000 + (at % 2 === 0 ? 1 : -1) * (at * 37 + shift)]),
      );
    const balanced = (shift: number): Record<string, number> => {
      const all = counts(shift);
      const sum = Object.values(all).reduce((a, b) => a + b, 0);
      return { ...all, l0: (all['l0'] as number) + 100_000 - sum };
    };
    const attributes = Object.fromEntries(
      ['one', 'two', 'three', 'four', 'five'].map((name, at) => [name, { counts: balanced(at * 11) }]),
    );
    const file = JSON.stringify({
      id: 'wide',
      version: '1.0.0',
      title: 'Wide',
      description: 'Ten levels each.',
      count: 100_000,
      country: 'MX',
      attributes,
    });
    const { specification } = readPopulationFile(file, 'wide.yaml');
    const { margins } = await auditPopulation(await createGenerator({ ...specification, seed: '1' }));
    expect(margins.map(({ max_error, cells }) => [max_error, cells.length])).toEqual(
      Array.from({ length: 5 }, () => [0, 10]),
    );
  });
});
