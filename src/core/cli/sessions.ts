import { existsSync } from 'node:fs';
import { chmod, open, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { AppError } from '../errors/index.js';
import { fileError, isMissing, makeFolder } from '../files/index.js';
import { withFileLock } from './file-lock.js';

/** What is kept of a log-in at a server. */
export interface StoredSession {
  api_url: string;
  username: string;
  access_token: string;
  refresh_token: string;
}

const OTHERS = 0o077;

class SessionUnsafeError extends AppError {
  constructor(path: string, reason: string) {
    super('forbidden', 'session_unsafe', `${path}: ${reason}; remove it and log in again`);
  }
}

/** The names of this machine are one server: who logs in at one of them is logged in at all. */
function oneLoopback(apiUrl: string): string {
  return apiUrl.replace(/^(https?:\/\/)(?:127\.0\.0\.1|\[::1\])(?=[:/]|$)/, '$1localhost');
}

/** The tokens of this person, a file for each server below the folder of their configuration. */
export class SessionStore {
  private readonly folder: string;

  /** @param environment where `XDG_CONFIG_HOME` may be */
  constructor(environment: Record<string, string | undefined> = process.env) {
    const home = environment['XDG_CONFIG_HOME'];
    const base = home !== undefined && home.startsWith('/') ? home : join(homedir(), '.config');
    this.folder = join(base, 'azt3knet', 'sessions');
  }

  path(apiUrl: string): string {
    return join(this.folder, `${encodeURIComponent(oneLoopback(apiUrl))}.json`);
  }

  /** Does something with the session at a server while no other process does; reading needs no lock. */
  async locked<T>(apiUrl: string, work: () => Promise<T>): Promise<T> {
    const path = `${this.path(apiUrl)}.lock`;
    try {
      makeFolder(this.folder, 0o700);
      return await withFileLock(path, work);
    } catch (error) {
      throw fileError(error, path);
    }
  }

  /** @throws SessionUnsafeError when somebody else can read the file, or wrote it */
  async read(apiUrl: string): Promise<StoredSession | undefined> {
    const path = this.path(apiUrl);
    try {
      const { mode, uid } = await stat(path);
      if ((mode & OTHERS) !== 0) throw new SessionUnsafeError(path, 'others can read these tokens');
      if (uid !== process.getuid?.()) throw new SessionUnsafeError(path, 'belongs to somebody else');
      return await sessionIn(path, await readFile(path, 'utf8'));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw fileError(error, path);
    }
  }

  /** Keeps a session in the place of an earlier one, at once or not at all. */
  async write(session: StoredSession): Promise<void> {
    const path = this.path(session.api_url);
    const partial = `${path}.${randomUUID()}`;
    try {
      makeFolder(this.folder, 0o700);
      const file = await open(partial, 'wx', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(session, null, 2)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await chmod(partial, 0o600);
      await rename(partial, path);
    } catch (error) {
      await rm(partial, { force: true });
      throw fileError(error, path);
    }
  }

  /** Forgets a session; who is renewing it is done before. @returns whether there was one */
  async remove(apiUrl: string): Promise<boolean> {
    const path = this.path(apiUrl);
    if (!existsSync(path)) return false;
    return this.locked(apiUrl, async () => {
      try {
        await unlink(path);
      } catch (error) {
        if (!isMissing(error)) throw fileError(error, path);
      }
      return true;
    });
  }
}

async function sessionIn(path: string, text: string): Promise<StoredSession> {
  const { isToken } = await import('@azt3knet/client');
  try {
    const session = JSON.parse(text) as StoredSession;
    if (isToken(session.access_token) && isToken(session.refresh_token)) return session;
  } catch {
    // Not ours, or cut off: the same answer as to anything else that is no session.
  }
  throw new SessionUnsafeError(path, 'is not a session');
}
