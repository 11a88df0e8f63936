import type { Command } from 'commander';
import type { Cli } from '../../core/cli/index.js';
import { registerCheckCommand } from '../../core/documents/check.cli.js';

/** The commands of templates that need no server. */
export function registerTemplateCommands(program: Command, cli: Cli): void {
  const templates = program.command('templates').description('templates that drafts are written from');
  registerCheckCommand(
    templates,
    cli,
    async () => (await import('./templates/template.loader.js')).TEMPLATES,
  );
}
