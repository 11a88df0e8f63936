import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { errorCode } from './embedded-postgres.errors.js';

/** One process for good: its id, and when it started, because the system gives ids out again. */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

const hasProc = existsSync('/proc/self/stat');
const bootId = hasProc ? readText('/proc/sys/kernel/random/boot_id').trim() : '';

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** What `ps` says about a process in one column, '' when there is no such process. */
function ps(column: string, pid: number): string {
  try {
    return execFileSync('/bin/ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { LC_ALL: 'C' },
    }).trim();
  } catch {
    return '';
  }
}

/** When a process started, as a token to compare; undefined when it is dead, a zombie included. */
function startOf(pid: number): string | undefined {
  if (!hasProc) {
    if (ps('stat', pid).startsWith('Z')) return undefined;
    return ps('lstart', pid).replaceAll(' ', '_') || undefined;
  }
  const stat = readText(`/proc/${pid}/stat`);
  // The command in parentheses may hold blanks; the state is the first field after it, the start time the twentieth.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 20 || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return `${bootId}/${fields[19]}`;
}

/** The identity of a live process; undefined when there is none with this id. */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = startOf(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  const own = identify(process.pid);
  if (!own) throw new Error('neither /proc nor ps tells when this process started');
  return own;
}

/** Whether exactly this process still runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  return startOf(identity.pid) === identity.startedAt;
}

/** The command line of a process, its arguments joined by blanks; '' when it cannot be read. */
export function commandLine(pid: number): string {
  if (!hasProc) return ps('command', pid);
  return readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

/**
 * Reads an identity that a process left in a file; undefined when there is no such file. What is not an identity, as
 * after a power cut, reads as that of a dead process.
 */
export function readIdentity(file: string): ProcessIdentity | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const [pid, startedAt] = text.split(' ', 2);
  return { pid: Number(pid) || 0, startedAt: startedAt ?? '' };
}

/** An identity as text for a file. */
export function identityText({ pid, startedAt }: ProcessIdentity): string {
  return `${pid} ${startedAt}`;
}
