import type { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import {
  createPostgresBackend,
  createPostgresRelayBackend,
  createRedisBackend,
  Relay,
  setDefaultBackendFactory,
  type ConnectionOptions,
  type PostgresConnectionOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Config } from '../config/index.js';
import { installationOf, poolConfig, type DatabaseTarget } from '../database/index.js';
import { AppError } from '../errors/index.js';
import { readPem } from '../tls/index.js';

const REDIS_PATIENCE_MS = 3_000;
const NAMESPACE = 'azt3knet';

/** Where BullMQ keeps its queues and relays its messages; one connection pool serves the whole process. */
export interface QueueBackend {
  kind: 'postgres' | 'redis';
  /** What keys in a Redis begin with: others may keep theirs there too, another installation of ours among them. */
  namespace: string;
  /** What BullMQ's classes take as `connection`. */
  connection: ConnectionOptions;
  relay: Relay;
  /** Resolves when the backend answers; it may take for ever. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Errors of an idle connection are not fatal: BullMQ reconnects; they are told to `log`. */
export async function openQueueBackend(
  config: Config,
  target: DatabaseTarget,
  log: (line: string) => void,
): Promise<QueueBackend> {
  return config.redisUrl === undefined
    ? onPostgres(target, log)
    : onRedis(redisOf(config.redisUrl, config), config.redisUrl, await namespaceOf(target), log);
}

async function namespaceOf(target: DatabaseTarget): Promise<string> {
  const pool = new pg.Pool({ ...poolConfig(target.application), max: 1 });
  pool.on('error', () => {});
  try {
    const ask = async (statement: string) => (await pool.query<{ name: string }>(statement)).rows;
    return `${NAMESPACE}-${await installationOf(ask)}`;
  } finally {
    await pool.end();
  }
}

async function onPostgres(target: DatabaseTarget, log: (line: string) => void): Promise<QueueBackend> {
  // BullMQ's functions are found by the search path only.
  const pool = new pg.Pool({ ...poolConfig(target.application, 'bullmq'), max: 16 });
  const trouble = new Trouble(log);
  trouble.listen(pool, 'queue connection');
  setDefaultBackendFactory(createPostgresBackend);
  // BullMQ's pool type is structural and narrower than the driver's own.
  const connection = pool as unknown as PostgresConnectionOptions;
  const relay = new Relay({ connection, backend: createPostgresRelayBackend, namespace: NAMESPACE });
  trouble.listen(relay, 'event relay');
  await relay.waitUntilReady();
  return {
    kind: 'postgres',
    namespace: NAMESPACE,
    connection: connection as unknown as ConnectionOptions,
    relay: relay as unknown as Relay,
    ping: async () => void (await pool.query('SELECT 1')),
    close: async () => {
      trouble.over = true;
      await relay.close();
      // The queues are closed and still listen; a server that goes before the last socket is none of their business.
      pool.removeAllListeners('error').on('error', () => {});
      await pool.end();
    },
  };
}

/** With Sentinels, what the URL says of user, password and database holds for the server that they name. */
function redisOf(url: string, { redisCaFile, redisSentinels, redisSentinelMaster }: Config): Redis {
  const tls = redisCaFile === undefined ? {} : { tls: { ca: readPem('REDIS_TLS_CA_FILE', redisCaFile) } };
  const options = { maxRetriesPerRequest: null, ...tls };
  if (redisSentinels.length === 0) return new Redis(url, options);
  const { username, password, pathname } = new URL(url);
  return new Redis({
    ...options,
    sentinels: redisSentinels.map((each) => {
      const [host = '', port] = each.split(':');
      return { host, port: Number(port) };
    }),
    name: redisSentinelMaster,
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    db: Number(pathname.slice(1)),
  });
}

async function onRedis(
  client: Redis,
  url: string,
  namespace: string,
  log: (line: string) => void,
): Promise<QueueBackend> {
  const trouble = new Trouble(log);
  trouble.over = true;
  trouble.listen(client, 'queue connection');
  await refuseSilence(client, url);
  await refuseEviction(client, url);
  trouble.over = false;
  setDefaultBackendFactory(createRedisBackend);
  const relay = new Relay({ connection: client, namespace, prefix: namespace });
  trouble.listen(relay, 'event relay');
  await relay.waitUntilReady();
  return {
    kind: 'redis',
    namespace,
    connection: client,
    relay,
    ping: async () => void (await client.ping()),
    close: async () => {
      trouble.over = true;
      await relay.close();
      client.disconnect();
    },
  };
}

/** Tells of errors of idle connections; not at the end, when the server may go before the last socket is closed. */
class Trouble {
  /** Before the beginning and after the end nothing is told. */
  over = false;

  constructor(private readonly log: (line: string) => void) {}

  listen(emitter: EventEmitter, name: string): void {
    // Every queue, every worker and the relay listen as well.
    emitter.setMaxListeners(50);
    emitter.on('error', (error: Error) => {
      if (!this.over) this.log(`${name}: ${error.message}`);
    });
  }
}

/** @throws AppError when Redis does not answer in time: the client itself would wait for ever */
async function refuseSilence(client: Redis, url: string): Promise<void> {
  let reason = `no answer within ${REDIS_PATIENCE_MS / 1_000} s`;
  client.on('error', (error: Error) => {
    reason = error.message;
  });
  const patience = new AbortController();
  const waited = setTimeout(REDIS_PATIENCE_MS, undefined, { signal: patience.signal }).then(() => {
    throw new Error(reason);
  });
  try {
    // Between two attempts to connect, a client that is told to give up does not give up what waits.
    await Promise.race([client.ping(), waited]);
  } catch (error) {
    client.disconnect();
    const message = `Redis at ${new URL(url).host} does not answer (${(error as Error).message}): see REDIS_URL`;
    throw new AppError('unavailable', 'queue_unreachable', message, [], { cause: error });
  } finally {
    waited.catch(() => {});
    patience.abort();
  }
}

/** @throws AppError when Redis throws keys away once its memory is full: queues and events would be among them */
async function refuseEviction(client: Redis, url: string): Promise<void> {
  const policy = /^maxmemory_policy:(\S+)/m.exec(await client.info('memory'))?.[1];
  if (policy === undefined || policy === 'noeviction') return;
  client.disconnect();
  const host = new URL(url).host;
  const message = `Redis at ${host} evicts keys (maxmemory-policy ${policy}): set maxmemory-policy noeviction`;
  throw new AppError('unavailable', 'queue_evicts', message);
}
