import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, supervisorBusy } from './embedded-postgres.errors.js';
import { poll } from './poll.js';
import { identityText, isAlive, ownIdentity, readIdentity } from './process-identity.js';

const LOCK_PATIENCE_MS = 180_000;

/**
 * Writes this process's lease: a file that says "I use the server" for as long as its process lives.
 * @returns its path
 */
export function takeLease(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lease = join(folder, `${process.pid}-${randomUUID()}`);
  const draft = join(folder, `.${randomUUID()}`);
  try {
    writeFileSync(draft, identityText(ownIdentity()), { mode: 0o600 });
    renameSync(draft, lease);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  return lease;
}

/** The ids of the live processes that hold a lease, one entry a lease; leases of dead ones are removed on request. */
export function leaseHolders(folder: string, removeDead = false): number[] {
  const leases = namesIn(folder).filter((name) => !name.startsWith('.'));
  return leases.flatMap((name) => {
    const lease = join(folder, name);
    const identity = readIdentity(lease);
    if (identity && isAlive(identity)) return [identity.pid];
    if (removeDead) rmSync(lease, { force: true });
    return [];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Runs `work` while no other process, and no other call in this one, is inside the same lock.
 *
 * The lock is a hard link to the caller's lease, so that it appears at once with its holder's identity in it. A lock whose
 * holder is dead is removed by whoever gets the lock on removing it, which is this same function on a longer name: two
 * processes that find the same stale lock can therefore never take away each other's new one.
 * @throws EmbeddedPostgresError `database_busy` when a live process keeps it for three minutes
 */
export async function withLock<T>(lock: string, lease: string, work: () => T | Promise<T>): Promise<T> {
  const taken = await poll(() => tryLock(lock, lease), 20, LOCK_PATIENCE_MS);
  if (!taken) throw supervisorBusy(lock, readIdentity(lock)?.pid);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function tryLock(lock: string, lease: string): Promise<true | undefined> {
  try {
    linkSync(lease, lock);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  if (!isStale(lock)) return undefined;
  await withLock(`${lock}.break`, lease, () => {
    if (isStale(lock)) rmSync(lock, { force: true });
  });
  return undefined;
}

/** Whether there is a lock, and its holder is dead. */
function isStale(lock: string): boolean {
  const holder = readIdentity(lock);
  return holder !== undefined && !isAlive(holder);
}
