import { runMigrations as runQueueMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource, type EntitySchema, type MixedList } from 'typeorm';
import { MIGRATIONS } from '../../../migrations/index.js';
import { AppError } from '../errors/index.js';
import { APPLICATION_ROLE, poolConfig, type DatabaseTarget } from './database-target.js';
import { OWNER_LOCK } from './locks.js';
import {
  appliedMigrations,
  DatabaseNewerError,
  schemaDifference,
  type SchemaDifference,
} from './schema-version.js';

/** A migration by name, and whether the database has it. */
export interface MigrationState {
  name: string;
  applied: boolean;
}

export class DatabaseUnreachableError extends AppError {
  constructor(cause: Error) {
    const message = `the database does not answer: ${cause.message}`;
    super('unavailable', 'database_unreachable', message, [], { cause });
  }
}

function ownerSource(
  target: DatabaseTarget,
  entities: MixedList<Function | string | EntitySchema> = [],
): DataSource {
  const { connectionString, options, application_name } = poolConfig(target.owner);
  return new DataSource({
    type: 'postgres',
    url: connectionString as string,
    extra: { options, application_name, max: 2 },
    entities,
    migrations: [...MIGRATIONS],
    migrationsTransactionMode: 'each',
    migrationsTableName: 'migrations',
    synchronize: false,
  });
}

/** Gives `work` a source of connections of the owner. @throws DatabaseUnreachableError */
export async function withOwner<T>(
  target: DatabaseTarget,
  work: (source: DataSource) => Promise<T>,
  entities?: Function[],
): Promise<T> {
  const source = ownerSource(target, entities);
  try {
    await source.initialize();
  } catch (error) {
    throw new DatabaseUnreachableError(error as Error);
  }
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

/** Serialises schema changes of several processes that start at once. */
async function exclusively<T>(source: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  await runner.query('SELECT pg_advisory_lock($1)', [OWNER_LOCK]);
  try {
    return await work();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [OWNER_LOCK]);
    await runner.release();
  }
}

/** The group role exists, and the login of an external application belongs to it. */
export async function ensureApplicationRole(source: DataSource, target: DatabaseTarget): Promise<void> {
  await source.query(`DO $$ BEGIN
    CREATE ROLE ${APPLICATION_ROLE} NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`);
  const login = decodeURIComponent(new URL(target.application.url).username);
  if (login === APPLICATION_ROLE) return;
  const [row] = await source.query<{ quoted: string }[]>('SELECT quote_ident($1) AS quoted', [login]);
  // Membership lets the sessions of that login step down to the role; granting it again changes nothing.
  await source.query(`GRANT ${APPLICATION_ROLE} TO ${row?.quoted}`);
}

/** BullMQ's own schema, and what the application role may do there. */
async function migrateQueues(target: DatabaseTarget): Promise<void> {
  const client = new pg.Client(poolConfig(target.owner));
  await client.connect();
  try {
    await runQueueMigrations(client);
    await client.query(`GRANT USAGE ON SCHEMA bullmq TO ${APPLICATION_ROLE};
      GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA bullmq TO ${APPLICATION_ROLE};
      GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA bullmq TO ${APPLICATION_ROLE};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA bullmq TO ${APPLICATION_ROLE}`);
  } finally {
    await client.end();
  }
}

/** Applies every pending migration, oldest first. Returns the names that were applied. */
export async function upgradeDatabase(target: DatabaseTarget): Promise<string[]> {
  return withOwner(target, (source) =>
    exclusively(source, async () => {
      await ensureApplicationRole(source, target);
      const applied = await source.runMigrations();
      await migrateQueues(target);
      return applied.map((migration) => migration.name);
    }),
  );
}

/**
 * Reverts the newest `steps` migrations. Returns the names that were reverted.
 * @throws DatabaseNewerError
 */
export async function downgradeDatabase(target: DatabaseTarget, steps: number): Promise<string[]> {
  return withOwner(target, (source) =>
    exclusively(source, async () => {
      const names = await newestMigrations(source, steps);
      // Each revert depends on the one before it.
      for (const _ of names) await source.undoLastMigration();
      return names;
    }),
  );
}

/**
 * The names of the migrations that {@link downgradeDatabase} would revert, in its order.
 * @throws DatabaseNewerError
 */
export async function plannedDowngrade(target: DatabaseTarget, steps: number): Promise<string[]> {
  return withOwner(target, (source) => newestMigrations(source, steps));
}

async function newestMigrations(source: DataSource, steps: number): Promise<string[]> {
  const newest = (await appliedMigrations(source)).slice(-steps).toReversed();
  const { newer } = schemaDifference(newest);
  if (newer.length > 0) throw new DatabaseNewerError(newer);
  return newest;
}

async function migrationStates(source: DataSource): Promise<MigrationState[]> {
  const applied = new Set(await appliedMigrations(source));
  return MIGRATIONS.map(({ name }) => ({ name, applied: applied.has(name) }));
}

/** Every migration, oldest first, and whether the database has it. */
export async function databaseStatus(target: DatabaseTarget): Promise<MigrationState[]> {
  return withOwner(target, migrationStates);
}

/** How the schema of the database differs from the one that this program was made for. */
export async function databaseDifference(target: DatabaseTarget): Promise<SchemaDifference> {
  return withOwner(target, async (source) => schemaDifference(await appliedMigrations(source)));
}

/** The statements that would bring the database to what the entities say; none when they agree. */
export async function databaseDrift(target: DatabaseTarget, entities: Function[]): Promise<string[]> {
  return withOwner(
    target,
    async (source) => {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      // Foreign keys live in the migrations alone, since no entity has a relation to another module's.
      return upQueries
        .map((statement) => statement.query)
        .filter((statement) => !/DROP CONSTRAINT "\w+_fkey"$/.test(statement));
    },
    entities,
  );
}
