import type { components } from '@azt3knet/client';
import {
  pathsApiV1DecisionsGetParametersQueryActionValues as ACTIONS,
  pathsApiV1DecisionsGetParametersQuerySortValues as SORTS,
  pathsApiV1DecisionsGetParametersQuerySubject_typeValues as SUBJECT_TYPES,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  pageOptions,
  printList,
  readStandardInput,
  timeOptions,
  uuid,
  type Cli,
  type Columns,
} from '../../core/cli/index.js';
import { AppError } from '../../core/errors/index.js';
import { registerBacktestCommand } from './backtest/backtest.cli.js';
import { registerStatisticsCommand } from './statistics.cli.js';

type Decision = components['schemas']['Decision'];
type Check = components['schemas']['ComplianceCheck'];

const COLUMNS: Columns<Decision> = [
  ['decision', ({ id }) => id],
  ['action', ({ action }) => action],
  ['score', ({ compliance_score }) => String(compliance_score)],
  ['about', ({ subject }) => subject.type],
  ['labels', ({ labels }) => labels.join(', ')],
  ['decided', ({ decided_at }) => decided_at],
  ['subject', ({ subject }) => subject.id],
];

/** Of the actions that do not let a text go on. */
const REFUSALS: Readonly<Partial<Record<Check['action'], string>>> = {
  review: 'it waits for review',
  escalate: 'it waits for a decision of those in charge',
  block: 'the guard blocks it',
};

/** The guard would not let a text go on. */
class CheckRefusedError extends AppError {
  constructor({ action }: Check) {
    super('refused', 'compliance_refused', REFUSALS[action] ?? 'the guard refuses it');
  }
}

export function registerComplianceCommands(program: Command, cli: Cli): void {
  const compliance = program.command('compliance').description('the guard');
  registerStatisticsCommand(compliance, cli);
  registerBacktestCommand(compliance, cli);
  compliance
    .command('check')
    .description('say what the guard would decide on a text; exit 6 when it may not go on')
    .argument('<text>', 'the text; - reads standard input')
    .option('--field <name>', 'what matches call it', 'text')
    .action((text: string, { field }: { field: string }) => check(cli, text, field));
  const decisions = program.command('decisions').description('what the guard has decided');
  registerListCommand(decisions, cli);
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

function registerListCommand(decisions: Command, cli: Cli): void {
  const command = decisions
    .command('list')
    .description('list decisions, the newest first')
    .addOption(choice('--subject-type <type>', 'about something of this kind', SUBJECT_TYPES))
    .option('--subject-id <id>', 'about this one')
    .option('--agent-id <id>', 'about a text of this agent', uuid)
    .option('--campaign-id <id>', 'about a text for this campaign')
    .addOption(choice('--action <action>', 'what the guard said', ACTIONS))
    .option('--label <label>', 'one of the guard’s labels')
    .option('--policy <name>', 'a policy of which a rule matched')
    .option('--rule <id>', 'a rule that matched');
  pageOptions(timeOptions(command, 'decided'), SORTS)
    .addHelpText('after', '\nExample:\n  azt3knet decisions list --action block --policy pii')
    .action((options: object) => printList(cli, '/api/v1/decisions', options, COLUMNS));
}

async function check(cli: Cli, given: string, field: string): Promise<void> {
  const text = given === '-' ? await readStandardInput() : given;
  const client = await cli.api();
  const found = await client.post('/api/v1/compliance/check', { body: { texts: [{ field, text }] } });
  cli.output.result(found, cli.output.pairs(verdictOf(found)));
  if (found.action in REFUSALS) throw new CheckRefusedError(found);
}

function verdictOf({ checked, action, compliance_score, labels, matches, shadow_matches }: Check | Decision) {
  return [
    ['action', checked ? action : `${action} (the guard is off)`],
    ['score', String(compliance_score)],
    ['labels', labels.length === 0 ? '-' : labels.join(', ')],
    ...matches.map(
      ({ field, policy, rule, text }) => [field, `${policy}/${rule}: ${JSON.stringify(text)}`] as const,
    ),
    ...shadow_matches.map(
      ({ field, policy, rule, text }) =>
        [field, `${policy}/${rule} (shadow): ${JSON.stringify(text)}`] as const,
    ),
  ] as const;
}

function describeDecision({ output }: Cli, decision: Decision): string {
  const { subject } = decision;
  return output.pairs([
    ['decision', decision.id],
    ['about', `${subject.type} ${subject.id}`],
    ...verdictOf(decision),
    ['reasons', decision.reasons],
    ['policies', decision.policies.map(({ id, version }) => `${id} ${version}`).join(', ') || '-'],
    ['decided', `by ${decision.decided_by} at ${decision.decided_at}`],
  ]);
}
