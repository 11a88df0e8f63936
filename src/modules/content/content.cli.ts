import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import {
  followJobs,
  noteAccepted,
  submitJobs,
  uuid,
  wholeNumber,
  wireNames,
  type Cli,
} from '../../core/cli/index.js';
import { describeDraft, registerDraftCommands } from './drafts.cli.js';

type DraftBatch = components['schemas']['DraftBatch'];
type DraftRequest = components['schemas']['DraftRequest'];

interface DraftOptions {
  agent?: string;
  population?: string;
  template: string;
  variations?: number;
  draftsPerAgent?: number;
  campaign?: string;
  wait: boolean;
}

export function registerContentCommands(program: Command, cli: Cli): void {
  program
    .command('content')
    .description('drafts of posts')
    .command('draft')
    .description('write drafts from a template, score them and have the guard decide on them')
    .option('--agent <uuid>', 'write one draft as this agent', uuid)
    .option('--population <id>', 'write drafts as every agent of this population (id, digest or name)')
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
    .option('--campaign <name>', 'with --agent: what it is written for, as rules and decisions call it')
    .option('--watch', 'wait for the job and show its progress (what happens without --no-wait)')
    .option('--no-wait', 'with --population: print the id of the job and leave')
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet content draft --agent 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11 \\\n    --template street_art_campaign',
    )
    .action((options: DraftOptions) => draft(cli, options));
  registerDraftCommands(program, cli);
}

async function draft(cli: Cli, options: DraftOptions): Promise<void> {
  const { agent, population, template, variations, draftsPerAgent, campaign, wait } = options;
  const wanted = { agent, population, template, variations, draftsPerAgent, campaign, seed: cli.seed };
  const body = wireNames(wanted) as unknown as DraftRequest;
  const client = await cli.api({ runsJobs: wait && body.population !== undefined });
  const send = () => client.post('/api/v1/content/draft', { body });
  const made = wait
    ? await submitJobs(cli, client, send, (answer) => ('job_id' in answer ? [answer.job_id] : []))
    : await send();
  if ('caption' in made) {
    cli.output.result(made, describeDraft(cli, made));
  } else if (made.drafts !== null || !wait) {
    cli.output.result(made, describeBatch(cli, made));
    if (made.drafts === null) noteAccepted(cli);
  } else {
    const [job] = await followJobs(cli, client, [made.job_id]);
    const batch = { ...made, drafts: (job?.result as { drafts: number } | null)?.drafts ?? null };
    cli.output.result(batch, describeBatch(cli, batch));
  }
}

function describeBatch(cli: Cli, batch: DraftBatch): string {
  return cli.output.pairs([
    ['batch', batch.id],
    ['drafts', batch.drafts === null ? 'accepted' : `${batch.drafts} (synthetic)`],
    ['population', batch.population_id],
    ['template', `${batch.template} ${batch.template_version}`],
    ['seed', batch.seed],
    ['job', batch.job_id],
  ]);
}
