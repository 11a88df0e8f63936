import type { EventEmitter } from 'node:events';
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
import { poolConfig, type DatabaseTarget } from '../database/index.js';
import { AppError } from '../errors/index.js';

const REDIS_PATIENCE_MS = 3_000;

/** Where BullMQ keeps its queues and relays its messages; one connection pool serves the whole process. */
export interface QueueBackend {
  kind: 'postgres' | 'redis';
  /** What BullMQ's classes take as `connection`. */
  connection: ConnectionOptions;
  relay: Relay;
  close(): Promise<void>;
}

/** Errors of an idle connection are not fatal: BullMQ reconnects; they are told to `log`. */
export async function openQueueBackend(
  config: Config,
  target: DatabaseTarget,
  log: (line: string) => void,
): Promise<QueueBackend> {
  return config.redisUrl === undefined ? onPostgres(target, log) : onRedis(config.redisUrl, log);
}

async function onPostgres(target: DatabaseTarget, log: (line: string) => void): Promise<QueueBackend> {
  // BullMQ's functions are found by the search path only.
  const pool = new pg.Pool({ ...poolConfig(target.application, 'bullmq'), max: 16 });
  const trouble = new Trouble(log);
  trouble.listen(pool, 'queue connection');
  setDefaultBackendFactory(createPostgresBackend);
  // BullMQ's pool type is structural and narrower than the driver's own.
  const connection = pool as unknown as PostgresConnectionOptions;
  const relay = new Relay({ connection, backend: createPostgresRelayBackend, namespace: 'azt3knet' });
  trouble.listen(relay, 'event relay');
  await relay.waitUntilReady();
  return {
    kind: 'postgres',
    connection: connection as unknown as ConnectionOptions,
    relay: relay as unknown as Relay,
    close: async () => {
      trouble.over = true;
      await relay.close();
      // The queues are closed and still listen; a server that goes before the last socket is none of their business.
      pool.removeAllListeners('error').on('error', () => {});
      await pool.end();
    },
  };
}

async function onRedis(url: string, log: (line: string) => void): Promise<QueueBackend> {
  const client = new Redis(url, { maxRetriesPerRequest: null });
  const trouble = new Trouble(log);
  trouble.over = true;
  trouble.listen(client, 'queue connection');
  await refuseSilence(client, url);
  trouble.over = false;
  setDefaultBackendFactory(createRedisBackend);
  const relay = new Relay({ connection: client, namespace: 'azt3knet' });
  trouble.listen(relay, 'event relay');
  await relay.waitUntilReady();
  return {
    kind: 'redis',
    connection: client,
    relay,
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
  const patience = setTimeout(() => client.disconnect(), REDIS_PATIENCE_MS);
  try {
    await client.ping();
  } catch (error) {
    const message = `Redis at ${new URL(url).host} does not answer (${(error as Error).message}): see REDIS_URL`;
    throw new AppError('unavailable', 'queue_unreachable', message, [], { cause: error });
  } finally {
    clearTimeout(patience);
  }
}
