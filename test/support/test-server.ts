import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  acquireEmbeddedPostgres,
  embeddedPostgresStatus,
  type EmbeddedPostgres,
} from '../../src/core/database/embedded/index.js';

const MEMORY = '/dev/shm';
const PREFIX = 'azt3knet-tests-';
/** A whole run needs less than one GiB there. */
const LEAST_FREE = 4 * 2 ** 30;
const SETTINGS = {
  // What would save it from a crash that no test makes: those of crashes have servers of their own.
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // Files that run side by side have several applications each.
  max_connections: '300',
};
/** A folder in which a run is only just starting its server is nobody's yet. */
const STARTING_MS = 10 * 60_000;

/**
 * Starts the server of a run, with its files in memory where plenty is free: each test's own database is a thousand of them,
 * which cost the file system of a disk more than all that is asked of them. `remove` stops it and removes them.
 */
export async function startTestServer(): Promise<{ server: EmbeddedPostgres; remove: () => Promise<void> }> {
  sweepMemory();
  // Root's servers have their programs beside their files where a clone cannot be reached, and memory may forbid to run any.
  if (hasRoomInMemory()) return startIn(MEMORY).catch(() => startIn(tmpdir()));
  return startIn(tmpdir());
}

async function startIn(base: string): Promise<{ server: EmbeddedPostgres; remove: () => Promise<void> }> {
  const folder = mkdtempSync(join(base, PREFIX));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    chmodSync(folder, 0o755);
    const homes = join(folder, 'homes');
    mkdirSync(homes, { mode: 0o755 });
    const server = await acquireEmbeddedPostgres({
      dataDir: join(folder, 'data'),
      rootHomes: [homes],
      settings: SETTINGS,
    });
    const remove = async (): Promise<void> => {
      await server.release();
      removeFolder();
    };
    return { server, remove };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

function hasRoomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > LEAST_FREE && freemem() > LEAST_FREE;
  } catch {
    return false;
  }
}

/** Gives back the memory of runs that were killed; a server ends by itself when its files are gone. */
function sweepMemory(): void {
  if (!statSync(MEMORY, { throwIfNoEntry: false })?.isDirectory()) return;
  for (const name of readdirSync(MEMORY).filter((each) => each.startsWith(PREFIX))) {
    const folder = join(MEMORY, name);
    try {
      if (Date.now() - statSync(folder).mtimeMs < STARTING_MS) continue;
      if (embeddedPostgresStatus(join(folder, 'data')).holders.length === 0)
        rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's, or another run removes it at this moment.
    }
  }
}
