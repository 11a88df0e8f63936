import pg from 'pg';
import { VERSION } from '../../version.js';
import { poolConfig, type DatabaseTarget } from '../database-target.js';
import { DatabaseUnreachableError } from '../migrator.js';
import { ArchiveWriter } from './archive-writer.js';
import { NothingToBackUpError } from './backup.errors.js';
import { appliedMigrations, COPY_SETTINGS, copyOut, listSequences, listTables } from './catalog.js';
import { sealManifest, type Manifest, type TableEntry } from './manifest.js';
import { Session } from './session.js';

/** How far the work is. */
export interface Progress {
  /** What is being done: `agents`. */
  step: string;
  /** Bytes of text that went through. */
  bytes: number;
}

export interface BackupOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** A backup that was made. */
export interface Backup {
  path: string;
  /** Size of the file. */
  bytes: number;
  manifest: Manifest;
}

/**
 * Writes everything that the database holds at one moment into a new file, while others go on writing. Left out are the
 * queues, which are told again of the jobs that wait, and the secrets of the data folder.
 * @throws ArchiveExistsError, ArchiveFileError, NothingToBackUpError, DatabaseUnreachableError
 */
export async function backupDatabase(
  target: DatabaseTarget,
  path: string,
  options: BackupOptions = {},
): Promise<Backup> {
  const client = new pg.Client(poolConfig(target.owner));
  // What breaks while nobody waits is heard by the next statement.
  client.on('error', () => undefined);
  await client.connect().catch((error: Error) => {
    throw new DatabaseUnreachableError(error);
  });
  try {
    const session = await Session.of(client, target.owner, options.signal);
    return await session.run(() => writeArchive(session, path, options));
  } finally {
    await client.end();
  }
}

async function writeArchive(session: Session, path: string, options: BackupOptions): Promise<Backup> {
  const { client } = session;
  // All statements see the moment of the first.
  await client.query(`BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; ${COPY_SETTINGS}`);
  const migrations = await appliedMigrations(client);
  if (migrations.length === 0) throw new NothingToBackUpError();
  const writer = await ArchiveWriter.create(path);
  try {
    const tables = await writeTables(session, writer, options);
    const manifest = sealManifest({
      format: 'azt3knet-backup',
      synthetic: true,
      product_version: VERSION,
      ...(await momentOf(session)),
      migrations,
      tables,
      // Sequences know no moment: what they say now is never behind the rows.
      sequences: await listSequences(client),
    });
    options.signal?.throwIfAborted();
    return { path, bytes: await writer.finish(manifest), manifest };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

async function momentOf({ client }: Session): Promise<{ created_at: string; postgres_version: string }> {
  const { rows } = await client.query<{ version: string; now: Date }>(
    `SELECT current_setting('server_version') AS version, now()`,
  );
  return {
    created_at: (rows[0]?.now ?? new Date(0)).toISOString(),
    postgres_version: rows[0]?.version ?? '',
  };
}

async function writeTables(
  session: Session,
  writer: ArchiveWriter,
  { onProgress }: BackupOptions,
): Promise<TableEntry[]> {
  const entries: TableEntry[] = [];
  let before = 0;
  for (const table of await listTables(session.client)) {
    const { name, columns } = table;
    const { data, rows } = session.copyOut(copyOut(table));
    const onBytes = (bytes: number): void => onProgress?.({ step: name, bytes: before + bytes });
    const written = await writer.section(`tables/${name}`, metered(data, onBytes));
    before += written.bytes;
    entries.push({ name, columns, rows: rows(), ...written });
  }
  return entries;
}

/** Passes a stream on and tells of its bytes. */
export async function* metered(
  source: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const part of source) {
    bytes += part.length;
    onBytes(bytes);
    yield part;
  }
}
