import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import { timeOptions, uuid, wireNames, type Cli } from '../../core/cli/index.js';

type Statistics = components['schemas']['ComplianceStatistics'];

/** @param compliance the command that it stands below */
export function registerStatisticsCommand(compliance: Command, cli: Cli): void {
  const command = compliance
    .command('statistics')
    .description('how often the guard decided what, in the last 30 days or at other times')
    .option('--subject-type <type>', 'about something of this kind: draft or population')
    .option('--subject-id <id>', 'about this one')
    .option('--agent-id <id>', 'about texts of this agent', uuid)
    .option('--policy <name>', 'a policy of which a rule matched')
    .option('--rule <id>', 'a rule that matched');
  timeOptions(command, 'decided')
    .addHelpText('after', '\nExample:\n  azt3knet compliance statistics --policy pii')
    .action(async (options: object) => {
      const client = await cli.api();
      const params = { query: wireNames(options) };
      const found = await client.get('/api/v1/compliance/statistics', { params });
      cli.output.result(found, describe(cli, found));
    });
}

function describe({ output }: Cli, statistics: Statistics): string {
  const { decisions, decided_after, decided_before, by_action, by_day, by_rule, by_agent } = statistics;
  const facts = output.pairs([
    ['decisions', `${decisions} from ${decided_after} to ${decided_before}`],
    ...by_action.map(({ action, decisions: count }) => [action, String(count)] as const),
  ]);
  // Where nothing was decided there is nothing to show but that.
  if (decisions === 0) return facts;
  const tables = [
    output.columns(by_rule, [
      ['rule', ({ policy, rule }) => `${policy}/${rule}`],
      ['decisions', ({ decisions: count }) => String(count)],
    ]),
    output.columns(by_day, [
      ['day', ({ day }) => day],
      ['action', ({ action }) => action],
      ['decisions', ({ decisions: count }) => String(count)],
    ]),
    output.columns(by_agent, [
      ['agent', ({ agent_id }) => agent_id],
      ['held', ({ held }) => String(held)],
    ]),
  ];
  return [facts, ...tables].join('\n');
}
