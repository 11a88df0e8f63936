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
  // Every queue, worker and the relay listens on it.
  pool.setMaxListeners(50);
  pool.on('error', (error) => log(`queue connection: ${error.message}`));
  setDefaultBackendFactory(createPostgresBackend);
  // BullMQ's pool type is structural and narrower than the driver's own.
  const connection = pool as unknown as PostgresConnectionOptions;
  const relay = new Relay({ connection, backend: createPostgresRelayBackend, namespace: 'azt3knet' });
  relay.on('error', (error: Error) => log(`event relay: ${error.message}`));
  await relay.waitUntilReady();
  return {
    kind: 'postgres',
    connection: connection as unknown as ConnectionOptions,
    relay: relay as unknown as Relay,
    close: () => closeAll(relay, () => pool.end()),
  };
}

async function onRedis(url: string, log: (line: string) => void): Promise<QueueBackend> {
  const client = new Redis(url, { maxRetriesPerRequest: null, enableReadyCheck: true });
  client.setMaxListeners(50);
  client.on('error', (error: Error) => log(`queue connection: ${error.message}`));
  setDefaultBackendFactory(createRedisBackend);
  const relay = new Relay({ connection: client, namespace: 'azt3knet' });
  relay.on('error', (error: Error) => log(`event relay: ${error.message}`));
  await relay.waitUntilReady();
  return {
    kind: 'redis',
    connection: client,
    relay,
    close: () => closeAll(relay, async () => client.disconnect()),
  };
}

async function closeAll(
  relay: { close(): Promise<void> },
  closeConnection: () => Promise<void>,
): Promise<void> {
  await relay.close();
  await closeConnection();
}
