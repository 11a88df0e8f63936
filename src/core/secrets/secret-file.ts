import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileError, FileUnusable, isMissing, makeFolder } from '../files/index.js';

/** Creates the data folder, readable by its owner only. */
export function ensureDataDir(dataDir: string): void {
  makeFolder(dataDir, 0o700);
}

/**
 * The content of a secret in the data folder; generated, with mode 0600, when there is none. Of several processes that
 * generate at once, one wins and all return its secret.
 * @throws FileUnusable
 */
export function secretFile(dataDir: string, name: string, generate: () => string): string {
  const path = join(dataDir, name);
  const existing = readSecretFile(path);
  if (existing !== undefined) return existing;
  try {
    ensureDataDir(dataDir);
    writeSecretFile(dataDir, path, generate());
  } catch (error) {
    throw fileError(error, path);
  }
  return readSecretFile(path) as string;
}

/**
 * The content of a secret's file; undefined when there is none.
 * @throws FileUnusable when something else has its place: an empty file is no secret, and nobody knows whose work it is
 */
export function readSecretFile(path: string): string | undefined {
  let text: string;
  try {
    // Before it is opened: a pipe would wait for its writer.
    if (!statSync(path).isFile()) throw new FileUnusable(path, `is not an ordinary file; ${ADVICE}`);
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileError(error, path);
  }
  if (text === '') throw new FileUnusable(path, `is empty; ${ADVICE}`);
  return text;
}

const ADVICE = 'delete it, and the next start makes a new secret there';

/** A random secret of `bytes` bytes, as base64url text. */
export function randomSecret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** The file has its name only once its content is on the disk, which a power cut cannot take from it. */
function writeSecretFile(dataDir: string, path: string, secret: string): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(temporary, 'wx', 0o600);
  try {
    try {
      writeFileSync(file, `${secret}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  const folder = openSync(dataDir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
