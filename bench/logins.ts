import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { loadConfig } from '../src/core/config/index.js';
import { openRuntime } from '../src/runtime.js';
import { figure, figureAtMost, printFigures } from './figure.js';
import { call, start } from './server-load.js';

// A thousand attempts to log in a second, from one address and from as many as there are, against a served API: what they do to reads
// of others, and to somebody who logs in with the right password where he has before. The attackers run on the same two cores.

const SECONDS = 10;
const ATTEMPTS_A_SECOND = 1_000;
/** So many that those who wait for their answers do not slow the others down. */
const CONNECTIONS = 1_000;
/** A user has twenty a second. */
const READS_EVERY_MS = 60;
/** Milliseconds that a read may take before its user thinks that the server is gone. */
const PATIENCE_MS = 1_000;
/** An address has ten log-ins a minute. */
const LOGINS_EVERY_MS = 1_200;

const dataDir = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
const password = randomBytes(12).toString('hex');
const environment = {
  AZT3KNET_DATA_DIR: dataDir,
  AZT3KNET_LOG_LEVEL: 'silent',
  AZT3KNET_ADMIN_PASSWORD: password,
  API_SECRET_KEY: randomBytes(32).toString('hex'),
  API_HOST: '127.0.0.1',
  API_PORT: '0',
  API_TRUST_PROXY: '127.0.0.1',
};

interface Observed {
  /** Milliseconds, ascending. */
  reads: number[];
  logins: number[];
  failed: number;
}

const runtime = await openRuntime(loadConfig({ ...environment }, dataDir), () => {});
const server = await start('api', 'src/main.js', environment);
const login = (address: string): Promise<{ access_token: string }> =>
  call(`${server.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'x-forwarded-for': address },
    body: JSON.stringify({ username: 'admin', password }),
  });

/** What somebody at an address sees while something goes on. */
async function observe(address: string, goOn: () => Promise<unknown>): Promise<Observed> {
  const { access_token: token } = await login(address);
  const seen: Observed = { reads: [], logins: [], failed: 0 };
  const over = new AbortController();
  const done = goOn().finally(() => over.abort());
  const repeat = async (every: number, times: number[], work: () => Promise<unknown>): Promise<void> => {
    const pending: Promise<void>[] = [];
    while (!over.signal.aborted) {
      const began = performance.now();
      pending.push(
        work().then(
          () => void times.push(performance.now() - began),
          () => void (seen.failed += 1),
        ),
      );
      await sleep(every);
    }
    await Promise.all(pending);
  };
  const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': address };
  await Promise.all([
    done,
    repeat(READS_EVERY_MS, seen.reads, () => call(`${server.url}/api/v1/users/me`, { headers })),
    // As packages/client does: whoever is told to come again in a second does.
    repeat(LOGINS_EVERY_MS, seen.logins, () =>
      login(address).catch(() => sleep(1_000).then(() => login(address))),
    ),
  ]);
  seen.reads.sort((a, b) => a - b);
  seen.logins.sort((a, b) => a - b);
  return seen;
}

/** Attempts with wrong passwords. @param addresses how many they come from */
async function attack(addresses: number): Promise<{ attempts: number; statuses: Record<string, number> }> {
  let sent = 0;
  const result = await autocannon({
    url: `${server.url}/api/v1/auth/login`,
    connections: CONNECTIONS,
    overallRate: ATTEMPTS_A_SECOND,
    duration: SECONDS,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => {
          sent += 1;
          const place = sent % addresses;
          const address = `10.0.${place >> 8}.${place & 255}`;
          return {
            ...request,
            headers: { ...request.headers, 'x-forwarded-for': address },
            body: JSON.stringify({ username: `user-${sent % 1_000}`, password: 'a guess' }),
          };
        },
      },
    ],
  });
  const counts = Object.entries(result.statusCodeStats ?? {});
  return {
    attempts: result['2xx'] + result.non2xx,
    statuses: Object.fromEntries(counts.map(([status, { count }]) => [status, count ?? 0])),
  };
}

const within = (times: readonly number[]): number =>
  times.filter((time) => time <= PATIENCE_MS).length / times.length;

const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

try {
  const quiet = await observe('192.0.2.1', () => sleep(SECONDS * 1_000));
  const figures = [figure('logins', 'reads, p99, no attack', at(quiet.reads, 0.99), 'ms')];
  for (const [index, addresses] of [1, 60_000].entries()) {
    const from = addresses === 1 ? 'one address' : `${addresses.toLocaleString('en')} addresses`;
    const attacked = { attempts: 0, statuses: {} as Record<string, number> };
    const seen = await observe(`192.0.2.${index + 2}`, async () => {
      Object.assign(attacked, await attack(addresses));
    });
    process.stderr.write(`${from}: ${JSON.stringify(attacked.statuses)}\n`);
    figures.push(
      figure('logins', `attempts a second, ${from}`, attacked.attempts / SECONDS, '1/s', 950),
      figure('logins', `reads, p99, ${from}`, at(seen.reads, 0.99), 'ms'),
      figure('logins', `reads within a second, ${from}`, within(seen.reads), '', 0.99),
      figure('logins', `log-in of a user, slowest, ${from}`, at(seen.logins, 1), 'ms'),
      figureAtMost('logins', `reads and log-ins that failed, ${from}`, seen.failed, '', 0),
    );
  }
  printFigures(figures);
} finally {
  const ended = once(server.process, 'exit');
  server.process.kill('SIGTERM');
  await ended;
  await runtime.close();
  await rm(dataDir, { recursive: true, force: true });
}
