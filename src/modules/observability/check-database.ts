import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { HeadFiles, HeadSigner, latestHeads, signedAt, verifyTail } from '../../core/audit/index.js';
import { openBlobStore } from '../../core/blobs/index.js';
import type { Config } from '../../core/config/index.js';
import {
  databaseDifference,
  embeddedPostgresExists,
  openDatabase,
  poolConfig,
  type DatabaseTarget,
  type SchemaDifference,
} from '../../core/database/index.js';
import { openQueueBackend } from '../../core/queue/index.js';
import { API_SECRET_FILE, checkSealed, sealedTrouble } from '../../core/secrets/index.js';
import { plural } from '../../core/words.js';
import type { Finding } from './finding.js';
import { readSystemState, type Query, type SystemState } from './system-state.js';

const PATIENCE_MS = 5_000;
const SKEW_WARNING_MS = 2_000;
const LAG_WARNING_SECONDS = 30;
const TAIL_RECORDS = 500;
const MEGABYTE = 2 ** 20;

type Log = (line: string) => void;

/** Runs a check; what it throws is what it found. */
async function attempt(name: string, advice: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [{ name, status: 'fail', detail: (error as Error).message, advice }];
  }
}

/** Looks at the database and at everything that lives in it. */
export async function checkDatabase(config: Config, log: Log): Promise<Finding[]> {
  if (config.database === undefined && !embeddedPostgresExists(config.dataDir)) {
    return [{ name: 'database', status: 'ok', detail: 'embedded; the first start makes it' }];
  }
  const advice = config.database === undefined ? 'see the log in the data folder' : 'see DATABASE_URL';
  return attempt('database', advice, async () => {
    const target = await openDatabase(config, log);
    try {
      return await withClient(target, (query) => checkOpenDatabase(config, { target, query, log }));
    } finally {
      await target.release();
    }
  });
}

/** Ends a connection; one whose server got stuck on the way does not keep this process. */
async function hangUp(client: pg.Client): Promise<void> {
  const ended = client.end().then(() => true);
  if (await Promise.race([ended, setTimeout(PATIENCE_MS, false, { ref: false })])) return;
  (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
}

async function withClient<T>(target: DatabaseTarget, work: (query: Query) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    ...poolConfig(target.application),
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(async (sql, parameters) => (await client.query(sql, parameters)).rows as never);
  } finally {
    await hangUp(client);
  }
}

interface Open {
  target: DatabaseTarget;
  query: Query;
  log: Log;
}

async function checkOpenDatabase(config: Config, open: Open): Promise<Finding[]> {
  const { target, query } = open;
  const found = await describeDatabase(target, query, config.timezone);
  const difference = await databaseDifference(target);
  found.push(migrations(target, difference));
  if (difference.missing.length > 0) return found;
  found.push(...(await checkQueue(config, open)));
  const advice = 'azt3knet db status';
  found.push(...(await attempt('jobs', advice, async () => describeState(await readSystemState(query)))));
  found.push(...(await attempt('sealed', 'azt3knet secrets status', () => checkSeals(query, config))));
  found.push(...(await attempt('audit', 'azt3knet audit verify', () => checkAudit(config, query))));
  return found;
}

async function describeDatabase(target: DatabaseTarget, query: Query, timeZone: string): Promise<Finding[]> {
  const started = performance.now();
  await query('SELECT 1');
  const took = performance.now() - started;
  const before = Date.now();
  const [row] = await query(
    `SELECT current_setting('server_version') AS version, pg_database_size(current_database())::float8 AS bytes,
            EXTRACT(EPOCH FROM clock_timestamp())::float8 * 1000 AS now`,
  );
  const skew = Math.round(Number(row?.['now']) - (before + Date.now()) / 2);
  const size = `${(Number(row?.['bytes']) / MEGABYTE).toFixed(0)} MB`;
  const detail = `PostgreSQL ${String(row?.['version'])}, ${placeOf(target)}, ${size}, answers in ${took.toFixed(1)} ms`;
  return [{ name: 'database', status: 'ok', detail }, clock(skew, timeZone)];
}

/** Which database it is, without user and password. */
function placeOf({ kind, application }: DatabaseTarget): string {
  if (kind === 'embedded') return kind;
  const { host, pathname } = new URL(application.url);
  return `${kind} at ${host}${pathname}`;
}

/** @param skewMs how far the database's clock is ahead of ours */
function clock(skewMs: number, timeZone: string): Finding {
  const name = 'clock';
  const now = new Date().toLocaleString('sv-SE', { timeZone });
  const detail = `${now} ${timeZone}; the database is ${Math.abs(skewMs)} ms ${skewMs < 0 ? 'behind' : 'ahead'}`;
  if (Math.abs(skewMs) < SKEW_WARNING_MS) return { name, status: 'ok', detail };
  return { name, status: 'warn', detail, advice: 'let NTP set the clock of both machines' };
}

function migrations({ kind }: DatabaseTarget, { missing, newer }: SchemaDifference): Finding {
  const name = 'migrations';
  if (missing.length === 0 && newer.length === 0) return { name, status: 'ok', detail: 'all applied' };
  if (missing.length === 0) {
    const detail = `a newer version added ${newer.join(', ')}`;
    return { name, status: 'warn', detail, advice: 'install that version here' };
  }
  const detail = `${missing.length} pending`;
  return kind === 'embedded'
    ? { name, status: 'warn', detail, advice: 'the next start applies them' }
    : { name, status: 'fail', detail, advice: 'azt3knet db upgrade' };
}

async function checkQueue(config: Config, { target, log }: Open): Promise<Finding[]> {
  const advice = config.redisUrl === undefined ? 'azt3knet db status' : 'see REDIS_URL';
  return attempt('queue', advice, async () => {
    const queue = await openQueueBackend(config, target, log);
    try {
      const started = performance.now();
      await queue.ping();
      const took = (performance.now() - started).toFixed(1);
      const kind = queue.kind === 'redis' ? 'Redis' : 'PostgreSQL';
      return [{ name: 'queue', status: 'ok', detail: `BullMQ on ${kind}, answers in ${took} ms` }];
    } finally {
      await queue.close();
    }
  });
}

function describeState({ jobs, workers, outbox }: SystemState): Finding[] {
  const total = (status: string): number =>
    jobs.filter((row) => row.status === status).reduce((sum, { count }) => sum + count, 0);
  const queued = total('queued');
  const detail = `${workers} alive; ${plural(queued, 'job')} queued, ${total('running')} running`;
  const idle = workers === 0 && queued > 0;
  const events = `${outbox.unpublished} to publish, the oldest for ${outbox.lagSeconds.toFixed(0)} s`;
  const late = outbox.lagSeconds > LAG_WARNING_SECONDS;
  return [
    idle
      ? { name: 'workers', status: 'warn', detail, advice: 'start one: azt3knet worker' }
      : { name: 'workers', status: 'ok', detail },
    late
      ? { name: 'events', status: 'warn', detail: events, advice: 'see the log of the API and the workers' }
      : { name: 'events', status: 'ok', detail: events },
  ];
}

async function checkAudit(config: Config, query: Query): Promise<Finding[]> {
  const { records, broken } = await verifyTail(query, TAIL_RECORDS);
  const name = 'audit';
  const advice = 'azt3knet audit verify; restore a backup';
  if (broken !== undefined) {
    const detail = `broken at record ${broken.sequence}: ${broken.reason}`;
    return [{ name, status: 'fail', detail, advice }];
  }
  const holds = `the last ${plural(records, 'record holds', 'records hold')}`;
  const file = join(config.dataDir, API_SECRET_FILE);
  if (config.auth.secret === undefined && !existsSync(file)) {
    return [{ name, status: 'ok', detail: `${holds}; no key here to check its heads with` }];
  }
  const files = new HeadFiles(await openBlobStore(config));
  const { newest, flaw } = await latestHeads(query, files, new HeadSigner(config));
  if (flaw !== undefined) {
    return [{ name, status: 'fail', detail: `record ${flaw.sequence}: ${flaw.reason}`, advice }];
  }
  const head = newest ? `the newest head is of ${signedAt(newest)}` : 'no head was signed yet';
  return [{ name, status: 'ok', detail: `${holds}; ${head}` }];
}

/** Whether what the database keeps of credentials can be used: after a restore its key may be another. */
async function checkSeals(query: Query, config: Config): Promise<Finding[]> {
  const counts = await checkSealed(query, config);
  const name = 'sealed';
  const trouble = sealedTrouble(counts);
  if (trouble === undefined) {
    const values = counts.reduce((sum, count) => sum + count.values, 0);
    return [
      {
        name,
        status: 'ok',
        detail: plural(values, 'stored credential opens', 'stored credentials open'),
      },
    ];
  }
  const { detail, advice, harmless } = trouble;
  return [{ name, status: harmless ? 'warn' : 'fail', detail, advice }];
}
