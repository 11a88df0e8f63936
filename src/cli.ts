#!/usr/bin/env node
import { NestFactory } from '@nestjs/core';
import { Command, CommanderError } from 'commander';
import { compose } from './composition.js';
import {
  Cli,
  EXIT_INTERNAL,
  EXIT_USAGE,
  exitCodeOf,
  onStopSignals,
  type CliApplication,
  type CliMode,
} from './core/cli/index.js';
import { loadConfig, type Config } from './core/config/index.js';
import { AppError } from './core/errors/index.js';
import { ApplicationLogger } from './core/logging/index.js';
import { VERSION } from './core/version.js';
import { registerBootstrapCommand } from './bootstrap.cli.js';
import { registerDemoCommand } from './demo.cli.js';
import { CORE_COMMANDS, FEATURES, LOCAL_COMMANDS } from './features.js';
import { openRuntime } from './runtime.js';

const EXIT_HELP = `
Exit codes:
  0 done   1 internal error   2 wrong input or usage   3 not found   4 not allowed
  5 conflict   6 refused (by the guard, or the job failed)   7 a dependency is missing
  130 interrupted   143 terminated`;

/** A command is quiet unless something is wrong or the environment asks for more. */
function cliConfig(): Config {
  const config = loadConfig();
  return process.env['AZT3KNET_LOG_LEVEL'] === undefined ? { ...config, logLevel: 'error' } : config;
}

async function openApplication(mode: CliMode): Promise<CliApplication> {
  const runtime = await openRuntime(cliConfig(), (line) => process.stderr.write(`${line}\n`));
  try {
    const context = await NestFactory.createApplicationContext(compose(mode, runtime), {
      bufferLogs: true,
      abortOnError: false,
    });
    context.useLogger(context.get(ApplicationLogger, { strict: false }));
    const close = async (): Promise<void> => {
      await context.close();
      await runtime.close();
    };
    return { context, close };
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

function createProgram(): { program: Command; cli: Cli } {
  const program = new Command('azt3knet')
    .description('A laboratory for networks of synthetic agents. Everything it makes is synthetic.')
    .version(VERSION)
    .option('--seed <text>', 'seed that makes the result reproducible')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXIT_HELP)
    .exitOverride();
  const cli = new Cli(program, cliConfig, openApplication);
  const features = FEATURES.flatMap(({ commands }) => commands ?? []);
  for (const register of [
    registerDemoCommand,
    registerBootstrapCommand,
    ...features,
    ...LOCAL_COMMANDS,
    ...CORE_COMMANDS,
  ])
    register(program, cli);
  return { program, cli };
}

function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
  const known = error instanceof AppError;
  process.stderr.write(`azt3knet: ${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
  return known ? exitCodeOf(error) : EXIT_INTERNAL;
}

const { program, cli } = createProgram();
onStopSignals(
  (signal) => void cli.interrupt(signal),
  () => process.exit(EXIT_INTERNAL),
);
// A reader that has seen enough (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`azt3knet: cannot write the result: ${error.message}\n`);
  process.exit(EXIT_INTERNAL);
});

let code = 0;
try {
  await program.parseAsync();
} catch (error) {
  if (!cli.interrupted) code = exitCode(error);
}
await cli.close();
process.exitCode = code;
