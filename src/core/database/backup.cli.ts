import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Cli, Output } from '../cli/index.js';
import type { BackupOptions, Manifest, Progress } from './backup/index.js';
import type { DatabaseTarget } from './database-target.js';

const REDRAW_MS = 200;

/** Registers `db backup` and `db restore`. */
export function registerBackupCommands(db: Command, cli: Cli): void {
  db.command('backup')
    .description('write all data into a file; the secrets of the data folder are not in it')
    .requiredOption('--path <file>', 'the new file')
    .action(({ path }: { path: string }) => backup(cli, path));
  db.command('restore')
    .description('fill an empty database from a backup')
    .requiredOption('--path <file>', 'the backup')
    .option('--dry-run', 'check the backup and the database, and change nothing')
    .action(({ path, dryRun }: { path: string; dryRun?: boolean }) => restore(cli, path, dryRun === true));
}

async function backup(cli: Cli, path: string): Promise<void> {
  const { backupDatabase } = await import('./backup/index.js');
  const { manifest, bytes } = await watched(cli, (options) =>
    withTarget(cli, (target) => backupDatabase(target, path, options)),
  );
  cli.output.result(
    { path, bytes, ...summary(manifest) },
    cli.output.pairs([['backup', path], ['size', megabytes(bytes)], ...lines(manifest)]),
  );
  cli.output.note(
    'It holds password hashes: keep it private. Keys and passwords of the data folder are not in it.',
  );
}

async function restore(cli: Cli, path: string, dryRun: boolean): Promise<void> {
  const { checkArchive, requireEmptyDatabase, restoreDatabase } = await import('./backup/index.js');
  const manifest = await watched(cli, async (options) => {
    const checked = await checkArchive(path, options);
    // A database that was never made is empty.
    if (dryRun && !(await hasDatabase(cli))) return checked;
    await withTarget(cli, (target) =>
      dryRun ? requireEmptyDatabase(target) : restoreDatabase(target, path, checked, options),
    );
    return checked;
  });
  cli.output.result(
    { path, dry_run: dryRun, ...summary(manifest) },
    cli.output.pairs([[dryRun ? 'can be restored' : 'restored', path], ...lines(manifest)]),
  );
}

/** Runs long work that shows itself and that a signal stops. */
async function watched<T>(cli: Cli, work: (options: BackupOptions) => Promise<T>): Promise<T> {
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
  const target = await openDatabase(cli.config());
  try {
    return await work(target);
  } finally {
    await target.release();
  }
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

  constructor(private readonly output: Output) {}

  show({ step, bytes }: Progress): void {
    const now = performance.now();
    if (!this.output.interactive || now - this.shownAt < REDRAW_MS) return;
    this.shownAt = now;
    const rate = bytes / Math.max(1, (now - this.started) / 1000);
    process.stderr.write(`\r\u001B[K${step.padEnd(30)} ${megabytes(bytes)}  ${megabytes(rate)}/s`);
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
  return { digest, created_at, product_version, postgres_version, ...totals(manifest), tables: shown };
}

function lines(manifest: Manifest): [string, string][] {
  const { rows, bytes } = totals(manifest);
  return [
    ['digest', manifest.digest],
    ['taken at', `${manifest.created_at} from PostgreSQL ${manifest.postgres_version}`],
    ['by', `Azt3kNet ${manifest.product_version}`],
    ['content', `${rows} rows of ${manifest.tables.length} tables, ${megabytes(bytes)}`],
  ];
}
