import type { components } from '@azt3knet/client';
import { ruleStatusChangeStatusValues as STATUSES } from '@azt3knet/client/schema';
import { Argument, type Command } from 'commander';
import { wholeNumber, type Cli } from '../../core/cli/index.js';
import { registerCheckCommand } from '../../core/documents/check.cli.js';
import { registerDocumentCommands, tagOf } from '../../core/documents/document.cli.js';
import { rehearse, type ChangeOptions } from './backtest/backtest.cli.js';

type Policy = components['schemas']['Policy'];
type Status = (typeof STATUSES)[number];

interface PromoteOptions extends ChangeOptions {
  percent?: number;
  note?: string;
}

interface RollbackOptions extends ChangeOptions {
  to?: string;
  note?: string;
}

export function registerPolicyCommands(program: Command, cli: Cli): void {
  const policies = program.command('policies').description('policies that the guard enforces');
  registerDocumentCommands(policies, cli, 'policies', {
    filters: (list) =>
      list
        .option('--language <code>', 'that it reads, e.g. es')
        .option('--label <label>', 'what one of its rules labels a text with'),
    rehearse: (content, options) => rehearse(cli, { content }, options),
    rehearseRetirement: (retire, options) => rehearse(cli, { retire }, options),
  });
  changing(
    policies
      .command('promote')
      .description('give a rule another status, as a newer version of its policy')
      .argument('<name>', 'the policy')
      .argument('<rule>', 'the rule')
      .addArgument(new Argument('<status>', 'how far it acts').choices(STATUSES))
      .option('--percent <n>', 'of the status percentage: the part of the subjects', wholeNumber(1, 99)),
  ).action((name: string, rule: string, status: Status, options: PromoteOptions) =>
    promote(cli, name, { rule, status }, options),
  );
  changing(
    policies
      .command('rollback')
      .description('go back to an earlier version of a policy')
      .argument('<name>', 'the policy')
      .option('--to <version>', 'to this one; else to the one before the current one'),
  ).action((name: string, options: RollbackOptions) => rollBack(cli, name, options));
  registerCheckCommand(policies, cli, async () => {
    const { checkPolicy } = await import('./policy/policy.examples.js');
    return {
      parse: checkPolicy,
      facts: ({ id, version, sha256 }) => ({ name: id, version, sha256 }),
    };
  });
}

function changing(command: Command): Command {
  return command
    .option('--note <text>', 'why it is changed')
    .option('--dry-run', 'show which verdicts would change; nothing is kept')
    .option('--yes', 'put it in force without asking');
}

async function promote(
  cli: Cli,
  name: string,
  { rule, status }: { rule: string; status: Status },
  { percent, note, ...options }: PromoteOptions,
): Promise<void> {
  const change = { rule, status, ...(percent !== undefined && { percent }) };
  if (!(await rehearse(cli, { policy: name, change }, options))) return;
  const client = await cli.api();
  const changed = await client.put('/api/v1/policies/{name}/rules/{rule}/status', {
    params: { path: { name, rule }, header: { 'If-Match': await tagOf(cli, 'policies', name) } },
    body: { status, ...(percent !== undefined && { percent }), ...(note !== undefined && { note }) },
  });
  tell(cli, changed);
}

async function rollBack(cli: Cli, name: string, { to, note, ...options }: RollbackOptions): Promise<void> {
  const policy = `${name}@${to ?? (await earlierVersion(cli, name))}`;
  if (!(await rehearse(cli, { policy }, options))) return;
  const client = await cli.api();
  const back = await client.post('/api/v1/policies/{name}/rollback', {
    params: { path: { name }, header: { 'If-Match': await tagOf(cli, 'policies', name) } },
    body: { ...(to !== undefined && { version: to }), ...(note !== undefined && { note }) },
  });
  tell(cli, back);
}

/** The version that a rollback goes to; the current one where there is none before it, which the API then refuses. */
async function earlierVersion(cli: Cli, name: string): Promise<string> {
  const client = await cli.api();
  const path = { name };
  const { version: current } = await client.get('/api/v1/policies/{name}', { params: { path } });
  const { versions } = await client.get('/api/v1/policies/{name}/versions', { params: { path } });
  const at = versions.findIndex(({ version }) => version === current);
  return versions.slice(at + 1).find(({ retired_at }) => retired_at === null)?.version ?? current;
}

function tell({ output }: Cli, policy: Policy): void {
  output.result(
    policy,
    output.pairs([
      ['policy', `${policy.name} ${policy.version}: ${policy.title}`],
      ['rules', policy.rules.map(({ id, status = 'live' }) => `${id} (${status})`).join(', ')],
      ['sha256', policy.sha256],
    ]),
  );
}
