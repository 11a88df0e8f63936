import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/index.js';

/** Creates the data folder, readable by its owner only. */
export function ensureDataDir(dataDir: string): void {
  makeFolder(dataDir, 0o700);
}

/**
 * The content of a secret in the data folder; generated, with mode 0600, when there is none. Of several processes that
 * generate at once, one wins and all return its secret.
 */
export function secretFile(dataDir: string, name: string, generate: () => string): string {
  const path = join(dataDir, name);
  const existing = read(path);
  if (existing !== undefined) return existing;
  ensureDataDir(dataDir);
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(temporary, `${generate()}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(temporary);
  }
  return read(path) as string;
}

/** A random secret of `bytes` bytes, as base64url text. */
export function randomSecret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

function read(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return text === '' ? undefined : text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
