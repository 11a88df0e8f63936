import type { Config } from './core/config/index.js';
import { databaseStatus, openDatabase, upgradeDatabase, type DatabaseTarget } from './core/database/index.js';
import { AppError } from './core/errors/index.js';
import { requireShippedFiles } from './core/integrity/index.js';
import { openQueueBackend, type QueueBackend } from './core/queue/index.js';
import { startTracing } from './core/tracing/index.js';
import { plural } from './core/words.js';

/** What a process holds beneath its DI container: it is opened before it and closed after it. */
export interface Runtime {
  config: Config;
  database: DatabaseTarget;
  queue: QueueBackend;
  close(): Promise<void>;
}

class DatabaseBehindError extends AppError {
  constructor(pending: readonly string[]) {
    super(
      'unavailable',
      'database_behind',
      `the database lacks ${plural(pending.length, 'migration')}, ${pending.join(', ')}: run \`azt3knet db upgrade\``,
    );
  }
}

/** The embedded database is ours to migrate; an external one is migrated when its operator says so. */
async function bringUpToDate(database: DatabaseTarget): Promise<void> {
  if (database.kind === 'embedded') {
    await upgradeDatabase(database);
    return;
  }
  const pending = (await databaseStatus(database)).filter((migration) => !migration.applied);
  if (pending.length > 0) throw new DatabaseBehindError(pending.map((migration) => migration.name));
}

/**
 * Opens the database and the queues that the configuration names, and tracing where it is on. `log` hears of trouble with
 * connections, and of what an operator should look after; `tell` of a new database.
 * @throws AppError when the database is behind, or production would run on files other than those that were shipped
 */
export async function openRuntime(
  config: Config,
  log: (line: string) => void,
  tell: (line: string) => void = log,
): Promise<Runtime> {
  for (const warning of config.warnings) log(`configuration: ${warning}`);
  requireShippedFiles(config, log);
  const stopTracing = await startTracing(config, log);
  const opened: (() => Promise<void>)[] = [stopTracing];
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).toReversed()) await end();
  };
  try {
    const database = await openDatabase(config, log, tell);
    opened.push(() => database.release());
    await bringUpToDate(database);
    const queue = await openQueueBackend(config, database, log);
    opened.push(() => queue.close());
    return { config, database, queue, close };
  } catch (error) {
    await close();
    throw error;
  }
}
