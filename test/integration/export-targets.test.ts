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
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { manifestOf, requireFileTarget, writeTarget } from '../../src/modules/agents/export.target.js';

const MANIFEST = '{"synthetic":true}\n';
let folder: string;
const content = (): Readable => Readable.from([Buffer.from('a,b\r\n'), Buffer.from('1,2\r\n')]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azt3knet-targets-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

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
      await writeTarget(target, content(), MANIFEST);
      expect(readFileSync(target)).toEqual(await buffer(content()));
      expect(readFileSync(manifestOf(target), 'utf8')).toBe(MANIFEST);
      expect(readdirSync(join(folder, 'new', 'deep'))).toEqual(['a.csv', 'a.csv.manifest.json']);
    }
  });

  it('leaves nothing half-written where it fails', async () => {
    const target = join(folder, 'a.csv');
    writeFileSync(target, 'old');
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('a');
        throw new Error('the storage broke off');
      })(),
    );
    await expect(writeTarget(target, broken, MANIFEST)).rejects.toThrow('the storage broke off');
    expect(readdirSync(folder)).toEqual(['a.csv']);
    expect(readFileSync(target, 'utf8')).toBe('old');
  });
});
