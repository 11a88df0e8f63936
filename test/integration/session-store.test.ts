import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SessionStore } from '../../src/core/cli/index.js';

const URL = 'https://lab.example';
let folder: string;
let store: SessionStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azt3knet-sessions-'));
  store = new SessionStore({ XDG_CONFIG_HOME: folder });
  mkdirSync(dirname(store.path(URL)), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a kept session', () => {
  it('that is a folder is told in plain words when it is to be forgotten', async () => {
    mkdirSync(store.path(URL));
    await expect(store.remove(URL)).rejects.toThrow(`${store.path(URL)}: is a folder, and a file is wanted`);
  });

  it.each(['s3cr3t\nx', 's3cr3t ü', ''])(
    'with a token that no header can carry is refused unshown',
    async (bad) => {
      writeFileSync(store.path(URL), JSON.stringify({ access_token: bad, refresh_token: 'r' }));
      chmodSync(store.path(URL), 0o600);
      const read = store.read(URL);
      await expect(read).rejects.toMatchObject({ code: 'session_unsafe' });
      await expect(read).rejects.not.toThrow('s3cr3t');
    },
  );
});
