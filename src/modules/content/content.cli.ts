import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import {
  followJobs,
  pageOptions,
  printList,
  uuid,
  wholeNumber,
  wireNames,
  type Cli,
  type Columns,
} from '../../core/cli/index.js';

type Draft = components['schemas']['Draft'];
type DraftBatch = components['schemas']['DraftBatch'];
type DraftRequest = components['schemas']['DraftRequest'];

interface DraftOptions {
  agent?: string;
  population?: string;
  template: string;
  variations?: number;
  draftsPerAgent?: number;
  wait: boolean;
}

const DRAFT_COLUMNS: Columns<Draft> = [
  ['draft', ({ id }) => id],
  ['decision', ({ decision }) => decision.action],
  ['caption', ({ caption }) => caption],
  ['template', ({ template, template_version }) => `${template} ${template_version}`],
  ['seed', ({ seed }) => seed],
  ['agent', ({ agent_id }) => agent_id],
];

export function registerContentCommands(program: Command, cli: Cli): void {
  program
    .command('content')
    .description('drafts of posts')
    .command('draft')
    .description('write drafts from a template, score them and have the guard decide on them')
    .option('--agent <uuid>', 'write one draft as this agent', uuid)
    .option('--population <id>', 'write drafts as every agent of this population (id or digest)')
    .requiredOption('--template <name>', 'the template, e.g. street_art_campaign')
    .option(
      '--variations <n>',
      'other captions of each draft, up to 5; without it, as many as the template says',
      wholeNumber(1),
    )
    .option(
      '--drafts-per-agent <n>',
      'with --population: drafts of each agent, up to 20 (default 1)',
      wholeNumber(1),
    )
    .option('--watch', 'wait for the job and show its progress (what happens without --no-wait)')
    .option('--no-wait', 'with --population: print the id of the job and leave')
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet content draft --agent 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11 \\\n    --template street_art_campaign',
    )
    .action((options: DraftOptions) => draft(cli, options));
  const drafts = program.command('drafts').description('what content draft has written');
  pageOptions(
    drafts
      .command('list')
      .description('list drafts')
      .option('--population <id>', 'of this population', uuid)
      .option('--agent <id>', 'of this agent', uuid)
      .option('--template <name>', 'from this template'),
  ).action((options: object) =>
    printList(cli, '/api/v1/content/drafts', { ...options, seed: cli.seed }, DRAFT_COLUMNS),
  );
  drafts
    .command('show')
    .description('show a draft with its scores and what the guard decided')
    .argument('<id>', 'id of the draft', uuid)
    .action(async (id: string) => {
      const client = await cli.api();
      const found = await client.get('/api/v1/content/drafts/{id}', { params: { path: { id } } });
      cli.output.result(found, describeDraft(cli, found));
    });
}

async function draft(cli: Cli, options: DraftOptions): Promise<void> {
  const { agent, population, template, variations, draftsPerAgent, wait } = options;
  const wanted = { agent, population, template, variations, draftsPerAgent, seed: cli.seed };
  const body = wireNames(wanted) as unknown as DraftRequest;
  const client = await cli.api({ runsJobs: wait && body.population !== undefined });
  const made = await client.post('/api/v1/content/draft', { body });
  if ('caption' in made) {
    cli.output.result(made, describeDraft(cli, made));
  } else if (made.drafts !== null || !wait) {
    cli.output.result(made, describeBatch(cli, made));
  } else {
    const [job] = await followJobs(cli, client, [made.job_id]);
    const batch = { ...made, drafts: (job?.result as { drafts: number } | null)?.drafts ?? null };
    cli.output.result(batch, describeBatch(cli, batch));
  }
}

function describeDraft(cli: Cli, { decision, scores, ...written }: Draft): string {
  const { action, labels, matches } = decision;
  return cli.output.pairs([
    ['caption', written.caption],
    ['alt text', written.alt_text],
    ['hashtags', written.hashtags.join(' ')],
    ...written.variations.map(({ caption }, index) => [`variation ${index + 1}`, caption] as const),
    ['scores', `quality ${scores.quality}, sentiment ${scores.sentiment}, readability ${scores.readability}`],
    ['compliance', `${action} (${[`score ${written.compliance_score}`, ...labels].join(', ')})`],
    ...matches.map(({ field, title, text }) => [`  ${field}`, `${title}: ${JSON.stringify(text)}`] as const),
    ['template', `${written.template} ${written.template_version} (${written.language})`],
    ['seed', written.seed],
    ['draft', `${written.id} (synthetic)`],
  ]);
}

function describeBatch(cli: Cli, batch: DraftBatch): string {
  return cli.output.pairs([
    ['drafts', batch.drafts === null ? 'accepted' : `${batch.drafts} (synthetic)`],
    ['population', batch.population_id],
    ['template', `${batch.template} ${batch.template_version}`],
    ['seed', batch.seed],
    ['job', batch.job_id],
  ]);
}
