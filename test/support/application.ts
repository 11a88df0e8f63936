import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { compose, type Mode } from '../../src/composition.js';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import { AdminAccount } from '../../src/modules/auth/index.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from './runtime.js';

/** An answer, its body read as JSON where it is. */
export interface Answered<Body = unknown> {
  status: number;
  headers: Record<string, unknown>;
  body: Body;
}

/** The whole product in this process, on a database of its own, with its administrator logged in. */
export interface TestApplication {
  app: NestFastifyApplication;
  runtime: Runtime;
  authorization: string;
  call: <Body = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    headers?: Record<string, string>,
  ) => Promise<Answered<Body>>;
  close(): Promise<void>;
}

/** Starts a {@link TestApplication} in a mode. */
export async function testApplication(
  environment: Record<string, string> = {},
  mode: Mode = 'all',
  database?: Promise<DatabaseTarget>,
): Promise<TestApplication> {
  const runtime = await testRuntime(environment, database);
  const app = await createHttpApplication(compose(mode, runtime), runtime.config.api);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const { generatedPassword } = app.get(AdminAccount, { strict: false });
  const password = environment['AZT3KNET_ADMIN_PASSWORD'] ?? generatedPassword ?? '';
  const login = await app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { username: 'admin', password },
  });
  const authorization = `Bearer ${login.json<{ access_token: string }>().access_token}`;
  return {
    app,
    runtime,
    authorization,
    call: async (method, url, body, headers = {}) => {
      const response = await app.inject({
        method,
        url,
        headers: { authorization, ...headers },
        ...(body !== undefined && { payload: body }),
      });
      const isJson = String(response.headers['content-type']).includes('json');
      const read: unknown = isJson && response.body !== '' ? response.json() : response.body;
      return { status: response.statusCode, headers: response.headers, body: read as never };
    },
    close: async () => {
      await app.close();
      await runtime.close();
    },
  };
}
