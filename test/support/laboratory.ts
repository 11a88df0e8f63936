import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { compose } from '../../src/composition.js';
import { createHttpApplication } from '../../src/http-application.js';
import { JobsService, type Job } from '../../src/modules/jobs/index.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from './runtime.js';
import { isFinished, watchJob } from './watch-job.js';

const PASSWORD = 'a password for the tests of a laboratory';

/** What a response body may have; tests look closer. */
export type Body = Record<string, unknown>;

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: Body;
}

/** An application in this process, and an administrator who is logged in. */
export class Laboratory {
  private constructor(
    readonly runtime: Runtime,
    readonly app: NestFastifyApplication,
    readonly token: string,
  ) {}

  /**
   * @param mode `all`, or `api` for one whose jobs another process does
   * @param environment what it finds there beside a password
   */
  static async open(
    mode: 'all' | 'api' = 'all',
    environment: Record<string, string> = {},
  ): Promise<Laboratory> {
    const runtime = await testRuntime({ AZT3KNET_ADMIN_PASSWORD: PASSWORD, ...environment });
    const app = await createHttpApplication(compose(mode, runtime));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const payload = { username: 'admin', password: PASSWORD };
    const login = await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload });
    return new Laboratory(runtime, app, String(login.json<Body>()['access_token']));
  }

  get dataSource(): DataSource {
    return this.app.get(DataSource);
  }

  /** Calls the API; a text is sent as YAML, an object as JSON. */
  async call(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    payload?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await this.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(typeof payload === 'string' && { 'content-type': 'application/yaml' }),
        ...headers,
      },
      ...(payload !== undefined && { payload }),
    });
    const { statusCode: status, headers: answered, body } = response;
    return { status, headers: answered, body: body === '' ? {} : response.json<Body>() };
  }

  async ended(id: unknown): Promise<Job> {
    const jobs = this.app.get(JobsService, { strict: false });
    for await (const job of watchJob(jobs, String(id))) if (isFinished(job)) return job;
    throw new Error('unreachable');
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.runtime.close();
  }
}
