import type { components } from '@azt3knet/client';
import {
  pathsApiV1ContentDraftsGetParametersQueryActionValues as ACTIONS,
  pathsApiV1ContentDraftsGetParametersQueryLanguageValues as LANGUAGES,
  pathsApiV1ContentDraftsGetParametersQuerySortValues as SORTS,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  exportOptions,
  exportTo,
  fraction,
  pageOptions,
  printList,
  registerDeletion,
  timeOptions,
  uuid,
  type Cli,
  type Columns,
  type ExportOptions,
} from '../../core/cli/index.js';

type Draft = components['schemas']['Draft'];

const COLUMNS: Columns<Draft> = [
  ['draft', ({ id }) => id],
  ['decision', ({ decision }) => decision.action],
  ['caption', ({ caption }) => caption, 'text'],
  ['template', ({ template }) => template, 'text'],
  ['version', ({ template_version }) => template_version],
  ['seed', ({ seed }) => seed],
  ['agent', ({ agent_id }) => agent_id],
];

export function registerDraftCommands(program: Command, cli: Cli): void {
  const drafts = program.command('drafts').description('what content draft has written');
  registerListCommand(drafts, cli);
  drafts
    .command('show')
    .description('show a draft with its scores and what the guard decided')
    .argument('<id>', 'id of the draft', uuid)
    .action((id: string) => show(cli, id));
  registerDeletion(drafts, cli, {
    what: 'draft',
    description: 'delete a draft; those of a batch go with their population',
    look: (client, id) => client.get('/api/v1/content/drafts/{id}', { params: { path: { id } } }),
    remove: (client, id) => client.delete('/api/v1/content/drafts/{id}', { params: { path: { id } } }),
  });
  exportOptions(
    drafts
      .command('export')
      .description('make a file of the drafts of a batch, with their scores and decisions')
      .argument('<batch>', 'id of the batch, as content draft --population tells it', uuid),
  ).action((id: string, options: ExportOptions) =>
    exportTo(cli, options, (client, body) =>
      client.post('/api/v1/content/batches/{id}/exports', { params: { path: { id } }, body }),
    ),
  );
}

function registerListCommand(drafts: Command, cli: Cli): void {
  const command = drafts
    .command('list')
    .description('list drafts; --seed: those that were written with it')
    .option('--population <id>', 'of this population (id, digest or name)')
    .option('--agent <id>', 'of this agent', uuid)
    .option('--template <name>', 'from this template')
    .option('--template-version <version>', 'from this version of it')
    .addOption(choice('--language <code>', 'in this language', LANGUAGES))
    .addOption(choice('--action <action>', 'what the guard said', ACTIONS))
    .option('--label <label>', 'one of the guard’s labels')
    .option('--min-compliance-score <n>', 'from 0 to 1, where 1 is clean', fraction)
    .option('--min-quality <n>', 'from 0 to 1', fraction);
  pageOptions(timeOptions(command, 'created'), SORTS).action((options: object) =>
    printList(cli, '/api/v1/content/drafts', { ...options, seed: cli.seed }, COLUMNS),
  );
}

async function show(cli: Cli, id: string): Promise<void> {
  const client = await cli.api();
  const found = await client.get('/api/v1/content/drafts/{id}', { params: { path: { id } } });
  cli.output.result(found, describeDraft(cli, found));
}

/** The scores of a draft in one line, but those that it has not. */
export function describeScores(scores: Draft['scores']): string {
  const known = Object.entries(scores).filter(([, score]) => score !== null);
  return known.map(([name, score]) => `${name.replace('_', ' ')} ${score}`).join(', ');
}

/** What people read of a draft. */
export function describeDraft(cli: Cli, { decision, scores, ...written }: Draft): string {
  const { action, labels, matches } = decision;
  return cli.output.pairs([
    ['caption', written.caption],
    ['alt text', written.alt_text],
    ['hashtags', written.hashtags.join(' ')],
    ...written.variations.map(({ caption }, index) => [`variation ${index + 1}`, caption] as const),
    ['scores', describeScores(scores)],
    ['ranking', written.ranking.map(({ text, score }) => `${text} ${score}`).join(', ')],
    ['compliance', `${action} (${[`score ${written.compliance_score}`, ...labels].join(', ')})`],
    ...matches.map(({ field, title, text }) => [`  ${field}`, `${title}: ${JSON.stringify(text)}`] as const),
    ['template', `${written.template} ${written.template_version} (${written.language})`],
    ['seed', written.seed],
    ...writerRows(written.metadata),
    ['draft', `${written.id} (synthetic)`],
  ]);
}

/** Which language model wrote, and what the rules had to write in its place; nothing of drafts by rules alone. */
function writerRows(metadata: Draft['metadata']): (readonly [string, string])[] {
  const writing = metadata['writing'] as
    { writer: { model: string; backend: string }; by_rules: string[] } | undefined;
  if (writing === undefined) return [];
  const { writer, by_rules } = writing;
  const rules = by_rules.length === 0 ? '' : `; by rules: ${by_rules.join(', ')}`;
  return [['written by', `${writer.model} (${writer.backend})${rules}`]];
}
