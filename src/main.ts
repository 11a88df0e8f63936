#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { exitCodeOf, EXIT_INTERNAL, onStopSignals } from './core/cli/index.js';
import { openConfig } from './core/config/index.js';
import { AppError } from './core/errors/index.js';
import { SERVE_MODES, startServer, type ServeMode } from './serve.js';

function readMode(): ServeMode {
  const { values, positionals } = parseArgs({
    options: { mode: { type: 'string', default: 'all' } },
    strict: false,
    allowPositionals: true,
  });
  const unknown = [...positionals, ...Object.keys(values).filter((name) => name !== 'mode')];
  if (unknown.length > 0)
    throw new AppError('invalid', 'option_unknown', `${unknown[0]}: expected only --mode`);
  const mode = SERVE_MODES.find((known) => known === values.mode);
  if (!mode)
    throw new AppError(
      'invalid',
      'mode_unknown',
      `--mode ${String(values.mode)}: expected ${SERVE_MODES.join(', ')}`,
    );
  return mode;
}

async function main(): Promise<void> {
  const mode = readMode();
  const server = startServer(mode, await openConfig());
  onStopSignals(
    () =>
      void server.stop().then(
        () => process.exit(0),
        () => process.exit(EXIT_INTERNAL),
      ),
    () => process.exit(EXIT_INTERNAL),
  );
  try {
    await server.started;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

main().catch((error: unknown) => {
  const known = error instanceof AppError;
  process.stderr.write(`azt3knet: ${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(known ? exitCodeOf(error) : EXIT_INTERNAL);
});
