import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import {
  followJobs,
  noteAccepted,
  submitJobs,
  uuid,
  wholeNumber,
  wireNames,
  writerOptions,
  type Cli,
} from '../../core/cli/index.js';
import { contextOf, contextOptions, type ContextOptions } from './draft-context.cli.js';
import { describeDraft, registerDraftCommands } from './drafts.cli.js';

type DraftBatch = components['schemas']['DraftBatch'];
type DraftRequest = components['schemas']['DraftRequest'];

/** What the job of a batch says at its end. */
interface BatchResult {
  drafts: number;
  held: number;
  writing?: {
    by_model: Record<string, number>;
    by_rules: Record<string, number>;
    refused: Record<string, number>;
    usage: { calls: number; replayed: number; input_tokens: number; output_tokens: number; cost: string };
  };
}

interface DraftOptions extends ContextOptions {
  agent?: string;
  population?: string;
  template: string;
  variations?: number;
  draftsPerAgent?: number;
  writer?: 'rules' | 'llm';
  cassette?: string;
  cassetteMode?: string;
  wait: boolean;
}

export function registerContentCommands(program: Command, cli: Cli): void {
  const command = program
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
    );
  contextOptions(writerOptions(command, 'captions, alternative texts and hashtags'))
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
  const { agent, population, template, variations, draftsPerAgent, writer, cassette, cassetteMode, wait } =
    options;
  const writing = { writer, cassette, cassetteMode };
  const wanted = { agent, population, template, variations, draftsPerAgent, ...writing, seed: cli.seed };
  const body = { ...wireNames(wanted), ...contextOf(options) } as unknown as DraftRequest;
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
    const result = job?.result as BatchResult | null | undefined;
    const batch = { ...made, drafts: result?.drafts ?? null };
    cli.output.result(batch, describeBatch(cli, batch, result?.writing));
    if (result !== null && result !== undefined && result.held > 0)
      cli.output.note(
        `The guard holds ${result.held} of the ${result.drafts} drafts: azt3knet decisions list --action block`,
      );
  }
}

function describeBatch(cli: Cli, batch: DraftBatch, written?: BatchResult['writing']): string {
  return cli.output.pairs([
    ['batch', batch.id],
    ['drafts', batch.drafts === null ? 'accepted' : `${batch.drafts} (synthetic)`],
    ['population', batch.population_id],
    ['template', `${batch.template} ${batch.template_version}`],
    ['seed', batch.seed],
    ...writerRows(batch),
    ...(written === undefined ? [] : writtenRows(written)),
    ['job', batch.job_id],
  ]);
}

/** Which language model writes, and what that will take. */
function writerRows({ writer, writing }: DraftBatch): (readonly [string, string])[] {
  if (writer === null) return [];
  const by = ['written by', `${writer.model} (${writer.backend})`] as const;
  if (writing === undefined) return [by];
  const { calls, input_tokens: input, output_tokens: output, cost, seconds } = writing.forecast;
  return [
    by,
    ['cassette', `${writing.cassette} (${writing.cassette_mode})`],
    ['forecast', `${calls} calls, ${input} + ${output} tokens, cost ${cost}, ${Math.ceil(seconds)} s`],
  ];
}

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((all, each) => all + each, 0);

/** What came of the writing. */
function writtenRows({
  by_rules,
  refused,
  usage,
}: NonNullable<BatchResult['writing']>): (readonly [string, string])[] {
  const { calls, replayed, input_tokens: input, output_tokens: output, cost } = usage;
  return [
    ['refused', `${sum(refused)} texts of the model; rules wrote ${sum(by_rules)} in their place`],
    ['used', `${calls} calls, ${replayed} replayed, ${input} + ${output} tokens, cost ${cost}`],
  ];
}
