import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { compose } from './composition.js';
import type { Config } from './core/config/index.js';
import { AppError } from './core/errors/index.js';
import { ApplicationLogger } from './core/logging/index.js';
import { createHttpApplication } from './http-application.js';
import { ADMIN_PASSWORD_FILE, AdminAccount } from './modules/auth/index.js';
import { SandboxServer } from './modules/integrations/index.js';
import { openRuntime, type Runtime } from './runtime.js';

export const SERVE_MODES = ['api', 'worker', 'all'] as const;
export type ServeMode = (typeof SERVE_MODES)[number];

/** A server that is starting or has started. */
export interface Server {
  /** Resolves when it answers, or rejects when it cannot start. */
  started: Promise<unknown>;
  /** Closes everything, at any moment of the start; may be called again. */
  stop(): Promise<void>;
}

class PortTakenError extends AppError {
  constructor(host: string, port: number, { code, message }: NodeJS.ErrnoException) {
    const why = code === 'EADDRINUSE' ? 'another program does: EADDRINUSE' : message;
    super(
      'unavailable',
      'port_unusable',
      `cannot listen on ${host}:${port} (${why}); set API_HOST or API_PORT`,
    );
  }
}

async function serveHttp(mode: 'api' | 'all', runtime: Runtime): Promise<{ close(): Promise<void> }> {
  const { config } = runtime;
  const app = await createHttpApplication(compose(mode, runtime), config.api);
  try {
    await app.listen(config.api.port, config.api.host);
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).syscall !== 'listen') throw error;
    throw new PortTakenError(config.api.host, config.api.port, error as Error);
  }
  const url = (await app.getUrl()).replace('[::1]', 'localhost');
  const { generatedPassword } = app.get(AdminAccount, { strict: false });
  const sandbox = app.get(SandboxServer, { strict: false }).url;
  const lines = [
    `Azt3kNet is running (${mode === 'all' ? 'API and worker' : 'API'}, ${runtime.database.kind} PostgreSQL)`,
    `  API         ${url}/api/v1`,
    ...(config.features.docs ? [`  Swagger UI  ${url}/docs`, `  ReDoc       ${url}/redoc`] : []),
    ...(sandbox === undefined ? [] : [`  Sandbox     ${sandbox}`]),
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

/** Sees to it that nobody else has the port, before anything is made. @throws PortTakenError */
async function requirePort({ host, port }: Config['api']): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
  } catch (error) {
    throw new PortTakenError(host, port, error as Error);
  }
  probe.close();
  await once(probe, 'close');
}

/** Starts a server in a mode. */
export function startServer(mode: ServeMode, config: Config): Server {
  const opening = (mode === 'worker' ? Promise.resolve() : requirePort(config.api)).then(() =>
    openRuntime(config, (line) => process.stderr.write(`${line}\n`)),
  );
  const started = opening.then((runtime) =>
    mode === 'worker' ? serveWorker(runtime) : serveHttp(mode, runtime),
  );
  let stopping: Promise<void> | undefined;
  // A signal may come during the start: what is half open cannot be closed, so the start comes to its end first.
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      const app = await started.catch(() => undefined);
      await app?.close();
      const runtime = await opening.catch(() => undefined);
      await runtime?.close();
    })();
    return stopping;
  };
  return { started, stop };
}
