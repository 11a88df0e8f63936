import { createHash } from 'node:crypto';
import type pg from 'pg';
import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { MIGRATIONS, SEEDED_TABLES } from '../../../../migrations/index.js';
import { AppError } from '../../errors/index.js';
import type { DatabaseTarget } from '../database-target.js';
import { OWNER_LOCK } from '../locks.js';
import { ensureApplicationRole, upgradeDatabase, withOwner } from '../migrator.js';
import { ArchiveReader, verifyArchive } from './archive-reader.js';
import { metered, type BackupOptions, type WorkOptions } from './backup.js';
import { BlobRestorer } from './blob-restorer.js';
import { ArchiveNewerError, DatabaseNotEmptyError, RestoreFailedError } from './backup.errors.js';
import {
  appliedMigrations,
  COPY_SETTINGS,
  copyIn,
  copyOut,
  listBlobs,
  listForeignKeys,
  listForeignTables,
  listTables,
  quoted,
  type Connection,
} from './catalog.js';
import type { Manifest, TableEntry } from './manifest.js';
import { Session } from './session.js';

/** How long to wait for tables that somebody else uses, before saying so. */
const LOCK_TIMEOUT = '5s';

/**
 * Reads a whole archive and says what it holds; changes nothing.
 * @throws ArchiveInvalidError when it is damaged, ArchiveNewerError when this version does not know its schema
 */
export async function checkArchive(path: string, options: WorkOptions = {}): Promise<Manifest> {
  const onProgress = (done: number): void => options.onProgress?.({ step: 'checking', bytes: done });
  const manifest = await verifyArchive(path, { signal: options.signal, onProgress });
  const known = new Set<string>(MIGRATIONS.map(({ name }) => name));
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new ArchiveNewerError(path, `this version does not know the migration ${unknown.join(', ')}`);
  }
  return manifest;
}

/** @throws DatabaseNotEmptyError naming what was found */
export async function requireEmptyDatabase(target: DatabaseTarget): Promise<void> {
  await withOwner(target, async (source) => {
    const runner = source.createQueryRunner();
    try {
      await requireEmpty((await runner.connect()) as pg.PoolClient);
    } finally {
      await runner.release();
    }
  });
}

/**
 * Fills an empty database from an archive that {@link checkArchive} found good, all or nothing, and applies the migrations
 * that came later.
 * @throws DatabaseNotEmptyError, RestoreFailedError, BlobInTheWayError, ArchiveInvalidError
 */
export async function restoreDatabase(
  target: DatabaseTarget,
  path: string,
  manifest: Manifest,
  options: BackupOptions = {},
): Promise<void> {
  await withOwner(target, async (source) => {
    const runner = source.createQueryRunner();
    const blobs = new BlobRestorer(manifest, options);
    try {
      const client = (await runner.connect()) as pg.PoolClient;
      await requireEmpty(client);
      await ensureApplicationRole(source, target);
      const session = await Session.of(client, target.owner, options.signal);
      await runner.startTransaction();
      await session.run(async () => {
        await client.query(`${COPY_SETTINGS}; SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
        await recreateSchema(source, runner, client, manifest);
        await new Loader(session, path, blobs, options).load(manifest);
      });
      // Should the commit fail, nobody knows whether it has: what was put stays, and the sweep decides.
      blobs.handOver();
      await runner.commitTransaction();
    } catch (error) {
      await blobs.discard();
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw explained(error);
    } finally {
      await runner.release();
    }
  });
  await upgradeDatabase(target);
}

async function requireEmpty(connection: Connection): Promise<void> {
  const others = await listForeignTables(connection);
  if (others.length > 0) throw new DatabaseNotEmptyError(`it has tables of others (${others.join(', ')})`);
  const tables = (await listTables(connection))
    .map(({ name }) => name)
    .filter((name) => !SEEDED_TABLES.includes(name));
  const used: string[] = [];
  for (const table of tables) {
    const { rows } = await connection.query(`SELECT 1 FROM public.${quoted(table)} LIMIT 1`);
    if (rows.length > 0) used.push(table);
  }
  if (used.length > 0) throw new DatabaseNotEmptyError(`there are ${used.join(', ')}`);
}

/** Brings the empty schema to where the backup's was, in the runner's transaction. */
async function recreateSchema(
  source: DataSource,
  runner: QueryRunner,
  connection: Connection,
  manifest: Manifest,
): Promise<void> {
  await connection.query(`SELECT pg_advisory_xact_lock(${OWNER_LOCK})`);
  const tables = (await listTables(connection)).map(({ name }) => `public.${quoted(name)}`);
  if (tables.length > 0) await connection.query(`LOCK TABLE ${tables.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  // Nobody can write any more, and somebody may have since the first look.
  await requireEmpty(connection);
  const executor = new MigrationExecutor(source, runner);
  executor.transaction = 'none';
  for (const _ of await appliedMigrations(connection)) await executor.undoLastMigration();
  const pending = await executor.getPendingMigrations();
  for (const migration of pending.filter(({ name }) => manifest.migrations.includes(name))) {
    await executor.executeMigration(migration);
  }
}

/** Fills the tables of a recreated schema and compares them with the manifest. */
class Loader {
  private readonly client: Connection;
  private bytes = 0;

  constructor(
    private readonly session: Session,
    private readonly path: string,
    private readonly blobs: BlobRestorer,
    private readonly options: WorkOptions,
  ) {
    this.client = session.client;
  }

  async load(manifest: Manifest): Promise<void> {
    const tables = await this.matched(manifest);
    const names = manifest.tables.map(({ name }) => name);
    for (const name of SEEDED_TABLES.filter((seeded) => names.includes(seeded))) {
      await this.client.query(`DELETE FROM public.${quoted(name)}`);
    }
    // Checked at once in the end, which takes a fraction of the time of checking row by row, in any order of tables.
    const keys = await listForeignKeys(this.client, names);
    for (const { table, name } of keys) {
      await this.client.query(`ALTER TABLE public.${quoted(table)} DROP CONSTRAINT ${quoted(name)}`);
    }
    await this.fill(tables);
    for (const { table, name, definition } of keys) {
      await this.client.query(
        `ALTER TABLE public.${quoted(table)} ADD CONSTRAINT ${quoted(name)} ${definition}`,
      );
    }
    for (const { name, next } of manifest.sequences) {
      // Unlike setval, this is undone with the transaction.
      await this.client.query(`ALTER SEQUENCE public.${quoted(name)} RESTART WITH ${next}`);
    }
    for (const [entry, order] of tables.values()) await this.compare(entry, order);
    await this.compareBlobs(manifest);
  }

  /** The manifest's tables with their order, where the schema has the same tables and columns. */
  private async matched(manifest: Manifest): Promise<Map<string, [TableEntry, string]>> {
    const found = await listTables(this.client);
    if (shape(found) !== shape(manifest.tables)) {
      throw new RestoreFailedError('its tables are not those of its migrations');
    }
    const orders = new Map(found.map(({ name, order }) => [name, order]));
    return new Map(manifest.tables.map((entry) => [entry.name, [entry, orders.get(entry.name) ?? '']]));
  }

  private async fill(tables: Map<string, [TableEntry, string]>): Promise<void> {
    const reader = new ArchiveReader(this.path, { signal: this.options.signal });
    for await (const { name, pieces } of reader.sections()) {
      if (await this.blobs.take(name, pieces)) continue;
      const [entry] = tables.get(name.replace('tables/', '')) ?? [];
      if (entry === undefined) throw new RestoreFailedError(`${this.path} was changed meanwhile`);
      await this.session.copyIn(copyIn(entry), this.metered(`loading ${entry.name}`, pieces));
    }
  }

  /** What the table gives must be, byte for byte, what the backed up one gave. */
  private async compare(entry: TableEntry, order: string): Promise<void> {
    const hash = createHash('sha256');
    const { data, rows } = this.session.copyOut(copyOut({ ...entry, order }));
    for await (const part of this.metered(`comparing ${entry.name}`, data)) hash.update(part);
    if (rows() !== entry.rows || hash.digest('hex') !== entry.sha256) {
      throw new RestoreFailedError(`the rows of ${entry.name} are not those that were backed up`);
    }
  }

  /** What no row names would be swept one day: it has no business in a backup. */
  private async compareBlobs({ blobs }: Manifest): Promise<void> {
    const named = new Set((await listBlobs(this.client)).map(({ key }) => key));
    const stray = blobs?.find(({ key }) => !named.has(key));
    if (stray !== undefined) throw new RestoreFailedError(`no row names the object ${stray.key}`);
  }

  private async *metered(step: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const before = this.bytes;
    const onBytes = (bytes: number): void => {
      this.bytes = before + bytes;
      this.options.onProgress?.({ step, bytes: this.bytes });
    };
    yield* metered(source, onBytes);
  }
}

function shape(tables: readonly { name: string; columns: readonly string[] }[]): string {
  return JSON.stringify(tables.map(({ name, columns }) => [name, columns.toSorted()]));
}

/** What the database refuses is told in its words; anything else as it is. */
function explained(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const { code, message } = ((error as { driverError?: unknown }).driverError ?? error) as {
    code?: unknown;
    message?: unknown;
  };
  if (typeof code !== 'string' || !/^[\dA-Z]{5}$/.test(code)) return error;
  if (code === '55P03') return new RestoreFailedError('another program uses the database', { cause: error });
  return new RestoreFailedError(`the database says: ${String(message)}`, { cause: error });
}
