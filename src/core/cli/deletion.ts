import type { Client } from '@azt3knet/client';
import type { Command } from 'commander';
import type { Cli } from './cli.js';
import { uuid } from './options.js';

/** How something is deleted that has an id. */
interface Deletion {
  /** In the singular: `draft`. */
  what: string;
  description: string;
  /** Finds it, and refuses what could not be deleted, as far as that can be seen. */
  look(client: Client, id: string): Promise<unknown>;
  remove(client: Client, id: string): Promise<unknown>;
}

/** Adds `delete <id>` to the command of something. */
export function registerDeletion(parent: Command, cli: Cli, deletion: Deletion): void {
  const { what, description } = deletion;
  parent
    .command('delete')
    .description(description)
    .argument('<id>', `id of the ${what}`, uuid)
    .option('--dry-run', 'show what would be deleted')
    .action(async (id: string, { dryRun = false }: { dryRun?: boolean }) => {
      const client = await cli.api();
      await (dryRun ? deletion.look(client, id) : deletion.remove(client, id));
      printDeletion(cli, what, id, dryRun);
    });
}

/** Tells what was deleted, or would be. */
export function printDeletion(cli: Cli, what: string, id: string, dryRun: boolean): void {
  cli.output.result(
    { synthetic: true, id, deleted: !dryRun },
    `${dryRun ? 'would delete' : 'deleted'} ${what} ${id}`,
  );
}
