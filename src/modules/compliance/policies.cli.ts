import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import { pageOptions, printList, type Cli, type Columns } from '../../core/cli/index.js';
import { registerCheckCommand } from '../../core/documents/check.cli.js';

type PolicyEntry = components['schemas']['PolicyEntry'];

const COLUMNS: Columns<PolicyEntry> = [
  ['policy', ({ name }) => name],
  ['version', ({ version }) => version],
  ['rules', ({ rules }) => String(rules)],
  ['languages', ({ languages }) => languages.join(', '), 'text'],
  ['title', ({ title }) => title, 'text'],
];

export function registerPolicyCommands(program: Command, cli: Cli): void {
  const policies = program.command('policies').description('policies that the guard enforces');
  pageOptions(
    policies
      .command('list')
      .description('list the policies in force')
      .option('--name <text>', 'a part of the name')
      .option('--language <code>', 'that it reads, e.g. es')
      .option('--label <label>', 'what one of its rules labels a text with'),
  ).action((options: object) => printList(cli, '/api/v1/policies', options, COLUMNS));
  policies
    .command('show')
    .description('show a policy with its rules')
    .argument('<name>', 'the name')
    .action((name: string) => show(cli, name));
  registerCheckCommand(policies, cli, async () => {
    const { checkPolicy } = await import('./policy/policy.examples.js');
    return {
      parse: checkPolicy,
      facts: ({ id, version, sha256 }) => ({ name: id, version, sha256 }),
    };
  });
}

async function show(cli: Cli, name: string): Promise<void> {
  const client = await cli.api();
  const policy = await client.get('/api/v1/policies/{name}', { params: { path: { name } } });
  const { output } = cli;
  const facts = output.pairs([
    ['policy', `${policy.name} ${policy.version}: ${policy.title}`],
    ['says', policy.description],
    ['labels', policy.labels.length === 0 ? '-' : policy.labels.join(', ')],
  ]);
  const rules = output.columns(policy.rules, [
    ['rule', ({ id }) => id],
    ['action', ({ action }) => action],
    ['severity', ({ severity }) => severity],
    ['title', ({ title }) => title, 'text'],
  ]);
  output.result(policy, `${facts}\n${rules}`);
}
