import type { Command } from 'commander';
import { confirm, requireTerminal, wholeNumber, type Cli } from '../cli/index.js';
import { plural } from '../words.js';
import { registerBackupCommands } from './backup.cli.js';
import type { DatabaseTarget } from './database-target.js';

type Migrator = typeof import('./migrator.js');

async function withDatabase(
  cli: Cli,
  work: (migrator: Migrator, target: DatabaseTarget) => Promise<void>,
): Promise<void> {
  cli.requireLocal();
  const { openDatabase } = await import('./database-target.js');
  const migrator = await import('./migrator.js');
  const target = await openDatabase(cli.config(), undefined, (line) => cli.output.note(line));
  try {
    await work(migrator, target);
  } finally {
    await target.release();
  }
}

async function sweep(cli: Cli, dryRun: boolean): Promise<void> {
  const { RetentionService } = await import('../retention/index.js');
  const swept = await (await cli.service(RetentionService, 'services')).sweep(dryRun);
  const rows = swept.map(({ name, days, rows: count }) => [
    name,
    days === 0 ? 'for ever' : plural(days, 'day'),
    String(count),
  ]);
  cli.output.result(
    { dry_run: dryRun, swept },
    cli.output.table(['rows', 'kept', dryRun ? 'would be deleted' : 'deleted'], rows),
  );
}

interface DowngradeArguments {
  steps: number;
  dryRun?: boolean;
  yes?: boolean;
}

async function downgrade(
  cli: Cli,
  { steps, dryRun = false, yes = false }: DowngradeArguments,
): Promise<void> {
  const asks = !dryRun && !yes;
  if (asks) requireTerminal();
  await withDatabase(cli, async ({ plannedDowngrade, downgradeDatabase }, target) => {
    const planned = await plannedDowngrade(target, steps);
    if (asks && planned.length > 0) {
      await confirm(`Revert ${planned.join(', ')} and delete the data that only they have room for?`);
    }
    const reverted = dryRun ? planned : await downgradeDatabase(target, steps);
    const lines = reverted.map((name) => `${dryRun ? 'would revert' : 'reverted'} ${name}`);
    cli.output.result(
      { dry_run: dryRun, reverted },
      lines.length > 0 ? lines.join('\n') : 'nothing to revert',
    );
  });
}

export function registerDatabaseCommands(program: Command, cli: Cli): void {
  const db = program.command('db').description('the database: its schema, backups, old rows');
  registerBackupCommands(db, cli);
  db.command('upgrade')
    .description('apply every pending migration')
    .action(() =>
      withDatabase(cli, async ({ upgradeDatabase }, target) => {
        const applied = await upgradeDatabase(target);
        const lines = applied.map((name) => `applied ${name}`);
        cli.output.result({ applied }, lines.length > 0 ? lines.join('\n') : 'the database is up to date');
      }),
    );
  db.command('downgrade')
    .description('revert the newest migrations, which deletes the data that only they have room for')
    .option('--steps <n>', 'how many', wholeNumber(1, 1000), 1)
    .option('--dry-run', 'list them, and revert nothing')
    .option('--yes', 'do not ask')
    .action((options: DowngradeArguments) => downgrade(cli, options));
  db.command('sweep')
    .description('delete rows that have served their time (AZT3KNET_*_RETENTION_DAYS)')
    .option('--dry-run', 'count them, and delete nothing')
    .action(({ dryRun }: { dryRun?: boolean }) => sweep(cli, dryRun === true));
  db.command('status')
    .description('list the migrations and whether the database has them')
    .action(() =>
      withDatabase(cli, async ({ databaseStatus }, target) => {
        const migrations = await databaseStatus(target);
        const rows = migrations.map(({ name, applied }) => [name, applied ? 'applied' : 'pending']);
        cli.output.result(
          { database: target.kind, migrations },
          cli.output.table(['migration', 'state'], rows),
          migrations,
        );
      }),
    );
}
