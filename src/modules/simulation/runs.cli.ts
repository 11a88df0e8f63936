import { resolve } from 'node:path';
import type { Client, components } from '@azt3knet/client';
import {
  followJobs,
  noteAccepted,
  printList,
  saveFiles,
  submitJobs,
  type Cli,
  type Columns,
} from '../../core/cli/index.js';
import { namingFile } from '../../core/documents/naming-file.js';
import { AppError } from '../../core/errors/index.js';
import { readTextFile } from '../../core/files/read-text-file.js';
import { plural } from '../../core/words.js';
import { rehearseRun } from './rehearsal.cli.js';
import { grouped, percent } from './report/report-format.js';

type Run = components['schemas']['Run'];
type RunSummary = components['schemas']['RunSummary'];
type AcceptedRun = components['schemas']['AcceptedRun'];

export interface RunOptions {
  scenario: string;
  ticks?: number;
  population?: string;
  agentStates?: boolean;
  network?: string;
  checkpointEvery?: number;
  wait: boolean;
  watch?: boolean;
  dryRun?: boolean;
}

const RUN_COLUMNS: Columns<RunSummary> = [
  ['run', ({ id }) => id],
  ['scenario', ({ scenario }) => scenario, 'text'],
  ['status', ({ status }) => status],
  ['seed', ({ seed }) => seed, 'text'],
  [
    'ticks',
    ({ status, ticks, ticks_done: done }) => (status === 'completed' ? String(ticks) : `${done}/${ticks}`),
  ],
  ['started', ({ created_at }) => created_at],
];

/** Runs a scenario, and waits for it unless asked not to. */
export async function startRun(cli: Cli, options: RunOptions): Promise<void> {
  const { scenario, ticks, population, agentStates, network, checkpointEvery, wait, dryRun } = options;
  const { seed } = cli;
  if (dryRun === true) {
    await rehearseRun(cli, options);
    return;
  }
  const client = await cli.api({ runsJobs: wait });
  const body = {
    ...(ticks !== undefined && { ticks }),
    ...(seed !== undefined && { seed }),
    ...(population !== undefined && { population_id: population }),
    ...(agentStates !== undefined && { agent_states: agentStates }),
    ...(network !== undefined && { network: readTextFile(network) }),
    ...(checkpointEvery !== undefined && { checkpoint_every: checkpointEvery }),
  };
  const ask = () =>
    client.post('/api/v1/simulations/{scenario}/run', { params: { path: { scenario } }, body });
  const send = network === undefined ? ask : () => namingFile(network, ask, 'network');
  const accepted = wait ? await submitJobs(cli, client, send, jobIds) : await send();
  if (!wait) {
    printAccepted(cli, accepted);
    return;
  }
  await followJobs(cli, client, jobIds(accepted));
  await showRun(cli, accepted.run_id);
}

/** The jobs of a run in their order. */
export function jobIds({ jobs: { population, content, simulation } }: AcceptedRun): string[] {
  return [population, content, simulation].filter((id) => id !== null);
}

const TOTALS = [
  'active',
  'idle',
  'posts',
  'reposts',
  'exposures',
  'reactions',
  'comments',
  'replies',
  'reached',
  'acted',
] as const satisfies readonly (keyof NonNullable<Run['totals']>)[];

/** A run as one flat record: the same columns whether it is completed or not. */
function recordOf({ totals, ...run }: RunSummary): object {
  const own = Object.entries(run).filter(([name]) => name !== 'links');
  return Object.fromEntries([
    ...own,
    ...TOTALS.map((name) => [`totals.${name}`, totals?.[name] ?? null] as const),
  ]);
}

export function listRuns(cli: Cli, options: object): Promise<void> {
  return printList(cli, '/api/v1/runs', { ...options, seed: cli.seed }, RUN_COLUMNS, {}, recordOf);
}

/** @throws AppError `run_not_finished`, as the API does */
export async function requireFinished(client: Client, id: string): Promise<void> {
  const { status, job_id } = await client.get('/api/v1/runs/{id}', { params: { path: { id } } });
  if (status === 'queued' || status === 'running' || status === 'waiting') {
    const message = `run ${id} is ${status}; cancel its job ${job_id} first`;
    throw new AppError('conflict', 'run_not_finished', message);
  }
}

export async function showRun(cli: Cli, id: string): Promise<void> {
  const client = await cli.api();
  const run = await client.get('/api/v1/runs/{id}', { params: { path: { id } } });
  cli.output.result(run, describeRun(cli, run));
}

export async function showMetrics(cli: Cli, id: string): Promise<void> {
  const client = await cli.api();
  const metrics = await client.get('/api/v1/runs/{id}/metrics', { params: { path: { id } } });
  const columns: Columns<(typeof metrics.ticks)[number]> = [
    ['tick', ({ tick }) => String(tick)],
    ['active', ({ active }) => String(active)],
    ['posts', ({ posts }) => String(posts)],
    ['reposts', ({ reposts }) => String(reposts)],
    ['exposures', ({ exposures }) => String(exposures)],
    ['reactions', ({ reactions }) => String(reactions)],
    ['comments', ({ comments }) => String(comments)],
    ['replies', ({ replies }) => String(replies)],
    ['reached', ({ reached }) => String(reached)],
    ['acted', ({ acted }) => String(acted)],
    ['mean_depth', ({ mean_depth }) => mean_depth.toFixed(2)],
  ];
  cli.output.list(metrics, metrics.ticks, columns);
}

export function saveReport(cli: Cli, id: string, path: string | undefined): Promise<void> {
  return save(cli, `/api/v1/runs/${id}/report`, path ?? `run-${id}-report.html`);
}

export function downloadFile(cli: Cli, id: string, name: string, path: string | undefined): Promise<void> {
  return save(cli, `/api/v1/runs/${id}/files/${encodeURIComponent(name)}`, path ?? `run-${id}-${name}`);
}

async function save(cli: Cli, from: string, path: string): Promise<void> {
  const target = resolve(path);
  await saveFiles(await cli.api(), [[from, target]]);
  cli.output.result({ synthetic: true, path: target }, target);
}

/** Shows a run that is not waited for, and how to follow it. */
export function printAccepted(cli: Cli, accepted: AcceptedRun): void {
  const { output } = cli;
  const pairs = output.pairs([
    ['run', `${accepted.run_id} (synthetic)`],
    ['scenario', `${accepted.scenario} ${accepted.scenario_version}`],
    ['status', 'queued'],
    ['seed', accepted.seed],
    ['ticks', String(accepted.ticks)],
    ['population', accepted.population_id ?? '(the model’s own)'],
    ['job', accepted.job_id],
  ]);
  output.result(accepted, pairs);
  noteAccepted(cli, accepted.job_id);
  output.note(`see the run with ${cli.hint(`sim show ${accepted.run_id}`)}`);
}

function describeRun(cli: Cli, run: Run): string {
  return cli.output.pairs([
    ['run', `${run.id} (synthetic)`],
    ['scenario', `${run.scenario} ${run.scenario_version}`],
    ['status', run.status],
    ...waitOf(run),
    ['seed', run.seed],
    ['ticks', run.status === 'completed' ? String(run.ticks) : `${run.ticks_done} of ${run.ticks} are done`],
    ['population', run.population_id ?? '(the model’s own)'],
    ...courseOf(run),
    ...totalsOf(run),
    ...run.files.map(({ name, bytes }, index) => {
      const label = index === 0 ? 'files' : '';
      return [label, `${name}, ${grouped(Number(bytes))} bytes`] as const;
    }),
    ...nextOf(cli, run),
  ]);
}

/** What can be looked at next, or done. */
function nextOf(cli: Cli, { id, status, job_id }: Run): (readonly [string, string])[] {
  if (status === 'completed') return [['report', cli.hint(`sim report ${id}`)]];
  const job = ['job', job_id] as const;
  const isStopped = status === 'paused' || status === 'cancelled' || status === 'failed';
  return isStopped
    ? [job, ['go on', cli.hint(`sim resume ${id}`)]]
    : [job, ['follow', cli.hint(`jobs watch ${job_id}`)]];
}

/** What it waits for. */
function waitOf({ waits_for: awaited }: Run): (readonly [string, string])[] {
  if (awaited === null) return [];
  const { tick, agents, due_at } = awaited;
  return [['waits for', `decisions of tick ${tick} for ${plural(agents, 'agent')}, until ${due_at}`]];
}

/** Where it comes from, and how it went on after it was stopped. */
function courseOf({ branch, resumed }: Run): (readonly [string, string])[] {
  const rows: [string, string][] = [];
  if (branch !== null)
    rows.push(['branch', `of ${branch.run_id ?? '(a deleted run)'} from tick ${branch.tick}`]);
  if (resumed === null) return rows;
  rows.push(['resumed', `after tick ${resumed.tick}`]);
  for (const { tick, reason } of resumed.skipped)
    rows.push(['', `the checkpoint after tick ${tick} was not used: it ${reason}`]);
  return rows;
}

function totalsOf({ totals }: Run): (readonly [string, string])[] {
  if (totals === null) return [];
  const { posts, reposts, exposures, reactions, comments, replies, active, idle } = totals;
  return [
    ['posts', `${grouped(posts)} and ${grouped(reposts)} reposts`],
    ['exposures', `${grouped(exposures)}, ${percent(idle, active)} of all sessions only read`],
    ['reactions', grouped(reactions)],
    ['comments', `${grouped(comments)}, ${grouped(replies)} of them replies`],
  ];
}
