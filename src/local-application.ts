import { createClient } from '@azt3knet/client';
import { NestFactory } from '@nestjs/core';
import { compose } from './composition.js';
import type { CliApplication, CliMode } from './core/cli/index.js';
import type { Config } from './core/config/index.js';
import { fetchByInject } from './core/http/index.js';
import { ApplicationLogger } from './core/logging/index.js';
import { traceHeaders } from './core/tracing/index.js';
import { createHttpApplication } from './http-application.js';
import { LocalSession } from './modules/auth/index.js';
import { openRuntime, type Runtime } from './runtime.js';

/** Its host is nobody's: the requests never leave the process. */
const NOWHERE = 'http://azt3knet.invalid';

/** Opens the application in this process for one command. Nothing listens. @param note tells the person something */
export async function openLocalApplication(
  mode: CliMode,
  config: Config,
  note: (line: string) => void,
): Promise<CliApplication> {
  // Whoever interrupts a command does not wait for its jobs: another process, or a later command, goes on with them.
  const handingBack = { ...config, worker: { ...config.worker, drainSeconds: 0 } };
  const runtime = await openRuntime(handingBack, (line) => process.stderr.write(`${line}\n`), note);
  try {
    const open = mode === 'api' || mode === 'all' ? openApi : openContext;
    const { context, ...rest } = await open(mode, runtime);
    const close = async (): Promise<void> => {
      await context.close();
      await runtime.close();
    };
    return { context, ...rest, close };
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

type Opened = Omit<CliApplication, 'close'>;

async function openContext(mode: CliMode, runtime: Runtime): Promise<Opened> {
  const context = await NestFactory.createApplicationContext(compose(mode, runtime), {
    bufferLogs: true,
    abortOnError: false,
  });
  context.useLogger(context.get(ApplicationLogger, { strict: false }));
  return { context };
}

async function openApi(mode: CliMode, runtime: Runtime): Promise<Opened> {
  const app = await createHttpApplication(compose(mode, runtime, false));
  await app.init();
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.ready();
  const session = app.get(LocalSession, { strict: false });
  const client = createClient({
    baseUrl: NOWHERE,
    token: () => session.token(),
    fetch: fetchByInject(fastify),
    retry: { retries: 0 },
    // Nothing can get lost on the way; what takes long is at work.
    timeoutMs: Infinity,
    headers: traceHeaders(),
  });
  return { context: app, client };
}
