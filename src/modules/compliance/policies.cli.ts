import type { Command } from 'commander';
import type { Cli } from '../../core/cli/index.js';
import { registerCheckCommand } from '../../core/documents/check.cli.js';

/** The commands of policies that need no server. */
export function registerPolicyCommands(program: Command, cli: Cli): void {
  const policies = program.command('policies').description('policies that the guard enforces');
  registerCheckCommand(policies, cli, async () => {
    const { checkPolicy } = await import('./policy/policy.examples.js');
    return {
      parse: checkPolicy,
      facts: ({ id, version, sha256 }) => ({ name: id, version, sha256 }),
    };
  });
}
