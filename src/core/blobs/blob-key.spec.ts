import { describe, expect, it } from 'vitest';
import { isBlobFolder, isBlobKey } from './blob-key.js';

describe('keys of blobs', () => {
  it.each(['exports/a.json', 'runs/0b7f7a52-8f0c/a1/events.parquet', 'backups/2026-01-15T10-30-00Z.tar_1'])(
    'take %s',
    (key) => expect(isBlobKey(key)).toBe(true),
  );

  it.each([
    '',
    'exports',
    'exports/',
    '/exports/a',
    'exports//a',
    'exports/a/',
    'exports/.',
    'exports/..',
    'exports/../api-secret-key',
    'exports/.a',
    'exports/a\\b',
    'exports/a%2fb',
    'exports/a\u0000',
    'exports/a\n',
    'exports/ä',
    'exports/a b',
    'postgres/cluster/PG_VERSION',
    'api-secret-key',
    `exports/${'x'.repeat(129)}`,
    `exports/${'x/'.repeat(12)}x`,
  ])('refuse %j', (key) => expect(isBlobKey(key)).toBe(false));

  it('take an area for a folder, and nothing beside the areas', () => {
    expect(['exports', 'runs/1', ''].map(isBlobFolder)).toEqual([true, true, false]);
    expect(isBlobFolder('postgres')).toBe(false);
  });
});
