import pg from 'pg';
import { BlobNotFound, type BlobStore } from '../../blobs/index.js';
import { VERSION } from '../../version.js';
import { poolConfig, type DatabaseTarget } from '../database-target.js';
import { DatabaseUnreachableError } from '../migrator.js';
import { blobSection, tableSection } from './archive-format.js';
import { ArchiveWriter } from './archive-writer.js';
import { NothingToBackUpError } from './backup.errors.js';
import {
  appliedMigrations,
  type Connection,
  COPY_SETTINGS,
  copyOut,
  listBlobs,
  listSequences,
  listTables,
} from './catalog.js';
import { sealManifest, type BlobEntry, type Manifest, type TableEntry } from './manifest.js';
import { Session } from './session.js';

/** How far the work is. */
export interface Progress {
  /** What is being done: `agents`. */
  step: string;
  /** Bytes of text that went through. */
  bytes: number;
}

export interface WorkOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

export interface BackupOptions extends WorkOptions {
  /** The storage of the objects that rows name; without it they are left out. */
  blobs?: BlobStore | undefined;
}

/** A backup that was made. */
export interface Backup {
  path: string;
  /** Size of the file. */
  bytes: number;
  manifest: Manifest;
  /** Keys of objects that rows name and that are not there, or not as they were put. */
  lost: string[];
}

/**
 * Writes everything that the database holds at one moment into a new file, while others go on writing. Left out are the
 * queues, which are told again of the jobs that wait, and the secrets of the data folder.
 * @throws ArchiveExistsError, FileUnusable, NothingToBackUpError, DatabaseUnreachableError
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
    const { blobs, lost } = await writeBlobs(client, writer, options);
    const tables = await writeTables(session, writer, options);
    const manifest = sealManifest({
      format: 'azt3knet-backup',
      synthetic: true,
      product_version: VERSION,
      ...(await momentOf(session)),
      migrations,
      tables,
      blobs,
      // Sequences know no moment: what they say now is never behind the rows.
      sequences: await listSequences(client),
    });
    options.signal?.throwIfAborted();
    return { path, bytes: await writer.finish(manifest), manifest, lost };
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
    const written = await writer.section(tableSection(name), metered(data, onBytes));
    before += written.bytes;
    entries.push({ name, columns, rows: rows(), ...written });
  }
  return entries;
}

/** Objects are never changed under their keys: what the rows of the snapshot name is what it was then, or gone. */
async function writeBlobs(
  client: Connection,
  writer: ArchiveWriter,
  { blobs: store, signal, onProgress }: BackupOptions,
): Promise<{ blobs: BlobEntry[] | null; lost: string[] }> {
  if (store === undefined) return { blobs: null, lost: [] };
  const entries: BlobEntry[] = [];
  const lost: string[] = [];
  let before = 0;
  for (const { key, sha256 } of await listBlobs(client)) {
    signal?.throwIfAborted();
    const content = await store.get(key).catch((error: unknown) => {
      if (error instanceof BlobNotFound) return undefined;
      throw error;
    });
    if (content === undefined) {
      lost.push(key);
      continue;
    }
    const onBytes = (bytes: number): void => onProgress?.({ step: key, bytes: before + bytes });
    const written = await writer.section(blobSection(entries.length), metered(content.stream, onBytes));
    if (sha256 !== null && sha256 !== written.sha256) lost.push(key);
    before += written.bytes;
    entries.push({ key, ...written });
  }
  return { blobs: entries, lost };
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
