import { createHash, randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { identify, ownIdentity } from '../embedded/index.js';

/** `.<name>.<machine>-<process>-<its start>-<random>.partial` */
const PARTIAL = /^\..+\.([0-9a-f]{8})-(\d{1,10})-([0-9a-f]{8})-[0-9a-f]{8}\.partial$/;
const ABANDONED_MS = 12 * 3_600_000;

/** A new name beside a file that this process writes; it says whose it is. */
export function partialPath(path: string): string {
  const { pid, startedAt } = ownIdentity();
  const owner = `${digest(hostname())}-${pid}-${digest(startedAt)}-${randomBytes(4).toString('hex')}`;
  return join(dirname(path), `.${basename(path)}.${owner}.partial`);
}

/** Removes what killed processes left in a folder. What cannot be looked at or removed is in nobody's way. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    if (await isAbandoned(name, path).catch(() => false))
      await rm(path, { force: true }).catch(() => undefined);
  }
}

/** Of this machine's processes it is known whether they live; another machine's write more often than {@link ABANDONED_MS}. */
async function isAbandoned(name: string, path: string): Promise<boolean> {
  const [, machine, pid, start] = PARTIAL.exec(name) ?? [];
  if (machine === undefined || start === undefined) return false;
  const found = await lstat(path);
  if (!found.isFile()) return false;
  if (machine !== digest(hostname())) return found.mtimeMs < Date.now() - ABANDONED_MS;
  const owner = identify(Number(pid));
  return owner === undefined || digest(owner.startedAt) !== start;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
