import type { Command } from 'commander';
import { wholeNumber, type Cli } from '../../../core/cli/index.js';
import { asPrinted, drawn, type ToldLine } from './told-line.js';

/** What `bots logs` is asked, and does. */
export function registerLogs(command: Command, cli: Cli): void {
  command
    .option('--ordinal <n>', 'only of this instance', wholeNumber(0, 999))
    .option('--after <position>', 'only lines after this position', wholeNumber(0))
    .option('--limit <n>', 'how many that are there already (default 200)', wholeNumber(1, 2_000))
    .option('--follow', 'and new ones as they come, until Ctrl-C')
    .action((id: string, options: LogOptions) => logs(cli, id, options));
}

interface LogOptions {
  ordinal?: number;
  after?: number;
  limit?: number;
  follow?: boolean;
}

/** How long one request follows, in seconds. */
const FOLLOW_SECONDS = 2;

async function logs(
  cli: Cli,
  id: string,
  { after, ordinal, limit, follow = false }: LogOptions,
): Promise<void> {
  const client = await cli.api();
  const end = new AbortController();
  const stop = (): Promise<void> => {
    end.abort();
    return Promise.resolve();
  };
  const read = async (): Promise<void> => {
    let position = after?.toString();
    let first = true;
    do {
      const query = {
        ...(position !== undefined && { after: position }),
        ...(ordinal !== undefined && { ordinal }),
        ...(limit !== undefined && { limit }),
        follow: follow && !first ? FOLLOW_SECONDS : 0,
      };
      const text = await client.get('/api/v1/bots/{id}/logs', {
        params: { path: { id }, query },
        parseAs: 'text',
        signal: end.signal,
      });
      for (const line of text.split('\n').filter((each) => each !== '')) {
        const row = JSON.parse(line) as ToldLine;
        if (cli.output.draws) cli.output.draw(drawn(row, cli.output.colors));
        else cli.output.line(row, asPrinted(row), first);
        position = row.position;
        first = false;
      }
      position ??= '0';
      first = false;
      if (!follow) return;
    } while (!end.signal.aborted);
  };
  await cli.interruptible(stop, read, 'any');
}
