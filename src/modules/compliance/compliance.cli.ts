import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import { uuid, type Cli } from '../../core/cli/index.js';

type Decision = components['schemas']['Decision'];

export function registerComplianceCommands(program: Command, cli: Cli): void {
  const decisions = program.command('decisions').description('what the guard has decided');
  decisions
    .command('show')
    .description('show a decision with the rules and places that made it so')
    .argument('<id>', 'id of the decision', uuid)
    .action(async (id: string) => {
      const client = await cli.api();
      const decision = await client.get('/api/v1/decisions/{id}', { params: { path: { id } } });
      cli.output.result(decision, describeDecision(cli, decision));
    });
}

function describeDecision({ output }: Cli, decision: Decision): string {
  const { subject, matches, labels, checked } = decision;
  return output.pairs([
    ['decision', decision.id],
    ['about', `${subject.type} ${subject.id}`],
    ['action', checked ? decision.action : `${decision.action} (the guard was off)`],
    ['score', String(decision.compliance_score)],
    ['labels', labels.length === 0 ? '-' : labels.join(', ')],
    ...matches.map(
      ({ field, policy, rule, text }) => [field, `${policy}/${rule}: ${JSON.stringify(text)}`] as const,
    ),
    ['decided', `by ${decision.decided_by} at ${decision.decided_at}`],
  ]);
}
