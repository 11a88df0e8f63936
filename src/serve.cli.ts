import { InvalidArgumentError, Option, type Command } from 'commander';
import { commaList, wholeNumber, type Cli } from './core/cli/index.js';
import type { Config, QueueKey } from './core/config/index.js';
import type { ServeMode } from './serve.js';

interface WorkerOptions {
  queues?: QueueKey[];
  concurrency?: number;
}

const MODES = ['all', 'api', 'worker'] as const satisfies readonly ServeMode[];
const QUEUES = ['population', 'content', 'simulation'] as const satisfies readonly QueueKey[];

export function registerServeCommands(program: Command, cli: Cli): void {
  program
    .command('serve')
    .description('serve the API, or run its worker, until it is stopped')
    .addOption(new Option('--mode <mode>', 'API and worker, or one of them').choices(MODES).default('all'))
    .action(({ mode }: { mode: ServeMode }) => serve(cli, mode));
  program
    .command('worker')
    .description('run jobs until it is stopped')
    .option('--queues <list>', `only of these, separated by commas: ${QUEUES.join(', ')}`, queueList)
    .option('--concurrency <n>', 'how many jobs of each queue at once (default 1)', wholeNumber(1, 64))
    .action(({ queues = [...QUEUES], concurrency = 1 }: WorkerOptions) =>
      serve(cli, 'worker', { queues, concurrency }),
    );
}

async function serve(
  cli: Cli,
  mode: ServeMode,
  worker?: Pick<Config['worker'], 'queues' | 'concurrency'>,
): Promise<void> {
  cli.requireLocal();
  const { openConfig } = await import('./core/config/stores.js');
  const { startServer } = await import('./serve.js');
  const config = await openConfig();
  await cli.serve(startServer(mode, { ...config, worker: { ...config.worker, ...worker } }));
}

function queueList(text: string): QueueKey[] {
  const names = commaList(text);
  const queues = QUEUES.filter((queue) => names.includes(queue));
  if (queues.length !== new Set(names).size) {
    throw new InvalidArgumentError(`expected some of ${QUEUES.join(', ')}, separated by commas.`);
  }
  return queues;
}
