import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { realpathSync, statSync } from 'node:fs';
import type { BlueprintManifest } from '../blueprints/manifest.js';
import type { ConditionTold } from './executor.js';

/** Where programs of the system are, whatever the environment of the server says. */
const PLACES = ['/usr/bin', '/bin', '/usr/local/bin', '/usr/sbin', '/sbin'];

/** What this machine lets us do to a program before it runs. */
export interface Means {
  root: boolean;
  prlimit: string | undefined;
  setpriv: string | undefined;
  /** The command that gives a program a network of its own, in which there is nothing. */
  unshare: readonly string[] | undefined;
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** A program of the system; `others`: such as every user may run. */
export function programOf(name: string, others: boolean = false): string | undefined {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((place) => place.startsWith('/'));
  return [...PLACES, ...path]
    .map((place) => join(place, name))
    .find((file) => executable(file) && (!others || isOpen(realpathSync(file))));
}

/** Whether every user may reach and read a file. */
export function isOpen(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || (stat.mode & 0o005) !== 0o005) return false;
  return path === dirname(path) || isPassable(dirname(path));
}

/** Whether every user may pass through a folder and those above it. */
export function isPassable(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || (stat.mode & 0o001) === 0) return false;
  return path === dirname(path) || isPassable(dirname(path));
}

function works(command: readonly string[]): boolean {
  const [program = '', ...args] = command;
  return spawnSync(program, [...args, '--', '/bin/true'], { stdio: 'ignore', env: {} }).status === 0;
}

let means: Means | undefined;

/** Finds out once what works here. */
export function meansOfMachine(): Means {
  if (means !== undefined) return means;
  const unshare = programOf('unshare');
  const ways =
    unshare === undefined
      ? []
      : [
          [unshare, '--net'],
          [unshare, '--user', '--map-current-user', '--net'],
        ];
  means = {
    root: process.getuid?.() === 0,
    prlimit: programOf('prlimit'),
    setpriv: programOf('setpriv'),
    unshare: ways.find(works),
  };
  return means;
}

/** Memory beyond what a bot may use that its interpreter reserves, in MB. */
const RESERVED_MB = { node: 1_024, python: 64 } as const;

/**
 * The command that runs a program confined: what is before it in the list confines, and becomes the program in the end, so that
 * the process stays the same.
 * @param uid the user that it becomes; null: the one of this process
 */
export function confined(
  command: readonly string[],
  { resources, runtime }: BlueprintManifest,
  uid: number | null,
  { prlimit, setpriv, unshare }: Means = meansOfMachine(),
): { command: string[]; conditions: ConditionTold[] } {
  const conditions: ConditionTold[] = [];
  const tell = (type: string, done: boolean, yes: [string, string], no: [string, string]): void => {
    const [reason, message] = done ? yes : no;
    conditions.push({ type, status: done ? 'true' : 'false', reason, message });
  };
  const MB = 2 ** 20;
  const limits = [
    ['nofile', resources.open_files],
    ['fsize', resources.file_mb * MB],
    ['data', (resources.memory_mb + RESERVED_MB[runtime]) * MB],
    ['core', 0],
    // Counted of all processes of a user: of use where it has none but these.
    ...(uid === null ? [] : [['nproc', resources.processes] as const]),
  ].map(([name, value]) => `--${name}=${value}:${value}`);
  tell(
    'LimitsApplied',
    prlimit !== undefined,
    [
      'ResourceLimits',
      `limits of files, memory${uid === null ? '' : ' and processes'} are set by the kernel`,
    ],
    ['NoPrlimit', 'this machine has no prlimit: nothing limits files, memory and processes'],
  );
  tell(
    'NetworkIsolated',
    unshare !== undefined,
    ['OwnNamespace', 'it has a network of its own, with nothing in it; it reaches its host by a socket'],
    ['NamespaceRefused', 'this machine gives it no network of its own: it can reach what this machine can'],
  );
  tell(
    'OwnUser',
    uid !== null && setpriv !== undefined,
    ['UnprivilegedUser', `it runs as user ${uid}, which is nobody else`],
    uid === null
      ? ['NotRoot', 'it runs as the user of the server, which only root could change']
      : ['NoSetpriv', 'this machine has no setpriv: it runs as the user of the server'],
  );
  const user = uid === null ? [] : [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
  const privileges = uid === null ? [] : ['--inh-caps=-all', '--bounding-set=-all'];
  return {
    command: [
      ...(unshare === undefined ? [] : [...unshare, '--']),
      ...(prlimit === undefined ? [] : [prlimit, ...limits, '--']),
      ...(setpriv === undefined ? [] : [setpriv, ...user, ...privileges, '--no-new-privs', '--']),
      ...command,
    ],
    conditions,
  };
}
