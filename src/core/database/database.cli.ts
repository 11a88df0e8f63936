import type { Command } from 'commander';
import { wholeNumber, type Cli } from '../cli/index.js';
import type { DatabaseTarget } from './database-target.js';

type Migrator = typeof import('./migrator.js');

async function withDatabase(
  cli: Cli,
  work: (migrator: Migrator, target: DatabaseTarget) => Promise<void>,
): Promise<void> {
  cli.requireLocal();
  const { openDatabase } = await import('./database-target.js');
  const migrator = await import('./migrator.js');
  const target = await openDatabase(cli.config());
  try {
    await work(migrator, target);
  } finally {
    await target.release();
  }
}

export function registerDatabaseCommands(program: Command, cli: Cli): void {
  const db = program.command('db').description('the schema of the database');
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
    .description('revert the newest migrations')
    .option('--steps <n>', 'how many', wholeNumber(1, 1000), 1)
    .action(({ steps }: { steps: number }) =>
      withDatabase(cli, async ({ downgradeDatabase }, target) => {
        const reverted = await downgradeDatabase(target, steps);
        const lines = reverted.map((name) => `reverted ${name}`);
        cli.output.result({ reverted }, lines.length > 0 ? lines.join('\n') : 'nothing to revert');
      }),
    );
  db.command('status')
    .description('list the migrations and whether the database has them')
    .action(() =>
      withDatabase(cli, async ({ databaseStatus }, target) => {
        const migrations = await databaseStatus(target);
        const rows = migrations.map(({ name, applied }) => [name, applied ? 'applied' : 'pending']);
        cli.output.result(
          { database: target.kind, migrations },
          cli.output.table(['migration', 'state'], rows),
        );
      }),
    );
}
