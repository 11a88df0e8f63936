import type { components } from '@azt3knet/client';
import { pathsApiV1DecisionsGetParametersQuerySubject_typeValues as SUBJECT_TYPES } from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  bar,
  choice,
  sparkline,
  timeOptions,
  uuid,
  wireNames,
  type Cli,
  type Columns,
} from '../../core/cli/index.js';

type Statistics = components['schemas']['ComplianceStatistics'];

/** @param compliance the command that it stands below */
export function registerStatisticsCommand(compliance: Command, cli: Cli): void {
  const command = compliance
    .command('statistics')
    .description('how often the guard decided what, in the last 30 days or at other times')
    .addOption(choice('--subject-type <type>', 'about something of this kind', SUBJECT_TYPES))
    .option('--subject-id <id>', 'about this one')
    .option('--agent-id <id>', 'about texts of this agent', uuid)
    .option('--campaign-id <id>', 'about texts for this campaign')
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

interface Counted {
  decisions: number;
}

/** Their number, and on a terminal a bar beside it, of which the longest is the greatest number. */
function counts<Row extends Counted>({ output }: Cli, rows: readonly Row[]): Columns<Row> {
  const most = Math.max(...rows.map(({ decisions }) => decisions));
  return [
    ['decisions', ({ decisions }) => String(decisions)],
    ...(output.draws
      ? ([['', ({ decisions }) => bar(decisions / most, BAR_WIDTH)]] satisfies Columns<Row>)
      : []),
  ];
}

function describe(cli: Cli, statistics: Statistics): string {
  const { output } = cli;
  const { decisions, decided_after, decided_before, by_action, by_day, by_subject, by_rule } = statistics;
  const line = output.draws ? [['by day', sparkline(decisionsOfDays(statistics))] as const] : [];
  const facts = output.pairs([
    ['decisions', `${decisions} from ${decided_after} to ${decided_before}`],
    ...by_action.map(({ action, decisions: count }) => [action, String(count)] as const),
    ...(decisions === 0 ? [] : line),
  ]);
  // Where nothing was decided there is nothing to show but that.
  if (decisions === 0) return facts;
  const tables = [
    output.columns(by_rule, [['rule', ({ policy, rule }) => `${policy}/${rule}`], ...counts(cli, by_rule)]),
    output.columns(by_day, [
      ['day', ({ day }) => day],
      ['action', ({ action }) => action],
      ...counts(cli, by_day),
    ]),
    output.columns(by_subject, [
      ['about', ({ subject_type }) => subject_type],
      ['action', ({ action }) => action],
      ...counts(cli, by_subject),
    ]),
    ...heldTables(cli, statistics),
  ];
  return [facts, ...tables].join('\n');
}

function heldTables({ output }: Cli, { by_campaign, by_agent }: Statistics): string[] {
  const campaigns = output.columns(by_campaign, [
    ['campaign', ({ campaign_id }) => campaign_id],
    ['decisions', ({ decisions }) => String(decisions)],
    ['held', ({ held }) => String(held)],
  ]);
  const agents = output.columns(by_agent, [
    ['agent', ({ agent_id }) => agent_id],
    ['held', ({ held }) => String(held)],
  ]);
  return [...(by_campaign.length === 0 ? [] : [campaigns]), ...(by_agent.length === 0 ? [] : [agents])];
}

const BAR_WIDTH = 20;
const DAY_MS = 86_400_000;
/** So many days at most are drawn: the newest. */
const MOST_DAYS = 60;

/** The decisions of each day up to the last one that had any, those without included. */
function decisionsOfDays({ by_day }: Pick<Statistics, 'by_day'>): number[] {
  const sums = new Map<number, number>();
  for (const { day, decisions } of by_day) {
    const number = Date.parse(day) / DAY_MS;
    sums.set(number, (sums.get(number) ?? 0) + decisions);
  }
  const last = Math.max(...sums.keys());
  const days = Math.min(MOST_DAYS, last - Math.min(...sums.keys()) + 1);
  return Array.from({ length: days }, (_, index) => sums.get(last - days + 1 + index) ?? 0);
}
