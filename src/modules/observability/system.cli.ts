import type { Command } from 'commander';
import { AppError } from '../../core/errors/index.js';
import type { Cli } from '../../core/cli/index.js';

class UnhealthyError extends AppError {
  constructor(names: readonly string[]) {
    super('unavailable', 'unhealthy', `not healthy: ${names.join(', ')}`);
  }
}

export function registerSystemCommands(program: Command, cli: Cli): void {
  const system = program.command('system').description('the state of the system');
  system
    .command('check')
    .description('check that the system and what it depends on answer; exit 7 when something does not')
    .action(() => check(cli));
}

async function check(cli: Cli): Promise<void> {
  const client = await cli.api();
  const health = await client.health();
  const parts = Object.entries(health.details);
  const rows = parts.map(([name, { status, message }]) => [name, message ?? status] as const);
  cli.output.result(health, cli.output.pairs([['system', health.status], ...rows]));
  if (health.status !== 'ok') {
    throw new UnhealthyError(parts.filter(([, { status }]) => status !== 'up').map(([name]) => name));
  }
}
