import type { Command } from 'commander';
import type { Cli } from '../../core/cli/index.js';
import { registerCheckCommand } from '../../core/documents/check.cli.js';

/** The commands of scenarios that need no server. */
export function registerScenarioCommands(program: Command, cli: Cli): void {
  const scenarios = program.command('scenarios').description('scenarios that simulations run');
  registerCheckCommand(scenarios, cli, async () => {
    const [{ SCENARIOS }, { checkScenario }] = await Promise.all([
      import('./scenarios/scenario.loader.js'),
      import('./scenarios/scenario.check.js'),
    ]);
    return { ...SCENARIOS, judge: checkScenario };
  });
}
