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
import { createClient, type Client } from '@azt3knet/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireTargets, saveFiles } from '../../src/core/cli/index.js';

const CONTENT = 'id,name\r\n1,Ana\r\n'.repeat(10_000);
const MANIFEST = '{"synthetic":true}\n';

/** A server with a file, its manifest, and one that breaks off. */
function laboratory(): Client {
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(Buffer.from('a'));
      controller.error(new TypeError('the connection broke off'));
    },
  });
  const answers: Record<string, () => ReadableStream<Uint8Array> | string> = {
    '/file': () => CONTENT,
    '/file/manifest': () => MANIFEST,
    '/broken': () => broken,
  };
  return createClient({
    baseUrl: 'http://lab.test',
    token: 't',
    fetch: (request) => Promise.resolve(new Response(answers[new URL(request.url).pathname]?.())),
  });
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azt3knet-save-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('where a download goes', () => {
  it.each(['/proc/none/file.csv', '/dev/null/file.csv', '/dev/null', `/tmp/${'x'.repeat(250)}`])(
    'refuses %s at once',
    async (path) => {
      await expect(requireTargets(path)).rejects.toMatchObject({ code: 'file_unusable' });
    },
  );

  it('refuses a file the companion of which is a folder', async () => {
    const target = join(folder, 'a.csv');
    mkdirSync(`${target}.manifest.json`);
    const refused = requireTargets(target, `${target}.manifest.json`);
    await expect(refused).rejects.toMatchObject({ code: 'file_unusable' });
  });

  it('takes all files into folders that it makes, over what is there and over a link to nowhere', async () => {
    const target = join(folder, 'new', 'deep', 'a.csv');
    await requireTargets(target);
    for (const before of ['nothing', 'file', 'link']) {
      rmSync(target, { force: true });
      if (before === 'file') writeFileSync(target, 'old');
      if (before === 'link') symlinkSync(join(folder, 'nowhere', 'x'), target);
      await saveFiles(laboratory(), [
        ['/file', target],
        ['/file/manifest', `${target}.manifest.json`],
      ]);
      expect(readFileSync(target, 'utf8')).toBe(CONTENT);
      expect(readFileSync(`${target}.manifest.json`, 'utf8')).toBe(MANIFEST);
      expect(readdirSync(join(folder, 'new', 'deep'))).toEqual(['a.csv', 'a.csv.manifest.json']);
    }
  });

  it('does not write through a link that was laid for it', async () => {
    const target = join(folder, 'a.csv');
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'mine');
    symlinkSync(victim, `${target}.partial`);
    await saveFiles(laboratory(), [['/file', target]]);
    expect(readFileSync(victim, 'utf8')).toBe('mine');
    expect(readFileSync(target, 'utf8')).toBe(CONTENT);
  });

  it('leaves nothing half-written where one of them fails', async () => {
    const target = join(folder, 'a.csv');
    writeFileSync(target, 'old');
    const saving = saveFiles(laboratory(), [
      ['/file', target],
      ['/broken', `${target}.manifest.json`],
    ]);
    await expect(saving).rejects.toThrow('the connection broke off');
    expect(readdirSync(folder)).toEqual(['a.csv']);
    expect(readFileSync(target, 'utf8')).toBe('old');
  });
});
