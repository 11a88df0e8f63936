import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../core/version.js';
import { csvRow, exportManifest, exportText, type ExportFormat } from './population.export.js';
import { createGenerator } from './create-generator.js';

const generator = await createGenerator({
  gender: 'unspecified',
  count: 2500,
  country: 'MX',
  interests: ['=1+1', 'salt, pepper', 'the "best"'],
  seed: '1',
});
const text = (format: ExportFormat): string => [...exportText(generator, format)].join('');

describe('exportText', () => {
  it('writes JSON that says it is synthetic and holds every agent', () => {
    const document = JSON.parse(text('json')) as Record<string, unknown>;
    expect(document['synthetic']).toBe(true);
    expect(document['population']).toEqual({ id: generator.id, ...generator.specification });
    expect(document['agents']).toEqual([...generator.profiles()]);
  });

  it('writes JSONL with an agent a line', () => {
    const lines = text('jsonl').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([...generator.profiles()]);
  });

  it('writes CSV that reads back to the same agents', () => {
    const [head, ...rows] = readCsv(text('csv'));
    const agents = rows.map((cells) => Object.fromEntries(cells.map((cell, index) => [head?.[index], cell])));
    const expected = [...generator.profiles()].map((agent) => ({
      ...agent,
      age: String(agent.age),
      interests: agent.interests.join('|').replace(/^=/u, "'="),
      behavioral_biases: agent.behavioral_biases.join('|'),
    }));
    expect(agents).toEqual(expected);
  });

  it.each(['json', 'jsonl', 'csv'] as const)('gives the same %s twice, in pieces', (format) => {
    expect(text(format)).toBe(text(format));
    expect([...exportText(generator, format)].length).toBeGreaterThan(2);
  });
});

describe('csvRow', () => {
  it.each(['=cmd', '+1', '-1', '@sum', '\tx', '\rx'])('makes %j text for a spreadsheet', (bio) => {
    const row = csvRow({ ...generator.profile(0), interests: ['x'], bio });
    expect(row).toMatch(/,"?'[=+\-@\t\r]/u);
  });
});

describe('exportManifest', () => {
  it('says what was exported, from what, and that it is synthetic', () => {
    const decision = { id: 'd', checked: false };
    expect(exportManifest(generator, 'csv', { bytes: 10, sha256: 'ab' }, decision)).toMatchObject({
      decision_id: 'd',
      checked: false,
      synthetic: true,
      population_id: generator.id,
      specification: generator.specification,
      seed: '1',
      count: 2500,
      format: 'csv',
      bytes: 10,
      sha256: 'ab',
      generator_version: 1,
      product_version: VERSION,
    });
  });
});

/** RFC 4180, strictly: records end in CR LF, quotes are doubled, and all have the same fields. */
function readCsv(source: string): string[][] {
  return parse(source, { record_delimiter: '\r\n' });
}
