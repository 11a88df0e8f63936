import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { testApplication, type TestApplication } from '../support/application.js';

/** The samples of a text that Prometheus reads, by name with labels. */
function samples(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

describe('metrics', () => {
  let test: TestApplication;
  const scrape = async () => samples((await test.app.inject('/metrics')).body);

  beforeAll(async () => {
    test = await testApplication();
  });
  afterAll(() => test.close());

  it('tell of the main job: times, waits, sizes, decisions, events', async () => {
    const run = await test.call<{ jobs: { simulation: string } }>('POST', '/api/simulations/metro_cdmx/run', {
      ticks: 3,
      seed: 'metrics',
    });
    expect(run.status).toBe(202);
    const job = () => test.call<{ status: string }>('GET', `/api/jobs/${run.body.jobs.simulation}`);
    await expect.poll(async () => (await job()).body.status, { timeout: 50_000 }).toBe('completed');
    // The attempt is measured once the job is committed, which is when others see it completed.
    const measured = 'azt3knet_job_attempt_duration_seconds_count{kind="simulation.run",outcome="completed"}';
    await expect.poll(async () => (await scrape()).get(measured)).toBe(1);
    const found = await scrape();
    for (const name of ['population.generate', 'content.draft', 'simulation.run']) {
      expect(
        found.get(`azt3knet_job_attempt_duration_seconds_count{kind="${name}",outcome="completed"}`),
      ).toBe(1);
    }
    for (const queue of ['population', 'content', 'simulation']) {
      expect(found.get(`azt3knet_job_queue_wait_seconds_count{queue="${queue}"}`)).toBe(1);
      expect(found.get(`azt3knet_job_queue_wait_seconds_sum{queue="${queue}"}`)).toBeLessThan(5);
      expect(found.get(`azt3knet_jobs{queue="${queue}",status="queued"}`)).toBe(0);
    }
    expect(found.get('azt3knet_population_size_agents_count')).toBe(1);
    const stored = await test.app
      .get(DataSource)
      .query<{ action: string; count: number }[]>(
        'SELECT action, count(*)::int AS count FROM decisions GROUP BY action',
      );
    for (const { action, count } of stored) {
      expect(found.get(`azt3knet_compliance_decisions_total{action="${action}"}`)).toBe(count);
    }
    const posts = found.get('azt3knet_simulation_events_total{scenario="metro_cdmx",kind="posts"}');
    expect(posts).toBeGreaterThan(0);
    expect(found.get('azt3knet_workers')).toBe(1);
    expect(found.get('azt3knet_database_up')).toBe(1);
    await expect.poll(async () => (await scrape()).get('azt3knet_outbox_unpublished_events')).toBe(0);
    expect(found.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
  });

  it('count requests by the template of their route, however many paths there are', async () => {
    for (let n = 0; n < 20; n += 1) {
      await test.app.inject(`/api/jobs/0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a${10 + n}`);
      await test.app.inject(`/nowhere/${n}`);
    }
    const counts = [...(await scrape())].filter(([name]) =>
      name.startsWith('azt3knet_http_request_duration_seconds_count'),
    );
    const of = (labels: string) => counts.find(([name]) => name.endsWith(`{${labels}}`))?.[1];
    expect(of('method="GET",route="/api/v1/jobs/:id",status="401"')).toBe(20);
    expect(of('method="GET",route="unknown",status="404"')).toBe(20);
    expect(counts.length).toBeLessThan(15);
  });

  it('follow the rules of Prometheus for names', async () => {
    const { body } = await test.app.inject('/metrics');
    const ours = [...body.matchAll(/^# TYPE (azt3knet_\S+) (\S+)$/gm)];
    expect(ours.length).toBeGreaterThan(10);
    for (const [, name, type] of ours) {
      expect(name?.endsWith('_total')).toBe(type === 'counter');
    }
    const histograms = ours.filter(([, , type]) => type === 'histogram').map(([, name]) => name);
    for (const name of histograms) expect(name).toMatch(/_(?:seconds|agents)$/);
  });
});

/** An API of some configuration. */
async function check(
  environment: Record<string, string>,
  work: (test: TestApplication) => Promise<void>,
): Promise<void> {
  const test = await testApplication(environment, 'api');
  try {
    await work(test);
  } finally {
    await test.close();
  }
}

/** A generated password would be to be changed first there. */
const STAGING = {
  AZT3KNET_ENVIRONMENT: 'staging',
  AZT3KNET_LOG_LEVEL: 'silent',
  AZT3KNET_ADMIN_PASSWORD: 'violet harbour seven lanterns',
};

describe('who may read metrics on the API port', () => {
  it('anybody in development, which the documents show', () =>
    check({}, async ({ app }) => {
      expect((await app.inject('/metrics')).statusCode).toBe(200);
    }));

  it('elsewhere who has metrics:read', () =>
    check(STAGING, async ({ app, call }) => {
      expect((await app.inject('/metrics')).statusCode).toBe(401);
      const { status, body } = await call<string>('GET', '/metrics');
      expect(status).toBe(200);
      expect(body).toContain('azt3knet_http_request_duration_seconds_bucket');
    }));

  it('nobody when they are off', () =>
    check({ ENABLE_METRICS: 'false' }, async ({ call }) => {
      expect((await call('GET', '/metrics')).status).toBe(404);
    }));

  it('as for the documentation, which can be off as well', () =>
    check({ ENABLE_DOCS: 'false' }, async ({ app }) => {
      expect((await app.inject('/docs')).statusCode).toBe(404);
      expect((await app.inject('/redoc')).statusCode).toBe(404);
    }));
});
