import { existsSync, readdirSync, rmSync } from 'node:fs';
import { locateBinaries, usableBinaries, type Binaries } from './binaries.js';
import { APPLICATION_ROLE, DATABASE, ensureCluster, OWNER_ROLE } from './cluster.js';
import { explain } from './embedded-postgres.errors.js';
import { leaseHolders, takeLease, withLock } from './leases.js';
import { orphanedHomes, place, placedCluster, removeHome, ROOT_HOMES, type Placement } from './placement.js';
import { isAlive } from './process-identity.js';
import { ensureServer, findServer, stopServer, type RunningServer, type ServerSettings } from './server.js';
import { dataFolderAt, openDataFolder, refuseOtherUser, writeSettings, type DataFolder } from './settings.js';

/** How often a holder looks whether the server still lives, in milliseconds. */
const WATCH_MS = 1000;

/** What the embedded server needs to know. */
export interface EmbeddedPostgresOptions {
  /** The data folder, absolute or relative to the working directory; made on the first start. */
  dataDir: string;
  /** Receives one line for each thing that an operator should know. */
  log?: (line: string) => void;
  /** Hears of a first start, once the database is there; gets the data folder as an absolute path. */
  made?: (dataDir: string) => void;
  /** Where the server lives when it is started by root: candidates, best first. Default: /var/lib, then the temporary folder. */
  rootHomes?: readonly string[];
  /** What a server that this starts has in the place of our settings. */
  settings?: ServerSettings;
}

/** A share in the running server of a data folder. */
export interface EmbeddedPostgres {
  /** Connects as the role that owns the schema, for migrations. */
  ownerUrl: string;
  /** Connects as the role of the running application. */
  applicationUrl: string;
  /** The TCP port on 127.0.0.1. */
  port: number;
  /** The id of the server's main process. */
  pid: number;
  /** Gives the share back; the last one out stops the server. Close all connections first. May be called again. */
  release(): Promise<void>;
}

/** What runs in a data folder. */
export interface EmbeddedPostgresStatus {
  server: { pid: number; port: number; state: RunningServer['state'] } | null;
  /** The ids of the processes that use it, one entry a share. */
  holders: number[];
}

/** Whether a data folder has a database, running or not. */
export function embeddedPostgresExists(dataDir: string): boolean {
  return existsSync(dataFolderAt(dataDir).settings);
}

/**
 * Joins the server of a data folder: attaches to a running one, whoever started it, or starts one, creating the database on
 * the first start. A signal handler that ends the process should wait for this and release what it returns.
 * @throws EmbeddedPostgresError one line that says what to do
 */
export async function acquireEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  let folder = dataFolderAt(options.dataDir);
  let lease: string | undefined;
  try {
    folder = openDataFolder(options.dataDir);
    lease = takeLease(folder.leases);
    const { rootHomes = ROOT_HOMES, made = () => undefined, settings = {} } = options;
    return await join(folder, lease, rootHomes, { log, made, settings });
  } catch (error) {
    if (lease !== undefined) rmSync(lease, { force: true });
    throw explain(error, folder.path, folder.log);
  }
}

function join(
  folder: DataFolder,
  lease: string,
  rootHomes: readonly string[],
  { log, made, settings }: Required<Pick<EmbeddedPostgresOptions, 'log' | 'made' | 'settings'>>,
): Promise<EmbeddedPostgres> {
  return withLock(folder.lock, lease, async () => {
    const placement = place(folder, rootHomes);
    const prepare = async (): Promise<Binaries> => {
      // Housekeeping, at which another process may be too: no start fails for it.
      await Promise.allSettled(orphanedHomes(rootHomes, Date.now()).map(removeOrphan));
      const binaries = await usableBinaries(locateBinaries(), placement.home, placement.runAs);
      await ensureCluster(placement, binaries);
      if (!placement.settings.created)
        writeSettings(folder.settings, { ...placement.settings, created: true });
      return binaries;
    };
    const server = await ensureServer(placement, folder.log, prepare, settings);
    if (!placement.settings.created) made(folder.path);
    leaseHolders(folder.leases, true);
    return share(folder, lease, placement, server, log);
  });
}

async function removeOrphan(home: string): Promise<void> {
  const server = findServer(`${home}/cluster`);
  if (server) await stopServer(server);
  // Its mark goes last, so that a removal that was interrupted is taken up again.
  const parts = readdirSync(home).filter((name) => name !== 'origin');
  await Promise.all(parts.map((name) => removeHome(`${home}/${name}`)));
  await removeHome(home);
}

function share(
  folder: DataFolder,
  lease: string,
  placement: Placement,
  server: RunningServer,
  log: (line: string) => void,
): EmbeddedPostgres {
  const { owner_password, application_password } = placement.settings;
  const url = (role: string, password: string): string =>
    `postgres://${role}:${password}@127.0.0.1:${server.port}/${DATABASE}`;
  const watch = watchServer(server, folder.log, log);
  let released: Promise<void> | undefined;
  return {
    ownerUrl: url(OWNER_ROLE, owner_password),
    applicationUrl: url(APPLICATION_ROLE, application_password),
    port: server.port,
    pid: server.pid,
    release: () => {
      clearInterval(watch);
      return (released ??= release(folder, lease, placement, server, log));
    },
  };
}

/** Says in the log when the server dies while it is in use. */
function watchServer(server: RunningServer, logFile: string, log: (line: string) => void): NodeJS.Timeout {
  const timer = setInterval(() => {
    if (isAlive(server)) return;
    clearInterval(timer);
    log(
      `the embedded PostgreSQL (process ${server.pid}) has ended; the next start recovers it; see ${logFile}`,
    );
  }, WATCH_MS);
  return timer.unref();
}

async function release(
  folder: DataFolder,
  lease: string,
  placement: Placement,
  server: RunningServer,
  log: (line: string) => void,
): Promise<void> {
  // The data folder was removed or renamed meanwhile: nobody can join its server any more.
  if (!existsSync(lease)) {
    if (embeddedPostgresStatus(folder.path).server?.pid !== server.pid) await stopServer(server);
    return;
  }
  await withLock(folder.lock, lease, async () => {
    rmSync(lease, { force: true });
    if (leaseHolders(folder.leases, true).length > 0) return;
    // Another process may have started it again since this one joined.
    const last = findServer(placement.cluster) ?? server;
    if (!(await stopServer(last))) log(`the embedded PostgreSQL (process ${last.pid}) does not end`);
  });
}

/**
 * Whether the server of a data folder runs, and who uses it; makes nothing.
 * @throws EmbeddedPostgresError `database_wrong_user`, `database_settings_broken`, `database_folder_unusable`
 */
export function embeddedPostgresStatus(dataDir: string): EmbeddedPostgresStatus {
  const folder = dataFolderAt(dataDir);
  try {
    refuseOtherUser(folder);
    const cluster = placedCluster(folder);
    const server = cluster === undefined ? undefined : findServer(cluster);
    return {
      server: server ? { pid: server.pid, port: server.port, state: server.state } : null,
      holders: leaseHolders(folder.leases),
    };
  } catch (error) {
    throw explain(error, folder.path, folder.log);
  }
}
