import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { POSTGRES_ENVIRONMENT, type Binaries } from './binaries.js';
import { failureLine, isDiskFull } from './cluster.js';
import { diskFull, errorCode, errorText, startFailed } from './embedded-postgres.errors.js';
import type { Placement } from './placement.js';
import { poll } from './poll.js';
import { commandLine, identify, isAlive, type ProcessIdentity } from './process-identity.js';

/** A running server as its cluster's postmaster.pid describes it. */
export interface RunningServer extends ProcessIdentity {
  port: number;
  state: 'starting' | 'ready' | 'stopping';
}

/** Recovery after a crash replays at most max_wal_size (1 GB), which takes a slow disk a minute or two. */
const READY_MS = 300_000;
const STOPPING_MS = 60_000;
const PORT_ATTEMPTS = 5;
const HOST = '127.0.0.1';

/** Settings of a server by their names in postgresql.conf. */
export type ServerSettings = Readonly<Record<string, string>>;

/** What a laptop wants of a server that is still durable: fsync and synchronous_commit stay on. */
const SETTINGS: ServerSettings = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '100',
  // Nobody replicates a laptop's database: less to write, and faster COPY.
  wal_level: 'minimal',
  max_wal_senders: '0',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The work of a client that was killed ends within a second.
  client_connection_check_interval: '1s',
};

interface PidFile {
  pid: number;
  clusterPath: string;
  port: number;
  status: string;
}

/** Reads postmaster.pid: line 1 process id, 2 cluster, 4 port, 8 status. Undefined when missing; pid 0 when cut short. */
function readPidFile(cluster: string): PidFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const [pid = '', clusterPath = '', , port = '', , , , status = ''] = lines;
  return {
    pid: Math.max(0, Number.parseInt(pid, 10)) || 0,
    clusterPath,
    port: Number(port),
    status: status.trim(),
  };
}

/** The live server of a cluster. A process id that the system gave to another program since does not count. */
export function findServer(cluster: string): RunningServer | undefined {
  const file = readPidFile(cluster);
  if (!file || file.pid === 0) return undefined;
  const identity = identify(file.pid);
  if (!identity || !isServerOf(file, cluster)) return undefined;
  const states = { ready: 'ready', stopping: 'stopping' } as const;
  const state = states[file.status as keyof typeof states] ?? 'starting';
  return { ...identity, port: file.port, state };
}

/** The command line names the cluster as it was called at the start; a folder renamed since is still the same server's. */
function isServerOf({ pid, clusterPath }: PidFile, cluster: string): boolean {
  if (!commandLine(pid).includes(` -D ${clusterPath} `)) return false;
  return !existsSync(clusterPath) || realpathSync(clusterPath) === realpathSync(cluster);
}

/**
 * Returns the cluster's server, ready for connections: the running one, waiting for it to recover where it must, or a new
 * one. Call it inside the lock.
 * @param prepare makes binaries and cluster ready; called only when a server must be started
 * @param settings what a new one has in the place of ours
 * @throws EmbeddedPostgresError `database_start_failed`, `database_disk_full`, and what `prepare` throws
 */
export async function ensureServer(
  placement: Placement,
  logFile: string,
  prepare: () => Promise<Binaries>,
  settings: ServerSettings,
): Promise<RunningServer> {
  const running = await settledServer(placement.cluster, logFile);
  if (running) return running;
  const binaries = await prepare();
  const deadline = performance.now() + STOPPING_MS;
  const formerPort = readPidFile(placement.cluster)?.port;
  let portsTaken = 0;
  for (;;) {
    await disarmPidFile(placement.cluster);
    const port = portsTaken === 0 && formerPort ? formerPort : await freePort();
    const started = await launch(placement, binaries, { ...settings, port: String(port) }, logFile);
    if (started) return started;
    const log = readFileSync(logFile, 'utf8');
    if (isDiskFull(log)) throw diskFull(placement.home);
    if (/could not bind|could not create any TCP\/IP sockets/.test(log)) portsTaken += 1;
    else if (!/pre-existing shared memory block|lock file ".*" already exists/.test(log))
      portsTaken = PORT_ATTEMPTS;
    const reason = failureLine(log) ?? 'it ended without a message';
    if (portsTaken >= PORT_ATTEMPTS || performance.now() > deadline) throw startFailed(reason, logFile);
    // Connections of a killed server linger for a moment, or a server that a killed process started has just come up.
    const other = await settledServer(placement.cluster, logFile);
    if (other) return other;
    await sleep(100);
  }
}

/** The cluster's server once it is ready; undefined when none runs, after waiting for one that is shutting down. */
async function settledServer(cluster: string, logFile: string): Promise<RunningServer | undefined> {
  const settled = await poll(
    () => {
      const server = findServer(cluster);
      if (!server) return 'none';
      return server.state === 'ready' ? server : undefined;
    },
    20,
    findServer(cluster)?.state === 'stopping' ? STOPPING_MS : READY_MS,
  );
  if (settled === undefined) throw startFailed('it is still recovering or shutting down', logFile);
  return settled === 'none' ? undefined : settled;
}

/**
 * Makes a stale postmaster.pid harmless. PostgreSQL itself deals with a dead process in line 1, and looks up by line 7
 * whether connections of that server are still there; but any live process of the same user in line 1 stops it. Its
 * parent's id does not, so that takes the place of a reused one.
 */
async function disarmPidFile(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  let content = readPidFile(cluster);
  if (content?.pid === 0) {
    // Cut short by a full disk or a power cut, unless a server is writing it at this moment.
    await sleep(1000);
    content = readPidFile(cluster);
    if (content?.pid === 0) rmSync(file, { force: true });
  }
  if (!content || !identify(content.pid) || isServerOf(content, cluster)) return;
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [String(process.pid), ...lines.slice(1)].join('\n'));
}

/** A TCP port of 127.0.0.1 that nobody uses at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * Starts the server in a session of its own, so that Ctrl-C in our terminal does not end it before our connections.
 * @returns undefined when it ended before it was ready; the log says why
 */
async function launch(
  { cluster, runAs }: Placement,
  binaries: Binaries,
  settings: ServerSettings,
  logFile: string,
): Promise<RunningServer | undefined> {
  const all = Object.entries({ ...SETTINGS, ...settings });
  const args = ['-D', cluster, ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(join(binaries.folder, 'bin', 'postgres'), args, {
    ...runAs,
    cwd: '/',
    env: POSTGRES_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  child.unref();
  const outcome = await poll(
    () => {
      if (failure || child.exitCode !== null || child.signalCode !== null) return 'ended';
      const server = findServer(cluster);
      return server?.pid === child.pid && server?.state === 'ready' ? server : undefined;
    },
    10,
    READY_MS,
  );
  if (failure) throw startFailed(errorText(failure), logFile, failure);
  if (outcome === undefined) throw startFailed('it is still recovering', logFile);
  return outcome === 'ended' ? undefined : outcome;
}

/**
 * Stops a server: fast, which ends connections and writes everything out, then immediately when that takes too long.
 * @returns whether it is gone
 */
export async function stopServer(server: ProcessIdentity): Promise<boolean> {
  const steps = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5000],
  ] as const;
  for (const [signal, patience] of steps) {
    if (!isAlive(server)) return true;
    try {
      process.kill(server.pid, signal);
    } catch (error) {
      if (errorCode(error) !== 'ESRCH') throw error;
    }

    if (await poll(() => (isAlive(server) ? undefined : true), 10, patience)) return true;
  }
  return !isAlive(server);
}
