import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { BlobStore } from '../blobs/index.js';
import type { Cli } from '../cli/index.js';
import type { SealedCount } from '../secrets/index.js';
import { plural } from '../words.js';
import type { Manifest, Progress, WorkOptions } from './backup/index.js';
import type { DatabaseTarget } from './database-target.js';

const REDRAW_MS = 200;

/** Registers `db backup` and `db restore`. */
export function registerBackupCommands(db: Command, cli: Cli): void {
  db.command('backup')
    .description('write all data into a file; the secrets of the data folder are not in it')
    .requiredOption('--path <file>', 'the new file')
    .option('--no-blobs', 'leave out the files of exports and runs')
    .action((options: BackupArguments) => backup(cli, options));
  db.command('restore')
    .description('fill an empty database from a backup')
    .requiredOption('--path <file>', 'the backup')
    .option('--no-blobs', 'leave out the files of exports and runs')
    .option('--dry-run', 'check the backup and the database, and change nothing')
    .action((options: BackupArguments & { dryRun?: boolean }) =>
      restore(cli, options, options.dryRun === true),
    );
}

interface BackupArguments {
  path: string;
  blobs: boolean;
}

async function backup(cli: Cli, { path, blobs }: BackupArguments): Promise<void> {
  cli.requireLocal();
  const { backupDatabase } = await import('./backup/index.js');
  const store = await storeOf(cli, blobs);
  const { manifest, bytes, lost } = await watched(cli, (options) =>
    withTarget(cli, (target) => backupDatabase(target, path, { ...options, blobs: store })),
  );
  cli.output.result(
    { path, bytes, lost, ...summary(manifest) },
    cli.output.pairs([['backup', path], ['size', megabytes(bytes)], ...lines(manifest)]),
  );
  for (const key of lost) cli.output.note(`missing or damaged in the object storage: ${key}`);
  cli.output.note(
    'It holds password hashes: keep it private. Keys and passwords of the data folder are not in it.',
  );
}

async function restore(cli: Cli, { path, blobs }: BackupArguments, dryRun: boolean): Promise<void> {
  cli.requireLocal();
  const { checkArchive, requireEmptyDatabase, restoreDatabase } = await import('./backup/index.js');
  const store = await storeOf(cli, blobs);
  const manifest = await watched(cli, async (options) => {
    const checked = await checkArchive(path, options);
    // A database that was never made is empty.
    if (dryRun && !(await hasDatabase(cli))) return checked;
    await withTarget(cli, (target) =>
      dryRun
        ? requireEmptyDatabase(target)
        : restoreDatabase(target, path, checked, { ...options, blobs: store }),
    );
    return checked;
  });
  // Those of the backup stayed where it was made: does what it holds open with the keys that are here?
  const sealed = dryRun ? await sealedInArchive(cli, path, manifest) : await sealedInDatabase(cli);
  cli.output.result(
    { path, dry_run: dryRun, ...summary(manifest), sealed },
    cli.output.pairs([[dryRun ? 'can be restored' : 'restored', path], ...lines(manifest)]),
  );
  const { sealedTrouble } = await import('../secrets/index.js');
  const trouble = sealedTrouble(sealed);
  if (trouble !== undefined) cli.output.note(`${trouble.detail}; ${trouble.advice}`);
}

async function sealedInDatabase(cli: Cli): Promise<SealedCount[]> {
  const { checkSealed } = await import('../secrets/index.js');
  const { withOwner } = await import('./migrator.js');
  return withTarget(cli, (target) =>
    withOwner(target, (source) => checkSealed((sql, values) => source.query(sql, values), cli.config())),
  );
}

async function sealedInArchive(cli: Cli, path: string, manifest: Manifest): Promise<SealedCount[]> {
  const { archivedRows } = await import('./backup/index.js');
  const { checkSealedRows } = await import('../secrets/index.js');
  const { SEALED_COLUMNS } = await import('../../../migrations/index.js');
  const tables = new Set<string>(SEALED_COLUMNS.map(({ table }) => table));
  return watched(cli, ({ signal, onProgress }) => {
    const onBytes = (bytes: number): void => onProgress?.({ step: 'looking at what is sealed', bytes });
    return checkSealedRows(
      archivedRows(path, manifest, tables, { signal, onProgress: onBytes }),
      cli.config(),
    );
  });
}

/** Runs long work that shows itself and that a signal stops. */
async function watched<T>(cli: Cli, work: (options: WorkOptions) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const view = new ProgressLine(cli.output);
  const running = work({ signal: abort.signal, onProgress: (progress) => view.show(progress) });
  const stop = async (): Promise<void> => {
    abort.abort();
    await running.catch(() => undefined);
  };
  try {
    return await cli.interruptible(stop, () => running, 'any');
  } finally {
    view.end();
  }
}

async function withTarget<T>(cli: Cli, work: (target: DatabaseTarget) => Promise<T>): Promise<T> {
  const { openDatabase } = await import('./database-target.js');
  const target = await openDatabase(cli.config(), undefined, (line) => cli.output.note(line));
  try {
    return await work(target);
  } finally {
    await target.release();
  }
}

async function storeOf(cli: Cli, wanted: boolean): Promise<BlobStore | undefined> {
  const { openBlobStore } = await import('../blobs/index.js');
  return wanted ? openBlobStore(cli.config()) : undefined;
}

async function hasDatabase(cli: Cli): Promise<boolean> {
  const { database, dataDir } = cli.config();
  const { dataFolderAt } = await import('./embedded/index.js');
  return database !== undefined || existsSync(dataFolderAt(dataDir).settings);
}

/** One line that redraws itself on a terminal, and nothing elsewhere. */
class ProgressLine {
  private readonly started = performance.now();
  private shownAt = -Infinity;

  constructor(private readonly output: Cli['output']) {}

  show({ step, bytes }: Progress): void {
    const now = performance.now();
    if (!this.output.interactive || now - this.shownAt < REDRAW_MS) return;
    this.shownAt = now;
    const rate = bytes / Math.max(1, (now - this.started) / 1000);
    process.stderr.write(
      `\r\u001B[K${step.slice(0, 48).padEnd(48)} ${megabytes(bytes)}  ${megabytes(rate)}/s`,
    );
  }

  end(): void {
    if (this.shownAt > 0) process.stderr.write('\r\u001B[K');
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function totals({ tables }: Manifest): { rows: number; bytes: number } {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { rows, bytes: tables.reduce((sum, table) => sum + table.bytes, 0) };
}

function summary(manifest: Manifest): object {
  const { digest, created_at, product_version, postgres_version, tables } = manifest;
  const shown = tables.map(({ name, rows, bytes, sha256 }) => ({ name, rows, bytes, sha256 }));
  const blobs = manifest.blobs?.length ?? null;
  return { digest, created_at, product_version, postgres_version, ...totals(manifest), blobs, tables: shown };
}

function fileLine(blobs: readonly { bytes: number }[]): string {
  return `${blobs.length}, ${megabytes(blobs.reduce((sum, { bytes }) => sum + bytes, 0))}`;
}

function lines(manifest: Manifest): [string, string][] {
  const { rows, bytes } = totals(manifest);
  return [
    ['digest', manifest.digest],
    ['taken at', `${manifest.created_at} from PostgreSQL ${manifest.postgres_version}`],
    ['by', `Azt3kNet ${manifest.product_version}`],
    ['files', manifest.blobs === null ? 'left out' : fileLine(manifest.blobs)],
    ['content', `${plural(rows, 'row')} of ${plural(manifest.tables.length, 'table')}, ${megabytes(bytes)}`],
  ];
}
