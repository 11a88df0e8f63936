import type { components } from '@azt3knet/client';
import { queueHealingAnyOf0Values as MODES, queueQueueValues as QUEUES } from '@azt3knet/client/schema';
import { Argument, type Command } from 'commander';
import { choice, wholeNumber, type Cli, type Columns } from '../../core/cli/index.js';

type Worker = components['schemas']['Worker'];
type Queue = components['schemas']['Queue'];
type WorkerChange = components['schemas']['UpdateWorker'];
type QueueChange = components['schemas']['UpdateQueue'];

interface Change {
  concurrency?: number;
  fullConcurrency?: boolean;
  healing?: (typeof MODES)[number];
}

const WORKERS: Columns<Worker> = [
  ['worker', ({ worker_id }) => worker_id],
  ['status', ({ status }) => status],
  ['queues', ({ queues }) => queues.join(', ')],
  ['at once', ({ concurrency, desired_concurrency }) => widthOf(concurrency, desired_concurrency)],
  ['jobs', ({ running_jobs }) => String(running_jobs)],
  ['memory', ({ memory_usage_mb }) => `${Math.round(memory_usage_mb)} MB`],
  ['heartbeat', ({ last_heartbeat }) => last_heartbeat],
];
const QUEUE_COLUMNS: Columns<Queue> = [
  ['queue', ({ queue }) => queue],
  ['state', ({ paused }) => (paused ? 'paused' : 'open')],
  ['workers', ({ workers }) => String(workers)],
  ['slots', ({ slots }) => String(slots)],
  ['waits', ({ oldest_seconds }) => `${Math.round(oldest_seconds)} s`],
  ['errors', ({ attempts, errors }) => `${errors} of ${attempts}`],
  ['changed by', ({ changed_by }) => changed_by ?? '-'],
];

export function registerWorkerCommands(program: Command, cli: Cli): void {
  const workers = program.command('workers').description('processes that do jobs');
  workers
    .command('list')
    .description('list workers, the oldest first')
    .action(async () => {
      const list = await (await cli.api()).get('/api/v1/workers');
      cli.output.list(list, list.workers, WORKERS);
    });
  one(workers, 'drain', 'let it finish its jobs and take no more').action(async (id: string) => {
    await changeWorker(cli, id, { desired_state: 'drained' });
    cli.output.note(`it takes jobs again after: ${cli.hint(`workers resume ${id}`)}`);
  });
  one(workers, 'resume', 'let it take jobs again').action((id: string) =>
    changeWorker(cli, id, { desired_state: 'running' }),
  );
  changeOptions(one(workers, 'update', 'say how many jobs it does at once')).action(
    (id: string, { concurrency, fullConcurrency, healing }: Change) =>
      changeWorker(cli, id, {
        ...(concurrency !== undefined && { desired_concurrency: concurrency }),
        ...(fullConcurrency === true && { desired_concurrency: null }),
        ...(healing !== undefined && { healing }),
      }),
  );
}

export function registerQueueCommands(program: Command, cli: Cli): void {
  const queues = program.command('queues').description('queues of jobs, and what is wanted of them');
  queues
    .command('list')
    .description('list the queues of jobs')
    .action(async () => {
      const list = await (await cli.api()).get('/api/v1/queues');
      cli.output.list(list, list.queues, QUEUE_COLUMNS);
    });
  named(queues, 'pause', 'let workers take none of its jobs').action((name: Queue['queue']) =>
    changeQueue(cli, name, { paused: true }),
  );
  named(queues, 'resume', 'let workers take its jobs again').action((name: Queue['queue']) =>
    changeQueue(cli, name, { paused: false }),
  );
  changeOptions(named(queues, 'update', 'say how many of its jobs a worker does at once')).action(
    (name: Queue['queue'], { concurrency, fullConcurrency, healing }: Change) =>
      changeQueue(cli, name, {
        ...(concurrency !== undefined && { concurrency }),
        ...(fullConcurrency === true && { concurrency: null }),
        ...(healing !== undefined && { healing }),
      }),
  );
}

function one(workers: Command, name: string, description: string): Command {
  return workers.command(name).description(description).argument('<worker>', 'its id, as the list shows it');
}

function named(queues: Command, name: string, description: string): Command {
  return queues
    .command(name)
    .description(description)
    .addArgument(new Argument('<queue>', 'which one').choices(QUEUES));
}

function changeOptions(command: Command): Command {
  return command
    .option('--concurrency <n>', 'jobs of a queue at once, at most', wholeNumber(1, 64))
    .option('--full-concurrency', 'as many again as the worker was started for')
    .addOption(choice('--healing <mode>', 'what self-healing does with it', MODES));
}

async function changeWorker(cli: Cli, id: string, body: WorkerChange): Promise<void> {
  const client = await cli.api();
  const worker = await client.patch('/api/v1/workers/{id}', { params: { path: { id } }, body });
  cli.output.result(
    worker,
    cli.output.pairs([
      ['worker', `${worker.worker_id} (synthetic)`],
      ['wanted', worker.desired_state],
      ['status', worker.status],
      ['jobs', String(worker.running_jobs)],
      ['at once', widthOf(worker.concurrency, worker.desired_concurrency)],
      ['healing', worker.healing ?? 'as the installation says'],
    ]),
  );
}

async function changeQueue(cli: Cli, name: Queue['queue'], body: QueueChange): Promise<void> {
  const client = await cli.api();
  const changed = await client.patch('/api/v1/queues/{queue}', {
    params: { path: { queue: name } },
    body,
  });
  cli.output.result(
    changed,
    cli.output.pairs([
      ['queue', `${changed.queue} (synthetic)`],
      ['state', changed.paused ? 'paused' : 'open'],
      ['a worker at once', changed.concurrency === null ? 'as it was started' : String(changed.concurrency)],
      ['slots', String(changed.slots)],
      ['healing', changed.healing ?? 'as the installation says'],
    ]),
  );
}

function widthOf(concurrency: number, desired: number | null): string {
  return desired === null || desired >= concurrency ? String(concurrency) : `${desired} of ${concurrency}`;
}
