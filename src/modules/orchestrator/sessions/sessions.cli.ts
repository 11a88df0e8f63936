import type { components } from '@azt3knet/client';
import {
  pathsApiV1AgentSessionsGetParametersQuerySortValues as SORTS,
  pathsApiV1AgentSessionsGetParametersQueryStateValues as STATES,
  pathsApiV1SessionPlansGetParametersQuerySortValues as PLAN_SORTS,
  pathsApiV1SessionPlansGetParametersQueryStateValues as PLAN_STATES,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  commaList,
  noteAccepted,
  pageOptions,
  printList,
  uuid,
  wholeNumber,
  type Cli,
  type Columns,
} from '../../../core/cli/index.js';

type Session = components['schemas']['AgentSession'];
type Summary = components['schemas']['AgentSessionSummary'];
type Plan = components['schemas']['SessionPlan'];
type CountedPlan = components['schemas']['CountedSessionPlan'];
type PlanBody = components['schemas']['PlanAgentSessions'];
type Act = 'pause' | 'resume' | 'cancel';

const COLUMNS: Columns<Summary> = [
  ['session', ({ id }) => id],
  ['state', ({ state }) => state],
  ['planned', ({ planned_at }) => planned_at],
  ['agent', ({ agent_id }) => agent_id],
  ['why', ({ reason }) => reason ?? '-', 'text'],
];
const PLAN_COLUMNS: Columns<Plan> = [
  ['plan', ({ id }) => id],
  ['state', ({ state }) => state],
  ['network', ({ network }) => network],
  ['sessions', ({ planned }) => String(planned)],
  ['from', ({ starts_at }) => starts_at],
  ['to', ({ ends_at }) => ends_at],
];
const ACT_COLUMNS: Columns<Session['acts'][number]> = [
  ['act', ({ kind }) => kind],
  ['state', ({ state }) => state],
  ['post', ({ status_id }) => status_id],
  ['when', ({ done_at }) => done_at ?? '-'],
  ['why', ({ reason }) => reason ?? '-', 'text'],
];
const ACTS: Readonly<Record<Act, string>> = {
  pause: 'hold a plan: nothing begins, open sessions do nothing',
  resume: 'let a paused plan go on; what is too late is skipped',
  cancel: 'end a plan; what has not begun is skipped',
};

export function registerAgentSessionCommands(program: Command, cli: Cli): void {
  const sessions = program
    .command('agent-sessions')
    .description('when agents are on line, what they see and do');
  registerPlan(sessions, cli);
  pageOptions(
    sessions
      .command('list')
      .description('list sessions, the latest first')
      .option('--plan <id>', 'of this plan', uuid)
      .option('--agent <id>', 'of this agent', uuid)
      .addOption(choice('--state <state>', 'in this state', STATES)),
    SORTS,
  ).action((options: object) => printList(cli, '/api/v1/agent-sessions', options, COLUMNS));
  sessions
    .command('show')
    .description('show a session, and what was done in it')
    .argument('<id>', 'id of the session', uuid)
    .action(async (id: string) => {
      const client = await cli.api();
      show(cli, await client.get('/api/v1/agent-sessions/{id}', { params: { path: { id } } }));
    });
  sessions
    .command('end')
    .description('skip a session that has not begun, or end an open one')
    .argument('<id>', 'id of the session', uuid)
    .action(async (id: string) => {
      const client = await cli.api();
      show(cli, await client.post('/api/v1/agent-sessions/{id}/cancel', { params: { path: { id } } }));
    });
  pageOptions(
    sessions
      .command('plans')
      .description('list plans of sessions, the newest first')
      .addOption(choice('--state <state>', 'in this state', PLAN_STATES))
      .option('--population <id>', 'of this population (id, digest or name)'),
    PLAN_SORTS,
  ).action((options: object) => printList(cli, '/api/v1/session-plans', options, PLAN_COLUMNS));
  sessions
    .command('status')
    .description('show a plan, and how far it has come')
    .argument('<plan>', 'id of the plan', uuid)
    .action((id: string) => showPlan(cli, id));
  for (const [act, description] of Object.entries(ACTS) as [Act, string][])
    sessions
      .command(act)
      .description(description)
      .argument('<plan>', 'id of the plan', uuid)
      .action(async (id: string) => {
        const client = await cli.api();
        const plan = await client.post(`/api/v1/session-plans/{id}/${act}`, { params: { path: { id } } });
        cli.output.result(plan, `plan ${id} is ${plan.state}`);
      });
}

interface PlanOptions {
  agents?: string[];
  network?: string;
  startsAt?: string;
  endsAt?: string;
  speed?: number;
  quietHours?: string;
  lurk?: number;
  actsPerDay?: number;
  replyTemplate?: string;
  reply: boolean;
}

function registerPlan(sessions: Command, cli: Cli): void {
  sessions
    .command('plan')
    .description('plan when agents are on line, and let them be')
    .argument('[population]', 'id, digest or name of a persisted population')
    .option('--agents <list>', 'or these agents, by their ids', commaList)
    .option('--network <name>', 'where (default main)')
    .option('--starts-at <time>', 'e.g. 2026-01-15T00:00:00Z (default now)')
    .option('--ends-at <time>', 'default: a day later')
    .option('--speed <n>', '1440: their day goes by in a minute', wholeNumber(1, 10_000))
    .option('--quiet-hours <from-to>', 'by the clocks of each agent, e.g. 22:30-07:00')
    .option('--lurk <percent>', 'so many only look (default 33)', wholeNumber(0, 100))
    .option('--acts-per-day <n>', 'of each agent at most (default 50)', wholeNumber(1, 1_000))
    .option('--reply-template <name>', 'what replies are written from')
    .option('--no-reply', 'nobody replies')
    .addHelpText('after', '\nExample:\n  azt3knet agent-sessions plan people --seed 7 --speed 1440')
    .action((population: string | undefined, options: PlanOptions) => planSessions(cli, population, options));
}

async function planSessions(cli: Cli, population: string | undefined, options: PlanOptions): Promise<void> {
  const { agents, network, startsAt, endsAt, speed, quietHours, lurk, actsPerDay, replyTemplate, reply } =
    options;
  const client = await cli.api();
  const [from = '', to = ''] = quietHours?.split('-') ?? [];
  const body: PlanBody = {
    seed: cli.seed ?? 'sessions',
    ...(population !== undefined && { population }),
    ...(agents !== undefined && { agents }),
    ...(network !== undefined && { network }),
    ...(startsAt !== undefined && { starts_at: startsAt }),
    ...(endsAt !== undefined && { ends_at: endsAt }),
    ...(speed !== undefined && { speed }),
    ...(quietHours !== undefined && { quiet_hours: { from, to } }),
    ...(lurk !== undefined && { behaviour: { lurk_percent: lurk } }),
    ...(actsPerDay !== undefined && { acts_per_day: actsPerDay }),
    ...(replyTemplate !== undefined && { reply_template: replyTemplate }),
    ...(!reply && { reply_template: null }),
  };
  const made = await client.post('/api/v1/agent-sessions', { body });
  cli.output.result(made, `planned ${made.planned} sessions: plan ${made.id}`);
  noteAccepted(cli);
}

async function showPlan(cli: Cli, id: string): Promise<void> {
  const client = await cli.api();
  const found = await client.get('/api/v1/session-plans/{id}', { params: { path: { id } } });
  cli.output.result(found, describe(cli, found));
}

/** Counts in words: `3 done, 1 held`. */
function told(counts: object): string {
  const words = Object.entries(counts).map(([name, n]) => `${String(n)} ${name}`);
  return words.length === 0 ? '-' : words.join(', ');
}

function describe(cli: Cli, found: CountedPlan): string {
  return cli.output.pairs([
    ['plan', `${found.id} (synthetic)`],
    ['state', found.state],
    ['network', found.network],
    ['seed', found.seed],
    ['their time', `${found.starts_at} to ${found.ends_at}, ${found.speed} times as fast`],
    ['sessions', `${found.planned}: ${told(found.sessions)}`],
    ...Object.entries(found.acts).map(([kind, counts]) => [kind, told(counts)] as const),
  ]);
}

function show(cli: Cli, session: Session): void {
  const { id, state, reason, agent_id, planned_at, views, acts } = session;
  const facts = cli.output.pairs([
    ['session', `${id} (synthetic)`],
    ['state', reason === null ? state : `${state}: ${reason}`],
    ['agent', agent_id],
    ['planned', planned_at],
    ['saw', `${views.length} posts`],
  ]);
  cli.output.result(
    session,
    acts.length === 0 ? facts : `${facts}\n\n${cli.output.columns(acts, ACT_COLUMNS)}`,
  );
}
