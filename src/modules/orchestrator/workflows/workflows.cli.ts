import { setTimeout } from 'node:timers/promises';
import type { Client, components } from '@azt3knet/client';
import {
  pathsApiV1WorkflowsGetParametersQuerySortValues as SORTS,
  pathsApiV1WorkflowsGetParametersQueryStateValues as STATES,
  pathsApiV1WorkflowsGetParametersQueryWorkflowValues as NAMES,
} from '@azt3knet/client/schema';
import { Argument, type Command } from 'commander';
import {
  choice,
  choices,
  noteAccepted,
  pageOptions,
  printList,
  readStandardInput,
  uuid,
  type Cli,
  type Columns,
} from '../../../core/cli/index.js';
import { AppError } from '../../../core/errors/index.js';
import { readTextFile } from '../../../core/files/read-text-file.js';

type Workflow = components['schemas']['Workflow'];
type Summary = components['schemas']['WorkflowSummary'];
type StartBody = components['schemas']['StartWorkflow'];

/** How often a command looks how far a workflow is, in milliseconds. */
const LOOK_MS = 300;

const COLUMNS: Columns<Summary> = [
  ['workflow', ({ id }) => id],
  ['kind', ({ workflow }) => workflow],
  ['state', ({ state }) => state],
  ['step', ({ step }) => step],
  ['started', ({ created_at }) => created_at],
  ['why', ({ reason }) => reason ?? '-', 'text'],
];

export function registerWorkflowCommands(program: Command, cli: Cli): void {
  const workflows = program.command('workflows').description('long undertakings in steps');
  workflows
    .command('start')
    .description('start a workflow and show it until it is finished')
    .addArgument(new Argument('<workflow>', 'which').choices(NAMES))
    .argument('<input>', 'what it works on: JSON, or @ and a file with it; - reads standard input')
    .option('--no-wait', 'print its id and leave')
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet workflows start onboarding @people.json\n' +
        `  azt3knet workflows start content_publication \\\n` +
        `    '{"population":"people","template":"street_art_campaign"}'`,
    )
    .action((name: StartBody['workflow'], input: string, { wait }: { wait: boolean }) =>
      start(cli, name, input, wait),
    );
  pageOptions(
    workflows
      .command('list')
      .description('list workflows, the newest first')
      .addOption(choice('--workflow <kind>', 'of this kind', NAMES))
      .addOption(choices('--state <list>', 'one or more, separated by commas', STATES))
      .option('--subject <id>', 'about this agent or decision', uuid),
    SORTS,
  ).action((options: object) => printList(cli, '/api/v1/workflows', options, COLUMNS));
  const one = (words: string, description: string): Command =>
    workflows.command(words).description(description).argument('<id>', 'id of the workflow', uuid);
  one('status', 'show a workflow and its steps').action(async (id: string) =>
    show(cli, await get(await cli.api(), id)),
  );
  one('watch', 'show a workflow until it is finished').action(async (id: string) => {
    const client = await cli.api({ runsJobs: true });
    await follow(cli, client, id);
  });
  one('cancel', 'cancel a workflow; what it has done stays').action(async (id: string) => {
    const client = await cli.api();
    show(cli, await client.post('/api/v1/workflows/{id}/cancel', { params: { path: { id } } }));
  });
  one('retry', 'let a failed or cancelled workflow go on where it ended').action(async (id: string) => {
    const client = await cli.api();
    show(cli, await client.post('/api/v1/workflows/{id}/retry', { params: { path: { id } } }));
  });
}

async function start(cli: Cli, workflow: StartBody['workflow'], given: string, wait: boolean): Promise<void> {
  const input = await inputOf(given);
  const client = await cli.api({ runsJobs: wait });
  const started = await client.post('/api/v1/workflows', { body: { workflow, input } as StartBody });
  if (wait) {
    await follow(cli, client, started.id);
    return;
  }
  show(cli, started);
  noteAccepted(cli);
}

/** @throws AppError where it is no JSON object */
async function inputOf(given: string): Promise<unknown> {
  const text =
    given === '-' ? await readStandardInput() : given.startsWith('@') ? readTextFile(given.slice(1)) : given;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new AppError('invalid', 'input_invalid', `input: must be JSON: ${(error as Error).message}`);
  }
}

/** Tells each step as it comes; Ctrl-C leaves the workflow alone. @throws AppError where it does not complete */
async function follow(cli: Cli, client: Client, id: string): Promise<void> {
  let told = '';
  for (;;) {
    const workflow = await get(client, id);
    const { state, step, reason } = workflow;
    const now = `${state}: ${step}`;
    if (now !== told) cli.output.note(now);
    told = now;
    if (state === 'completed') {
      show(cli, workflow);
      return;
    }
    if (state === 'failed' || state === 'cancelled') {
      const message = `workflow ${id} ${state === 'failed' ? 'has failed' : 'was cancelled'} at ${step}: ${reason}`;
      throw new AppError(state === 'failed' ? 'refused' : 'conflict', `workflow_${state}`, message);
    }
    await setTimeout(LOOK_MS);
  }
}

function get(client: Client, id: string): Promise<Workflow> {
  return client.get('/api/v1/workflows/{id}', { params: { path: { id } } });
}

function show(cli: Cli, workflow: Workflow): void {
  const { id, state, reason, waits_for: waits, steps } = workflow;
  const facts = cli.output.pairs([
    ['workflow', `${id} (synthetic)`],
    ['kind', workflow.workflow],
    ['state', reason === null ? state : `${state}: ${reason}`],
    ...(waits === null
      ? []
      : [
          [
            'waits for',
            [waits.kind, waits.id, waits.until && `until ${waits.until}`].filter(Boolean).join(' '),
          ] as const,
        ]),
    ['started by', `${workflow.started_by}, ${workflow.created_at}`],
  ]);
  cli.output.result(workflow, `${facts}\n\n${cli.output.columns(steps, STEPS)}`);
}

const STEPS: Columns<Workflow['steps'][number]> = [
  ['step', ({ name }) => name],
  ['state', ({ state }) => state],
  ['attempts', ({ attempts }) => String(attempts)],
  ['finished', ({ finished_at }) => finished_at ?? '-'],
  ['made', ({ output }) => madeOf(output ?? {}), 'text'],
];

/** What a step made, in short: of a list how many; all of it is in `--json`. */
function madeOf(output: Record<string, unknown>): string {
  const said = Object.entries(output).flatMap(([name, value]) => {
    if (Array.isArray(value)) return [`${name} ${value.length}`];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [`${name} ${value}`]
      : [];
  });
  return said.length === 0 ? '-' : said.join(', ');
}
