import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMissing } from '../files/index.js';

/** A holder that has given no sign for so long is gone, in milliseconds. */
const STALE_MS = 30_000;
/** How often a holder gives a sign. */
const SIGN_MS = 5_000;
const POLL_MS = 20;

/** Who holds a lock, as its file says. */
interface Holder {
  id: string;
  pid: number;
  host: string;
}

/**
 * Does some work while no other process does work under the same lock: a file that is there while somebody holds it. One whose
 * holder is dead, or has given no sign for 30 s, is taken over.
 * @param path of the lock's file; its folder is there
 * @throws the system's error, and what the work throws
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const me = JSON.stringify({ id: randomUUID(), pid: process.pid, host: hostname() } satisfies Holder);
  while (!(await create(path, me))) {
    await removeStale(path);
    // Not all at once.
    await sleep(POLL_MS * (0.5 + Math.random()));
  }
  const signs = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), SIGN_MS);
  try {
    return await work();
  } finally {
    clearInterval(signs);
    // Who was asleep for long may have lost it.
    if ((await contentOf(path)) === me) await rm(path, { force: true });
  }
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock whose holder is gone; of many who see that at once, nobody removes the lock of the next holder. */
async function removeStale(path: string): Promise<void> {
  const content = await contentOf(path);
  if (content === undefined || !(await isStale(path, content))) return;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  // Somebody was faster, and this is the lock of the next holder: it goes back.
  if ((await contentOf(aside)) !== content) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function isStale(path: string, content: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return false;
  return Date.now() - found.mtimeMs > STALE_MS || isDead(content);
}

/** Whether the holder was a process of this machine that is no more; one that has not written yet is not. */
function isDead(content: string): boolean {
  let holder: Partial<Holder>;
  try {
    holder = JSON.parse(content) as Partial<Holder>;
  } catch {
    return false;
  }
  if (holder.host !== hostname() || typeof holder.pid !== 'number') return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
