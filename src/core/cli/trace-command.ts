import type { Command } from 'commander';
import type { Config } from '../config/index.js';
// Not by its index, which loads the database's library too: the help must come quickly.
import { beginCommandSpan, startTracing } from '../tracing/tracing.js';
import type { Cli } from './cli.js';

/** The command as a person typed it, without its arguments, which may be secret. */
function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

/**
 * Begins the trace of a command, where tracing is on; what the command asks of the application or of a server belongs to
 * it. @returns ends it
 */
export async function traceCommand(
  cli: Pick<Cli, 'config' | 'output'>,
  command: Command,
): Promise<(error?: unknown) => Promise<void>> {
  let config: Config;
  try {
    config = cli.config();
  } catch {
    // A command that needs the configuration says what is wrong with it.
    return () => Promise.resolve();
  }
  const stop = await startTracing(config, (line) => cli.output.note(line));
  const end = beginCommandSpan(nameOf(command));
  return async (error) => {
    end(error);
    await stop();
  };
}
