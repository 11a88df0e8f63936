import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { compose } from '../../src/composition.js';
import { createHttpApplication } from '../../src/http-application.js';
import { AgentsService } from '../../src/modules/agents/index.js';
import { DraftBatchesService } from '../../src/modules/content/index.js';
import { JobsService, type Job } from '../../src/modules/jobs/index.js';
import { RunsService, SimulationService } from '../../src/modules/simulation/index.js';
import { digestFile } from '../../src/modules/simulation/eventlog/file-digest.js';
import { RunStore } from '../../src/modules/simulation/run.store.js';
import { RunsRepository } from '../../src/modules/simulation/runs.repository.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from '../support/runtime.js';
import { isFinished, watchJob } from '../support/watch-job.js';

const digestOf = (scratch: string) => digestFile(join(scratch, 'report.json'));
const PASSWORD = 'a password for the tests of simulations';
const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const SYSTEM = { name: 'system' };

type Body = Record<string, unknown>;

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
  json: Body;
}

/** An application with everything in one process, and a person who may use it. */
class Laboratory {
  private constructor(
    readonly runtime: Runtime,
    readonly app: NestFastifyApplication,
    private readonly token: string,
  ) {}

  static async open(): Promise<Laboratory> {
    const runtime = await testRuntime({ AZT3KNET_ADMIN_PASSWORD: PASSWORD });
    const app = await createHttpApplication(compose('all', runtime));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const payload = { username: 'admin', password: PASSWORD };
    const login = await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload });
    return new Laboratory(runtime, app, String(login.json<Body>()['access_token']));
  }

  async call(method: 'GET' | 'POST', url: string, payload?: object): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.token}` };
    const response = await this.app.inject({ method, url, headers, ...(payload && { payload }) });
    const { body } = response;
    const json = body.startsWith('{') && !body.includes('\n{') ? (JSON.parse(body) as Body) : {};
    return { status: response.statusCode, headers: response.headers, body, json };
  }

  async ended(id: unknown): Promise<Job> {
    const jobs = this.app.get(JobsService, { strict: false });
    for await (const job of watchJob(jobs, String(id))) if (isFinished(job)) return job;
    throw new Error('unreachable');
  }

  async count(table: string): Promise<number> {
    const rows: { count: string }[] = await this.app.get(DataSource).query(`SELECT count(*) FROM ${table}`);
    return Number(rows[0]?.count);
  }

  /** Runs a scenario to its end; the digests of its files by name. */
  async run(payload: object): Promise<{ accepted: Body; digests: Record<string, string> }> {
    const answer = await this.call('POST', '/api/simulations/metro_cdmx/run', payload);
    const job = await this.ended(answer.json['job_id']);
    if (job.status !== 'completed')
      throw new Error(`the run was ${job.status}: ${JSON.stringify(job.error)}`);
    const run = await this.call('GET', `/api/runs/${String(answer.json['run_id'])}`);
    const files = run.json['files'] as { name: string; sha256: string }[];
    return {
      accepted: answer.json,
      digests: Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256])),
    };
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.runtime.close();
  }
}

describe('simulations', () => {
  let lab: Laboratory;
  let small: string;

  beforeAll(async () => {
    lab = await Laboratory.open();
  });

  afterAll(async () => {
    await lab?.close();
  });

  it('make what they need on an empty database, in one order, and leave a report', async () => {
    const answer = await lab.call('POST', '/api/simulations/metro_cdmx/run', { ticks: 30, seed: 'first' });
    expect(answer.status).toBe(202);
    const { job_id, run_id, jobs, links } = answer.json as {
      job_id: string;
      run_id: string;
      jobs: { population: string; content: string; simulation: string };
      links: Record<string, string>;
    };
    expect(answer.headers['location']).toBe(`/api/v1/jobs/${job_id}`);
    expect(answer.json).toMatchObject({ synthetic: true, seed: 'first', ticks: 30, scenario: 'metro_cdmx' });
    expect(jobs.simulation).toBe(job_id);
    const chain = await Promise.all([jobs.population, jobs.content, job_id].map((id) => lab.ended(id)));
    expect(chain.map((job) => [job.name, job.status, job.after_ids])).toEqual([
      ['population.generate', 'completed', []],
      ['content.draft', 'completed', [jobs.population]],
      ['simulation.run', 'completed', [jobs.content]],
    ]);
    expect(chain[2]).toMatchObject({ progress_done: '30', progress_total: '30' });

    const run = await lab.call('GET', links['run'] as string);
    expect(run.json).toMatchObject({ status: 'completed', seed: 'first', ticks: 30 });
    const metrics = await lab.call('GET', links['metrics'] as string);
    const ticks = metrics.json['ticks'] as { tick: number; posts: number }[];
    expect(ticks.map(({ tick }) => tick)).toEqual(Array.from({ length: 30 }, (_, tick) => tick));
    const totals = run.json['totals'] as Record<string, number>;
    expect(ticks.reduce((sum, { posts }) => sum + posts, 0)).toBe(totals['posts']);
    expect(totals['posts']).toBeGreaterThan(0);

    const report = await lab.call('GET', links['report'] as string);
    expect(report.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(report.headers['content-security-policy']).toContain("default-src 'none'");
    expect(report.body.startsWith('<!doctype html>')).toBe(true);
    expect(report.body.includes('Synthetic data')).toBe(true);

    const events = await lab.call('GET', `/api/v1/runs/${run_id}/files/events.jsonl`);
    const lines = events.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Body);
    expect(lines.filter((line) => line['kind'] === 'post')).toHaveLength(totals['posts'] as number);
    const folder = join(lab.runtime.config.dataDir, 'runs');
    expect(await readdir(folder)).toEqual([run_id]);
    const [attempt = '', ...others] = await readdir(join(folder, run_id));
    expect(others).toEqual([]);
    expect((await readdir(join(folder, run_id, attempt))).toSorted()).toEqual([
      'events.jsonl',
      'events.parquet',
      'report.html',
      'report.json',
    ]);
    expect(await readdir(join(lab.runtime.config.dataDir, 'scratch'))).toEqual([]);
    const data = JSON.parse(await readFile(join(folder, run_id, attempt, 'report.json'), 'utf8')) as Body;
    expect(data).toMatchObject({ synthetic: true, seed: 'first', guard: { drafts: 2000 } });
    expect(await lab.app.get(AuditService, { strict: false }).verify()).toMatchObject({ intact: true });
  }, 90_000);

  it('skip what is there, and give the same bytes for the same seed and others for another', async () => {
    const populations = await lab.count('populations');
    const again = await lab.run({ ticks: 30, seed: 'first' });
    expect(again.accepted['jobs']).toMatchObject({ population: null, content: null });
    expect(await lab.count('populations')).toBe(populations);
    const runs = await lab.call('GET', '/api/runs?scenario=metro_cdmx');
    const [, first] = runs.json['runs'] as { id: string }[];
    const before = await lab.call('GET', `/api/runs/${first?.id}`);
    const digests = (before.json['files'] as { name: string; sha256: string }[]).map(({ name, sha256 }) => [
      name,
      sha256,
    ]);
    expect(again.digests).toEqual(Object.fromEntries(digests));
    expect(Object.keys(again.digests)).toHaveLength(4);

    const same = await lab.call('GET', `/api/runs/${first?.id}/diff/${String(again.accepted['run_id'])}`);
    expect(same.json).toMatchObject({ same: true, first_tick: null, inputs: [], metrics: [], event: null });

    const other = await lab.run({ ticks: 30, seed: 'second' });
    const parted = await lab.call('GET', `/api/runs/${first?.id}/diff/${String(other.accepted['run_id'])}`);
    expect(parted.json).toMatchObject({ same: false, ended: false });
    expect(parted.json['inputs']).toContain('seed');
    const { first_tick, event } = parted.json as { first_tick: number; event: Record<string, Body> };
    expect(event['run']).toMatchObject({ tick: first_tick });
    expect(event['other']).not.toEqual(event['run']);
    for (const [name, digest] of Object.entries(other.digests)) expect(digest).not.toBe(again.digests[name]);
  }, 90_000);

  it('take a population that is there, and its own drafts only', async () => {
    const agents = lab.app.get(AgentsService, { strict: false });
    const answer = await agents.populate(
      { gender: 'female', count: 60, country: 'MX', seed: 'small', persist: true },
      SYSTEM,
    );
    await lab.ended(answer.job?.id);
    small = answer.generator.id;
    const first = await lab.run({ ticks: 40, seed: 'x', population_id: small.toUpperCase() });
    expect(first.accepted).toMatchObject({ population_id: small, jobs: { population: null } });

    // More drafts of the same template and seed than the scenario asks for, and others with fewer variations.
    const batches = lab.app.get(DraftBatchesService, { strict: false });
    const request = { population: small, template: 'street_art_campaign', seed: 'x' };
    for (const more of [{ draftsPerAgent: 4 }, { draftsPerAgent: 2, variations: 1 }]) {
      const { batch } = await batches.submit({ ...request, ...more }, SYSTEM);
      expect(await lab.ended(batch.job_id)).toMatchObject({ status: 'completed' });
    }
    const second = await lab.run({ ticks: 40, seed: 'x', population_id: answer.generator.digest });
    expect(second.accepted['jobs']).toMatchObject({ content: null });
    expect(second.digests).toEqual(first.digests);
  }, 60_000);

  it('stop when they are cancelled, and without checkpoints leave nothing behind', async () => {
    const jobs = lab.app.get(JobsService, { strict: false });
    const folder = join(lab.runtime.config.dataDir, 'runs');
    const before = await readdir(folder);
    const answer = await lab.call('POST', '/api/simulations/metro_cdmx/run', {
      ticks: 100_000,
      checkpoint_every: 0,
      seed: 'x',
      population_id: small,
    });
    const id = String(answer.json['job_id']);
    for await (const job of watchJob(jobs, id))
      if (job.status === 'running' && Number(job.progress_done) > 0) break;
    expect((await lab.call('POST', `/api/jobs/${id}/cancel`)).status).toBe(202);
    expect(await lab.ended(id)).toMatchObject({ status: 'cancelled' });
    expect(await readdir(folder)).toEqual(before);
    const run = String(answer.json['run_id']);
    expect((await lab.call('GET', `/api/runs/${run}`)).json).toMatchObject({
      status: 'cancelled',
      totals: null,
    });
    for (const path of ['report', 'metrics', 'files/events.jsonl']) {
      const refused = await lab.call('GET', `/api/runs/${run}/${path}`);
      expect([refused.status, refused.json['code']]).toEqual([409, 'run_not_completed']);
    }
  }, 60_000);

  it('are accepted as a whole or not at all', async () => {
    const counts = () => Promise.all(['runs', 'jobs', 'outbox'].map((table) => lab.count(table)));
    const before = await counts();
    const insert = vi.spyOn(lab.app.get(RunsRepository, { strict: false }), 'insert');
    insert.mockRejectedValueOnce(new Error('the connection was lost'));
    const service = lab.app.get(SimulationService, { strict: false });
    await expect(service.run({ scenario: 'metro_cdmx', seed: 'lost' }, SYSTEM)).rejects.toThrow('was lost');
    expect(insert).toHaveBeenCalledOnce();
    expect(await counts()).toEqual(before);
  });

  it('keep the files of an attempt apart from what another one left, and commit them or remove them', async () => {
    const store = lab.app.get(RunStore, { strict: false });
    const signal = new AbortController().signal;
    const keys: string[] = [];
    for (const text of ['left', 'right']) {
      const scratch = store.openScratch(NOBODY);
      await writeFile(join(scratch, 'report.json'), text);
      const file = { name: 'report.json', media_type: 'application/json', ...(await digestOf(scratch)) };
      const { stored, pending } = await store.put(NOBODY, scratch, [file], signal);
      await store.discard(scratch);
      if (text === 'left') pending.handOver();
      keys.push(...stored.map(({ blob_key }) => blob_key));
      await pending.discard();
    }
    expect(keys[0]).not.toBe(keys[1]);
    const there = keys.map((key) => existsSync(join(lab.runtime.config.dataDir, key)));
    expect(there).toEqual([true, false]);
    await rm(join(lab.runtime.config.dataDir, 'runs', NOBODY), { recursive: true });
  });

  it('are listed page by page, the newest first', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Answer = await lab.call(
        'GET',
        `/api/runs?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      expect(page.status).toBe(200);
      seen.push(...(page.json['runs'] as { id: string }[]).map(({ id }) => id));
      cursor = page.json['next_cursor'] as string | null;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(await lab.count('runs'));
    expect((await lab.call('GET', '/api/runs?scenario=nowhere')).json['runs']).toEqual([]);
  });

  it('tell which scenarios there are', async () => {
    const list = await lab.call('GET', '/api/simulations');
    expect(list.json).toMatchObject({
      synthetic: true,
      scenarios: [
        { id: 'feedsim', agents: 100_000, ticks: 85, template: null },
        { id: 'metro_cdmx', agents: 1000, ticks: 120 },
        { id: 'rumour_town', agents: 1200, ticks: 144 },
      ],
    });
    const one = await lab.call('GET', '/api/simulations/metro_cdmx');
    expect(one.json).toMatchObject({ synthetic: true, scenario: { id: 'metro_cdmx', tick_minutes: 10 } });
  });

  it.each([
    ['POST', '/api/simulations/nowhere/run', {}, 404, 'scenario_not_found'],
    ['POST', '/api/simulations/..%2Fmetro_cdmx/run', {}, 404, 'scenario_not_found'],
    ['POST', `/api/simulations/${'x'.repeat(90)}/run`, {}, 404, 'scenario_not_found'],
    ['GET', '/api/simulations/nowhere', undefined, 404, 'scenario_not_found'],
    ['POST', '/api/simulations/metro_cdmx/run', { ticks: 0 }, 422, undefined],
    ['POST', '/api/simulations/metro_cdmx/run', { ticks: 100_001 }, 422, undefined],
    ['POST', '/api/simulations/metro_cdmx/run', { ticks: 1.5 }, 422, undefined],
    ['POST', '/api/simulations/metro_cdmx/run', { ticks: '10' }, 422, undefined],
    ['POST', '/api/simulations/metro_cdmx/run', { seed: '' }, 422, undefined],
    ['POST', '/api/simulations/metro_cdmx/run', { seed: '   ' }, 422, 'out_of_range'],
    ['POST', '/api/simulations/metro_cdmx/run', { seed: 7 }, 422, undefined],
    ['POST', '/api/simulations/metro_cdmx/run', { seed: 'x'.repeat(201) }, 422, undefined],
    ['POST', '/api/simulations/metro_cdmx/run', { population_id: 'my own' }, 422, undefined],
    ['POST', '/api/simulations/metro_cdmx/run', { population_id: NOBODY }, 404, 'population_not_found'],
    ['POST', '/api/simulations/metro_cdmx/run', { scenario: 'metro_cdmx' }, 422, undefined],
    ['GET', `/api/runs/${NOBODY}`, undefined, 404, 'run_not_found'],
    ['GET', `/api/runs/${NOBODY}/report`, undefined, 404, 'run_not_found'],
    ['GET', `/api/runs/${NOBODY}/metrics`, undefined, 404, 'run_not_found'],
    ['GET', `/api/runs/${NOBODY}/diff/${NOBODY}`, undefined, 404, 'run_not_found'],
    ['GET', `/api/runs/${NOBODY}/files/report.json`, undefined, 404, 'run_not_found'],
    ['GET', '/api/runs/mine', undefined, 422, undefined],
    ['GET', '/api/runs?limit=0', undefined, 422, undefined],
    ['GET', '/api/runs?limit=x', undefined, 422, undefined],
    ['GET', '/api/runs?cursor=!', undefined, 422, 'cursor_invalid'],
    [
      'GET',
      `/api/runs?cursor=${Buffer.from(`2026-99-99 00:00:00+00|${NOBODY}`).toString('base64url')}`,
      undefined,
      422,
      'cursor_invalid',
    ],
  ] as const)('%s %s with %j is refused', async (method, url, payload, status, code) => {
    const answer = await lab.call(method, url, payload);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(code ?? answer.json['code']).toBe(answer.json['code']);
  });

  it('have only the files that they have', async () => {
    const page = await lab.call('GET', '/api/runs?limit=50');
    const done = (page.json['runs'] as { id: string; status: string }[]).find(
      (run) => run.status === 'completed',
    );
    for (const name of ['nothing.txt', '..%2F..%2F.env', 'events.parquet.duckdb']) {
      const answer = await lab.call('GET', `/api/runs/${done?.id}/files/${name}`);
      expect([answer.status, answer.json['code']]).toEqual([404, 'run_file_not_found']);
    }
    const parquet = await lab.call('GET', `/api/runs/${done?.id}/files/events.parquet`);
    expect(parquet.headers['content-type']).toBe('application/vnd.apache.parquet');
    expect(parquet.body.startsWith('PAR1')).toBe(true);
    const file = await lab.app.get(RunsService, { strict: false }).file(String(done?.id), 'report.json');
    expect(parquet.headers['etag']).not.toBe(`"${file.sha256}"`);
  });
});
