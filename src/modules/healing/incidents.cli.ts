import type { components } from '@azt3knet/client';
import {
  incidentStatusValues as STATUSES,
  incidentSubjectValues as SUBJECTS,
  pathsApiV1IncidentsGetParametersQuerySortValues as SORTS,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import { choice, pageOptions, printList, uuid, type Cli, type Columns } from '../../core/cli/index.js';

type Incident = components['schemas']['Incident'];
type Playbook = components['schemas']['PlaybookList']['playbooks'][number];

const COLUMNS: Columns<Incident> = [
  ['incident', ({ id }) => id],
  ['subject', ({ subject }) => subject],
  ['name', ({ subject_id }) => subject_id],
  ['symptom', ({ symptom }) => symptom],
  ['action', ({ action }) => action],
  ['status', ({ status }) => status],
  ['opened', ({ opened_at }) => opened_at],
];
const PLAYBOOKS: Columns<Playbook> = [
  ['playbook', ({ id, demoted }) => (demoted ? `${id} (only proposes)` : id)],
  ['subject', ({ subject }) => subject],
  ['symptom', ({ symptom }) => symptom],
  ['action', ({ action }) => action],
  ['helped', ({ succeeded }) => String(succeeded)],
  ['did not', ({ failed }) => String(failed)],
];
const VERDICTS = {
  approve: 'let self-healing do what it proposes',
  dismiss: 'close an incident about which nothing is to be done',
} as const;
type Verdict = keyof typeof VERDICTS;

export function registerIncidentCommands(program: Command, cli: Cli): void {
  const incidents = program
    .command('incidents')
    .description('what was out of the usual with bots, workers and queues');
  pageOptions(
    incidents
      .command('list')
      .description('list incidents, the newest first')
      .addOption(choice('--subject <subject>', 'of bots, workers, queues, ...', SUBJECTS))
      .option('--subject-id <id>', 'of this bot or worker, or this queue')
      .addOption(choice('--status <status>', 'that are there', STATUSES)),
    SORTS,
  ).action((options: object) => printList(cli, '/api/v1/incidents', options, COLUMNS));
  incidents
    .command('show')
    .description('show an incident, with the measures that tell of it')
    .argument('<id>', 'id of the incident', uuid)
    .action((id: string) => show(cli, id));
  for (const [verdict, description] of Object.entries(VERDICTS) as [Verdict, string][])
    incidents
      .command(verdict)
      .description(description)
      .argument('<id>', 'id of the incident', uuid)
      .action((id: string) => decide(cli, id, verdict));
  incidents
    .command('playbooks')
    .description('list what self-healing does about which symptom')
    .action(async () => {
      const list = await (await cli.api()).get('/api/v1/playbooks');
      cli.output.list(list, list.playbooks, PLAYBOOKS);
    });
}

async function show(cli: Cli, id: string): Promise<void> {
  const found = await (await cli.api()).get('/api/v1/incidents/{id}', { params: { path: { id } } });
  cli.output.result(
    found,
    cli.output.pairs([
      ['incident', `${found.id} (synthetic)`],
      [found.subject, found.subject_id],
      ['symptom', found.symptom],
      ...Object.entries(found.evidence).map(([name, value]) => [`  ${name}`, String(value)] as const),
      ['action', `${found.action}, by ${found.playbook}`],
      ['mode', found.mode],
      ['status', found.note === null ? found.status : `${found.status}: ${found.note}`],
      ['decided by', found.decided_by ?? '-'],
      ['opened', found.opened_at],
      ['acted', found.acted_at ?? '-'],
      ['closed', found.closed_at ?? '-'],
    ]),
  );
}

async function decide(cli: Cli, id: string, verdict: Verdict): Promise<void> {
  const client = await cli.api();
  const decided = await client.post(`/api/v1/incidents/{id}/${verdict}`, { params: { path: { id } } });
  cli.output.result(decided, `incident ${decided.id} is ${decided.status}`);
}
