import { InvalidArgumentError, type Command } from 'commander';
import { z } from 'zod';
import { wholeNumber, type Cli } from '../../core/cli/index.js';
import { followJobs, JobsService, type Job } from '../jobs/index.js';
import { DRAFTS_PER_AGENT_MAX, POPULATION_ID, targetOf } from './content.rules.js';
import { ContentService } from './content.service.js';
import type { DraftBatchResult } from './draft-batch.builder.js';
import { DraftBatchesService } from './draft-batches.service.js';
import type { DecidedDraft } from './drafts.repository.js';
import { draftBatchDto, type RequestedBatch } from './dto/draft-batch.dto.js';
import { draftDto } from './dto/draft.dto.js';
import { VARIATIONS_MAX, VARIATIONS_MIN } from './templates/template.schema.js';

interface DraftOptions {
  agent?: string;
  population?: string;
  template: string;
  variations?: number;
  draftsPerAgent?: number;
  wait: boolean;
}

/** Who asks on the command line. */
const ACTOR = 'system';

export function registerContentCommands(program: Command, cli: Cli): void {
  program
    .command('content')
    .description('drafts of posts')
    .command('draft')
    .description('write drafts from a template, score them and have the guard decide on them')
    .option('--agent <uuid>', 'write one draft as this agent', uuid)
    .option('--population <id>', 'write drafts as every agent of this population', populationId)
    .requiredOption('--template <name>', 'the template, e.g. street_art_campaign')
    .option(
      '--variations <n>',
      'other captions of each draft; without it, as many as the template says',
      wholeNumber(VARIATIONS_MIN, VARIATIONS_MAX),
    )
    .option(
      '--drafts-per-agent <n>',
      'with --population: drafts of each agent (default 1)',
      wholeNumber(1, DRAFTS_PER_AGENT_MAX),
    )
    .option('--no-wait', 'with --population: print the id of the job and leave')
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet content draft --agent 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11 --template street_art_campaign',
    )
    .action((options: DraftOptions) => draft(cli, options));
}

async function draft(cli: Cli, { draftsPerAgent, wait, ...options }: DraftOptions): Promise<void> {
  const { template, variations } = options;
  const target = targetOf({ ...options, drafts_per_agent: draftsPerAgent });
  const request = { template, variations, seed: cli.seed };
  if ('population' in target) {
    await draftPopulation(cli, { ...request, ...target }, wait);
    return;
  }
  const service = await cli.service(ContentService);
  const { draft: written } = await service.draft({ ...request, ...target }, ACTOR);
  cli.output.result(draftDto(written), describeDraft(cli, written));
}

async function draftPopulation(
  cli: Cli,
  request: Parameters<DraftBatchesService['submit']>[0],
  wait: boolean,
): Promise<void> {
  const service = await cli.service(DraftBatchesService, wait ? 'worker' : 'services');
  const { batch, accepted } = await service.submit(request, { name: ACTOR });
  if (!accepted || !wait) {
    cli.output.result(draftBatchDto(batch), describeBatch(cli, batch));
    return;
  }
  const [job] = await followJobs(cli, await cli.service(JobsService), [batch.job_id]);
  const made = { ...batch, drafts: (job as Job & { result: DraftBatchResult }).result.drafts };
  cli.output.result(draftBatchDto(made), describeBatch(cli, made));
}

function describeDraft(cli: Cli, written: DecidedDraft): string {
  const { labels } = written;
  return cli.output.pairs([
    ['caption', written.caption],
    ['alt text', written.alt_text],
    ['hashtags', written.hashtags.join(' ')],
    ...written.variations.map(({ caption }, index) => [`variation ${index + 1}`, caption] as const),
    [
      'scores',
      `quality ${written.quality}, sentiment ${written.sentiment}, readability ${written.readability}`,
    ],
    ['compliance', `${written.action} (${[`score ${written.compliance_score}`, ...labels].join(', ')})`],
    ...written.matches.map(
      ({ field, title, text }) => [`  ${field}`, `${title}: ${JSON.stringify(text)}`] as const,
    ),
    ['template', `${written.template} ${written.template_version} (${written.language})`],
    ['seed', written.seed],
    ['draft', `${written.id} (synthetic)`],
  ]);
}

function describeBatch(cli: Cli, batch: RequestedBatch): string {
  return cli.output.pairs([
    ['drafts', batch.drafts === null ? 'accepted' : `${batch.drafts} (synthetic)`],
    ['population', batch.population_id],
    ['template', `${batch.template} ${batch.template_version}`],
    ['seed', batch.seed],
    ['job', batch.job_id],
  ]);
}

function populationId(text: string): string {
  if (!POPULATION_ID.test(text)) throw new InvalidArgumentError('expected the id or digest of a population.');
  return text;
}

function uuid(text: string): string {
  if (!z.uuid().safeParse(text).success) throw new InvalidArgumentError('expected a UUID.');
  return text;
}
