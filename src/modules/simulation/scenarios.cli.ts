import type { Command } from 'commander';
import type { Cli } from '../../core/cli/index.js';
import { registerCheckCommand } from '../../core/documents/check.cli.js';
import { registerDocumentCommands } from '../../core/documents/document.cli.js';

export function registerScenarioCommands(program: Command, cli: Cli): void {
  const scenarios = program.command('scenarios').description('scenarios that simulations run');
  registerDocumentCommands(scenarios, cli, 'scenarios', {
    filters: (list) =>
      list
        .option('--template <name>', 'that it writes from')
        .option('--country <code>', 'of its own population, e.g. MX'),
  });
  registerCheckCommand(scenarios, cli, async () => {
    const [{ SCENARIOS }, { scenarioIssues }] = await Promise.all([
      import('./scenarios/scenario.loader.js'),
      import('./scenarios/scenario.check.js'),
    ]);
    return { ...SCENARIOS, judge: scenarioIssues };
  });
}
