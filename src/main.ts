#!/usr/bin/env node
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { exitCodeOf, EXIT_INTERNAL, onStopSignals } from './core/cli/index.js';
import { compose } from './composition.js';
import { loadConfig } from './core/config/index.js';
import { AppError } from './core/errors/index.js';
import { ApplicationLogger } from './core/logging/index.js';
import { createHttpApplication } from './http-application.js';
import { ADMIN_PASSWORD_FILE, AdminAccount } from './modules/auth/index.js';
import { openRuntime, type Runtime } from './runtime.js';

const MODES = ['api', 'worker', 'all'] as const;
type ServeMode = (typeof MODES)[number];

class PortTakenError extends AppError {
  constructor(host: string, port: number, cause: Error) {
    super(
      'unavailable',
      'port_unusable',
      `cannot listen on ${host}:${port} (${cause.message}); set API_HOST or API_PORT`,
    );
  }
}

function readMode(): ServeMode {
  const { values, positionals } = parseArgs({
    options: { mode: { type: 'string', default: 'all' } },
    strict: false,
    allowPositionals: true,
  });
  const unknown = [...positionals, ...Object.keys(values).filter((name) => name !== 'mode')];
  if (unknown.length > 0)
    throw new AppError('invalid', 'option_unknown', `${unknown[0]}: expected only --mode`);
  const mode = MODES.find((known) => known === values.mode);
  if (!mode)
    throw new AppError(
      'invalid',
      'mode_unknown',
      `--mode ${String(values.mode)}: expected ${MODES.join(', ')}`,
    );
  return mode;
}

async function serveHttp(mode: 'api' | 'all', runtime: Runtime): Promise<{ close(): Promise<void> }> {
  const { config } = runtime;
  const app = await createHttpApplication(compose(mode, runtime), config.api.tls);
  try {
    await app.listen(config.api.port, config.api.host);
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).syscall !== 'listen') throw error;
    throw new PortTakenError(config.api.host, config.api.port, error as Error);
  }
  const url = (await app.getUrl()).replace('[::1]', 'localhost');
  const { generatedPassword } = app.get(AdminAccount, { strict: false });
  const lines = [
    `Azt3kNet is running (${mode === 'all' ? 'API and worker' : 'API'}, ${runtime.database.kind} PostgreSQL)`,
    `  API         ${url}/api/v1`,
    `  Swagger UI  ${url}/docs`,
    `  Health      ${url}/healthz`,
    ...(generatedPassword === undefined
      ? []
      : [
          '',
          `  Log in as admin with the password ${generatedPassword}`,
          `  (shown once; kept in ${join(config.dataDir, ADMIN_PASSWORD_FILE)})`,
        ]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return app;
}

async function serveWorker(runtime: Runtime): Promise<{ close(): Promise<void> }> {
  const app = await NestFactory.createApplicationContext(compose('worker', runtime), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(ApplicationLogger, { strict: false }));
  process.stdout.write(`Azt3kNet is running (worker, ${runtime.database.kind} PostgreSQL)\n`);
  return app;
}

async function main(): Promise<void> {
  const mode = readMode();
  const opening = openRuntime(loadConfig(), (line) => process.stderr.write(`${line}\n`));
  const starting = opening.then((runtime) =>
    mode === 'worker' ? serveWorker(runtime) : serveHttp(mode, runtime),
  );
  let stopping: Promise<void> | undefined;
  // A signal may come during the start: what is half open cannot be closed, so the start comes to its end first.
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      const app = await starting.catch(() => undefined);
      await app?.close();
      const runtime = await opening.catch(() => undefined);
      await runtime?.close();
    })();
    return stopping;
  };
  onStopSignals(
    () =>
      void stop().then(
        () => process.exit(0),
        () => process.exit(EXIT_INTERNAL),
      ),
    () => process.exit(EXIT_INTERNAL),
  );
  try {
    await starting;
  } catch (error) {
    await stop();
    throw error;
  }
}

main().catch((error: unknown) => {
  const known = error instanceof AppError;
  process.stderr.write(`azt3knet: ${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(known ? exitCodeOf(error) : EXIT_INTERNAL);
});
