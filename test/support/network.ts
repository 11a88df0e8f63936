import { DataSource } from 'typeorm';
import { JobsService } from '../../src/modules/jobs/index.js';
import { SandboxServer } from '../../src/modules/integrations/index.js';
import { NetworkAccessService } from '../../src/modules/integrations/network/access.service.js';
import type { NetworkAccount } from '../../src/modules/integrations/network/account.entity.js';
import { AccountsService } from '../../src/modules/integrations/network/accounts.service.js';
import type { Network } from '../../src/modules/integrations/network/network.entity.js';
import { NetworksService } from '../../src/modules/integrations/network/networks.service.js';
import { testApplication, type TestApplication } from './application.js';
import { isFinished, watchJob } from './watch-job.js';

type Json = Record<string, unknown>;

/** An answer of a network. */
export interface NetworkAnswer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** Somebody on a network, with a token that is good for everything unless it was made for less. */
export interface Member {
  account: NetworkAccount;
  token: string;
  call: <Body = Json>(
    method: string,
    path: string,
    body?: object | FormData,
    headers?: Record<string, string>,
  ) => Promise<NetworkAnswer<Body>>;
}

/** An application whose sandbox network listens, with agents of a small population. */
export class TestNetwork {
  private constructor(
    readonly test: TestApplication,
    readonly main: Network,
    readonly populationId: string,
    readonly agents: readonly string[],
  ) {}

  static async open(environment: Record<string, string> = {}, count = 6): Promise<TestNetwork> {
    const test = await testApplication({ AZT3KNET_SANDBOX_PORT: '0', ...environment });
    const made = await test.call<{ population_id: string; job_id: string }>('POST', '/api/v1/populate', {
      gender: 'female',
      count,
      country: 'MX',
      seed: '20241005',
      persist: true,
    });
    for await (const job of watchJob(test.app.get(JobsService, { strict: false }), made.body.job_id)) {
      if (isFinished(job) && job.status !== 'completed') throw new Error('no population');
      if (isFinished(job)) break;
    }
    const rows = await test.app
      .get(DataSource)
      .query<{ id: string }[]>('SELECT id FROM agents ORDER BY position');
    const main = await test.app.get(NetworksService, { strict: false }).get('main');
    return new TestNetwork(
      test,
      main,
      made.body.population_id,
      rows.map(({ id }) => id),
    );
  }

  get url(): string {
    return this.test.app.get(SandboxServer, { strict: false }).url ?? '';
  }

  /** An agent's account with a token. */
  async member(
    agent: number,
    scopes: readonly string[] = ['read', 'write', 'follow'],
    network: Network = this.main,
  ): Promise<Member> {
    const { app } = this.test;
    const account = await app
      .get(AccountsService, { strict: false })
      .ofAgent(network, this.agents[agent] ?? '');
    const { secret } = await app.get(NetworkAccessService, { strict: false }).issue({
      network,
      account,
      app: undefined,
      userId: undefined,
      scopes,
      days: 1,
      actor: 'test',
    });
    return {
      account,
      token: secret,
      call: (method, path, body, headers = {}) =>
        this.call(method, path, body, { authorization: `Bearer ${secret}`, ...headers }),
    };
  }

  /** Calls the network; an object goes as JSON. */
  async call<Body = Json>(
    method: string,
    path: string,
    body?: object | FormData,
    headers: Record<string, string> = {},
  ): Promise<NetworkAnswer<Body>> {
    const isForm = body instanceof FormData || body instanceof URLSearchParams;
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(body !== undefined && !isForm && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: isForm ? (body as FormData) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }

  close(): Promise<void> {
    return this.test.close();
  }
}
