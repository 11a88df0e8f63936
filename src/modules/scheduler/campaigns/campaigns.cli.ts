import type { components } from '@azt3knet/client';
import {
  pathsApiV1CampaignsCampaignPlanGetParametersQuerySortValues as PLAN_SORTS,
  pathsApiV1CampaignsGetParametersQuerySortValues as SORTS,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  pageOptions,
  printDeletion,
  printList,
  showList,
  uuid,
  type Cli,
  type Columns,
} from '../../../core/cli/index.js';
import { registerTermCommands } from './campaign-terms.cli.js';

type Campaign = components['schemas']['Campaign'];
type CountedCampaign = components['schemas']['CountedCampaign'];
type Planned = components['schemas']['PlannedPublication'];
type Publication = components['schemas']['Publication'];
type Act = 'start' | 'pause' | 'resume' | 'cancel';

const ACTS: Readonly<Record<Act, string>> = {
  start: 'start a campaign: what is due is written and published',
  pause: 'hold a campaign; what is being published is finished',
  resume: 'let a paused campaign go on',
  cancel: 'end a campaign; what is not published is cancelled',
};

const COLUMNS: Columns<Campaign> = [
  ['campaign', ({ name }) => name],
  ['state', ({ state }) => state],
  ['platform', ({ adapter, destination }) => (destination === null ? adapter : `${adapter}/${destination}`)],
  ['approval', ({ approval }) => approval.rule],
  ['from', ({ starts_at }) => starts_at],
  ['to', ({ ends_at }) => ends_at],
];
const PLAN_COLUMNS: Columns<Planned> = [
  ['due', ({ due_at }) => due_at],
  ['agent', ({ username }) => username, 'text'],
  ['template', ({ template }) => template, 'text'],
  ['approvals', ({ approvals_needed }) => String(approvals_needed)],
  ['publication', ({ id }) => id],
];
const PUBLICATION_COLUMNS: Columns<Publication> = [
  ['publication', ({ id }) => id],
  ['state', ({ state }) => state],
  ['due', ({ due_at }) => due_at],
  ['approvals needed', ({ approvals_needed }) => String(approvals_needed)],
  ['agent', ({ agent_id }) => agent_id],
  ['url', ({ url }) => url ?? '-', 'text'],
  ['why', ({ reason }) => reason ?? '-', 'text'],
];

export function registerCampaignCommands(program: Command, cli: Cli): void {
  const campaigns = program
    .command('campaigns')
    .description('what agents publish, when, and who approves it');
  pageOptions(
    campaigns
      .command('list')
      .description('list campaigns, the newest first')
      .addOption(
        choice('--state <state>', 'in this state', ['draft', 'running', 'paused', 'completed', 'cancelled']),
      )
      .option('--population <id>', 'of this population (id, digest or name)'),
    SORTS,
  ).action((options: object) => printList(cli, '/api/v1/campaigns', options, COLUMNS));
  campaigns
    .command('show')
    .description('show a campaign')
    .argument('<campaign>', 'its id or name')
    .action((campaign: string) => show(cli, campaign));
  registerTermCommands(campaigns, cli);
  for (const [act, description] of Object.entries(ACTS) as [Act, string][])
    campaigns
      .command(act)
      .description(description)
      .argument('<campaign>', 'its id or name')
      .action((campaign: string) => move(cli, campaign, act));
  pageOptions(
    campaigns
      .command('plan')
      .description('print what a campaign would publish; nothing is kept')
      .argument('<campaign>', 'its id or name')
      .addOption(choice('--sort <order>', 'agent by agent (default), or by due_at', PLAN_SORTS)),
  ).action((campaign: string, options: object) => plan(cli, campaign, options));
  campaigns
    .command('delete')
    .description('delete a campaign that is not at work, with its publications')
    .argument('<campaign>', 'its id or name')
    .option('--dry-run', 'show what would be deleted')
    .action((campaign: string, { dryRun = false }: { dryRun?: boolean }) => remove(cli, campaign, dryRun));
  registerPublications(program, cli);
}

function registerPublications(program: Command, cli: Cli): void {
  const publications = program.command('publications').description('what campaigns publish, one by one');
  pageOptions(
    publications
      .command('list')
      .description('list publications, the next due first')
      .option('--campaign <campaign>', 'of this campaign')
      .option('--agent <id>', 'of this agent', uuid)
      .option('--state <state>', 'in this state, such as awaiting_approval'),
  ).action((options: object) => printList(cli, '/api/v1/publications', options, PUBLICATION_COLUMNS));
  publications
    .command('show')
    .description('show a publication, and what people said about it')
    .argument('<id>', 'id of the publication', uuid)
    .action((id: string) => showPublication(cli, id));
  publications
    .command('approve')
    .description('approve a publication that waits for it')
    .argument('<id>', 'id of the publication', uuid)
    .option('--reason <text>', 'why')
    .action((id: string, { reason }: { reason?: string }) => judge(cli, id, 'approve', reason));
  publications
    .command('reject')
    .description('reject a publication that waits for approval')
    .argument('<id>', 'id of the publication', uuid)
    .requiredOption('--reason <text>', 'why')
    .action((id: string, { reason }: { reason: string }) => judge(cli, id, 'reject', reason));
}

async function show(cli: Cli, campaign: string): Promise<void> {
  const client = await cli.api();
  const found = await client.get('/api/v1/campaigns/{campaign}', { params: { path: { campaign } } });
  cli.output.result(found, describe(cli, found));
}

function describe(cli: Cli, found: CountedCampaign): string {
  const { approval, quiet_hours: quiet } = found;
  const counts = Object.entries(found.publications).map(([state, count]) => `${count} ${state}`);
  const conditions = Object.entries(found.audience).map(([field, value]) => `${field} ${value}`);
  return cli.output.pairs([
    ['campaign', `${found.name} (synthetic)`],
    ['state', found.state],
    [
      'publications',
      `${counts.join(', ') || 'none yet'}${found.planned || found.state === 'draft' ? '' : ', being planned'}`,
    ],
    ['population', found.population_id],
    ['audience', conditions.length === 0 ? 'all agents' : conditions.join(', ')],
    ['templates', found.templates.join(', ')],
    ['platform', found.destination === null ? found.adapter : `${found.adapter}/${found.destination}`],
    ['time', `${found.starts_at} to ${found.ends_at}`],
    ['quiet', quiet === null ? 'never' : `${quiet.from} to ${quiet.to}`],
    ['rhythm', found.rhythm === null ? 'the usual day' : found.rhythm.join(',')],
    ['late', `by ${found.grace_minutes} minutes at most`],
    [
      'at most',
      Object.entries(found.caps)
        .map(([of, most]) => `${most} ${of.replaceAll('_', ' ')}`)
        .join(', '),
    ],
    ['approval', approval.rule === 'sample' ? `sample of ${approval.percent} %` : approval.rule],
    ['seed', found.seed],
    ['id', found.id],
  ]);
}

async function plan(cli: Cli, campaign: string, options: object): Promise<void> {
  const route = '/api/v1/campaigns/{campaign}/plan';
  const { total } = await showList(cli, route, options, PLAN_COLUMNS, { campaign });
  if (total === 0)
    cli.output.note(
      `warning: ${campaign} would publish nothing: its time, its audience and its day leave none`,
    );
}

async function move(cli: Cli, campaign: string, act: Act): Promise<void> {
  const client = await cli.api();
  const params = { path: { campaign } };
  const moved = await client.post(`/api/v1/campaigns/{campaign}/${act}`, { params });
  cli.output.result(moved, `campaign ${moved.name} is ${moved.state}`);
}

async function remove(cli: Cli, campaign: string, dryRun: boolean): Promise<void> {
  const client = await cli.api();
  const params = { path: { campaign } };
  if (dryRun) await client.get('/api/v1/campaigns/{campaign}', { params });
  else await client.delete('/api/v1/campaigns/{campaign}', { params });
  printDeletion(cli, 'campaign', campaign, dryRun);
}

async function showPublication(cli: Cli, id: string): Promise<void> {
  const client = await cli.api();
  const found = await client.get('/api/v1/publications/{id}', { params: { path: { id } } });
  const draft = found.draft_id === null ? undefined : { params: { path: { id: found.draft_id } } };
  const text = draft && (await client.get('/api/v1/content/drafts/{id}', draft)).caption;
  cli.output.result(
    found,
    cli.output.pairs([
      ['publication', `${found.id} (synthetic)`],
      ['state', found.reason === null ? found.state : `${found.state}: ${found.reason}`],
      ['due', found.due_at],
      ['agent', found.agent_id],
      ['template', found.template],
      ['campaign', found.campaign_id],
      ['text', text ?? 'not written yet'],
      ['draft', found.draft_id ?? '-'],
      ['decision', found.decision_id ?? '-'],
      ['url', found.url ?? '-'],
      ['approvals', `${found.approvals.length} of ${found.approvals_needed}`],
      ...found.approvals.map(
        ({ username, verdict, reason }) =>
          [`  ${username}`, `${verdict}${reason === null ? '' : `: ${reason}`}`] as const,
      ),
    ]),
  );
}

async function judge(
  cli: Cli,
  id: string,
  verdict: 'approve' | 'reject',
  reason: string | undefined,
): Promise<void> {
  const client = await cli.api();
  const params = { path: { id } };
  const judged =
    verdict === 'approve'
      ? await client.post('/api/v1/publications/{id}/approve', {
          params,
          body: reason === undefined ? {} : { reason },
        })
      : await client.post('/api/v1/publications/{id}/reject', { params, body: { reason: reason ?? '' } });
  const { approvals, approvals_needed: needed, state } = judged;
  const given = approvals.filter((each) => each.verdict === 'approve').length;
  const count = verdict === 'approve' && needed > 0 ? `: ${given} of ${needed} approvals` : '';
  cli.output.result(judged, `publication ${judged.id} is ${state}${count}`);
}
