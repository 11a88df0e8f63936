import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { dirname, join } from 'node:path';
import type { Config } from '../../core/config/index.js';
import { egressProblems } from '../../core/egress/index.js';
import { changedFiles, describeChanges } from '../../core/integrity/index.js';
import { API_SECRET_FILE, readSecretFile } from '../../core/secrets/index.js';
import { readTlsFiles, type TlsFiles } from '../../core/tls/index.js';
import { VERSION } from '../../core/version.js';
import { plural } from '../../core/words.js';
import type { Finding } from './finding.js';

const NODE_NEEDED = [20, 19] as const;
const GIGABYTE = 2 ** 30;
/** A run of a large population writes some gigabytes. */
const ROOM_WARNING_BYTES = 5 * GIGABYTE;
const ROOM_NEEDED_BYTES = GIGABYTE / 2;
const CERTIFICATE_WARNING_DAYS = 14;
const DAY_MS = 86_400_000;
const API_PATIENCE_MS = 2_000;

export function checkVersions(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1]);
  const detail = `Azt3kNet ${VERSION}, Node.js ${process.versions.node}`;
  if (enough) return { name: 'versions', status: 'ok', detail };
  return { name: 'versions', status: 'fail', detail, advice: `needs Node.js ${NODE_NEEDED.join('.')}` };
}

/** The folder, or the nearest above it that exists. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

export async function checkDataFolder(dataDir: string): Promise<Finding> {
  const name = 'data folder';
  const folder = nearest(dataDir);
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const detail = `${dataDir}, ${(free / GIGABYTE).toFixed(1)} GB free`;
    const advice = 'free some room, or set AZT3KNET_DATA_DIR';
    if (free < ROOM_NEEDED_BYTES) return { name, status: 'fail', detail, advice };
    return free < ROOM_WARNING_BYTES
      ? { name, status: 'warn', detail, advice }
      : { name, status: 'ok', detail };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const detail = `${folder} cannot be written to (${code})`;
    return { name, status: 'fail', detail, advice: 'set AZT3KNET_DATA_DIR, or give it to this user' };
  }
}

/** Whether the secret of the API can be had; what is wrong with its file says what to do. */
export function checkSecrets({ auth, dataDir }: Config): Finding {
  const name = 'secrets';
  if (auth.secret !== undefined) return { name, status: 'ok', detail: 'API_SECRET_KEY is set' };
  const path = join(dataDir, API_SECRET_FILE);
  try {
    const made = readSecretFile(path) !== undefined;
    return { name, status: 'ok', detail: made ? path : 'generated; the first start makes them' };
  } catch (error) {
    const advice = 'sessions and links that the old secret signed end; or set API_SECRET_KEY';
    return { name, status: 'fail', detail: (error as Error).message, advice };
  }
}

/** @param files that the configuration has been checked with */
export function checkCertificate(files: TlsFiles): Finding {
  const { validTo } = readTlsFiles(files);
  const days = Math.floor((validTo.getTime() - Date.now()) / DAY_MS);
  const name = 'certificate';
  const advice = `renew ${files.certFile}`;
  if (days < 0) return { name, status: 'fail', detail: `ended on ${validTo.toISOString()}`, advice };
  const detail = `good for ${plural(days, 'day')}`;
  return days < CERTIFICATE_WARNING_DAYS
    ? { name, status: 'warn', detail, advice }
    : { name, status: 'ok', detail };
}

/** What /health says on the API port; undefined when nobody listens or it is not ours. */
function askHealth({ api }: Config): Promise<{ version: string } | undefined> {
  const host = ['0.0.0.0', '::'].includes(api.host) ? '127.0.0.1' : api.host;
  const options = { host, port: api.port, path: '/health', timeout: API_PATIENCE_MS };
  return new Promise((resolve) => {
    // Its name is not what is asked, and nothing is sent to it.
    const call = api.tls ? httpsRequest({ ...options, rejectUnauthorized: false }) : httpRequest(options);
    call.on('error', () => resolve(undefined));
    call.on('timeout', () => call.destroy());
    call.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const version = /^\{"status":"ok","version":"([^"]+)"\}$/.exec(text)?.[1];
        resolve(version === undefined ? undefined : { version });
      });
    });
    call.end();
  });
}

/** Whether a server runs here; it need not. */
export async function checkApi(config: Config): Promise<Finding> {
  const name = 'server';
  const place = `${config.api.tls ? 'https' : 'http'}://${config.api.host}:${config.api.port}`;
  const found = config.api.port === 0 ? undefined : await askHealth(config);
  if (found === undefined) return { name, status: 'ok', detail: `none at ${place}; npm start begins one` };
  if (found.version === VERSION) return { name, status: 'ok', detail: `answers at ${place}` };
  const detail = `version ${found.version} answers at ${place}`;
  return { name, status: 'warn', detail, advice: 'restart it' };
}

/** Whether the servers that are listed could be asked; none of them is. */
export async function checkEgress({ egressAllow: allow }: Config): Promise<Finding> {
  const name = 'outgoing';
  if (allow.length === 0) return { name, status: 'ok', detail: 'no server is listed in EGRESS_ALLOW' };
  const problems = await egressProblems(allow);
  if (problems.length === 0) return { name, status: 'ok', detail: `${allow.join(', ')} may be asked` };
  return { name, status: 'warn', detail: problems.join('; '), advice: 'change EGRESS_ALLOW' };
}

/** Whether models, policies, scenarios and templates are those that were shipped; production does not start otherwise. */
export function checkShippedFiles({ environment, allowChangedFiles }: Config): Finding {
  const name = 'shipped files';
  const changed = changedFiles();
  if (changed.length === 0) return { name, status: 'ok', detail: 'are as they were shipped' };
  const status = environment === 'production' && !allowChangedFiles ? 'fail' : 'warn';
  return { name, status, detail: describeChanges(changed), advice: 'install again what was shipped' };
}
