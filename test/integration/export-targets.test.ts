import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../../src/core/config/index.js';
import { ExportStore, manifestOf, requireFileTarget } from '../../src/modules/agents/export.store.js';
import { createGenerator } from '../../src/modules/agents/index.js';
import { testConfig } from '../support/runtime.js';

let config: Config;
let folder: string;
let store: ExportStore;
let id: string;

beforeEach(async () => {
  config = testConfig();
  folder = mkdtempSync(join(tmpdir(), 'azt3knet-targets-'));
  store = new ExportStore(config);
  const generator = await createGenerator({ gender: 'female', count: 2, country: 'MX', seed: '1' });
  id = generator.id;
  const pending = await store.write(generator, 'csv', 'work', () => undefined);
  await pending.publish();
});

afterEach(() => {
  for (const each of [config.dataDir, folder]) rmSync(each, { recursive: true, force: true });
});

describe('where an export goes', () => {
  it.each(['/proc/none/file.csv', '/dev/null/file.csv', '/dev/null', `/tmp/${'x'.repeat(250)}`])(
    'refuses %s at once',
    async (path) => {
      await expect(requireFileTarget(path)).rejects.toMatchObject({ code: 'file_unusable' });
    },
  );

  it('refuses a path the manifest of which is a folder', async () => {
    const target = join(folder, 'a.csv');
    mkdirSync(manifestOf(target));
    await expect(requireFileTarget(target)).rejects.toMatchObject({ code: 'file_unusable' });
  });

  it('copies both files into folders that it makes, over what is there and over a link to nowhere', async () => {
    const target = join(folder, 'new', 'deep', 'a.csv');
    await requireFileTarget(target);
    for (const before of ['nothing', 'file', 'link']) {
      rmSync(target, { force: true });
      if (before === 'file') writeFileSync(target, 'old');
      if (before === 'link') symlinkSync(join(folder, 'nowhere', 'x'), target);
      await requireFileTarget(target);
      await store.copy(id, 'csv', target);
      expect(readFileSync(target)).toEqual(readFileSync(store.path(id, 'csv')));
      expect(readdirSync(join(folder, 'new', 'deep'))).toEqual(['a.csv', 'a.csv.manifest.json']);
    }
  });

  it('leaves nothing half-written where it fails', async () => {
    const target = join(folder, 'a.csv');
    writeFileSync(target, 'old');
    rmSync(store.manifestPath(id, 'csv'));
    await expect(store.copy(id, 'csv', target)).rejects.toMatchObject({ code: 'file_unusable' });
    expect(readdirSync(folder)).toEqual(['a.csv']);
    expect(readFileSync(target, 'utf8')).toBe('old');
  });
});
