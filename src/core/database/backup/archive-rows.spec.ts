import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterAll, expect, it } from 'vitest';
import { FORMAT_VERSION, MANIFEST_ENTRY, MARK_ENTRY, packPiece, pieceEntry } from './archive-format.js';
import { archivedRows, type ArchivedRow } from './archive-rows.js';
import { sealManifest, type Manifest } from './manifest.js';

const folder = mkdtempSync(join(tmpdir(), 'azt3knet-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function archive(pieces: Record<string, string[]>): Promise<[string, Manifest]> {
  const entry = { rows: 0, bytes: 0, sha256: '0'.repeat(64), columns: ['id', 'note'] };
  const manifest = sealManifest({
    format: 'azt3knet-backup',
    synthetic: true,
    product_version: '0',
    created_at: '2026-01-15T00:00:00Z',
    postgres_version: '18',
    migrations: ['first'],
    tables: Object.keys(pieces).map((name) => ({ ...entry, name })),
    blobs: null,
    sequences: [],
  });
  const tar = pack();
  tar.entry({ name: MARK_ENTRY }, FORMAT_VERSION);
  for (const [table, texts] of Object.entries(pieces)) {
    for (const [index, text] of texts.entries())
      tar.entry({ name: pieceEntry(`tables/${table}`, index) }, await packPiece(Buffer.from(text)));
  }
  tar.entry({ name: MANIFEST_ENTRY }, JSON.stringify(manifest));
  tar.finalize();
  const path = join(folder, 'one.tar');
  writeFileSync(path, await buffer(tar));
  return [path, manifest];
}

it('rows of an archive are read as COPY wrote them, also where a piece ends within one', async () => {
  const [path, manifest] = await archive({
    agents: ['1\tnot asked for\n'],
    users: ['1\tplain\n2\t\\', 'N\n3\ta\\tb\\nc\\\\N d\\', '\\e\n', '4\tñ\n'],
    votes: ['1\tnot asked for either\n'],
  });
  const rows: ArchivedRow[] = [];
  for await (const row of archivedRows(path, manifest, new Set(['users', 'nowhere']))) rows.push(row);
  expect(rows.map(({ table, values }) => [table, Object.fromEntries(values)])).toEqual([
    ['users', { id: '1', note: 'plain' }],
    ['users', { id: '2' }],
    ['users', { id: '3', note: 'a\tb\nc\\N d\\e' }],
    ['users', { id: '4', note: 'ñ' }],
  ]);
});
