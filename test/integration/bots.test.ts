import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller } from '../support/caller.js';

/** As document 003 has it. */
const DOCUMENTED = {
  id: 'analytics-bot-v1',
  name: 'Analytics Bot',
  description: 'Data analysis and reporting',
  blueprint: 'bots/analytics_bot.py',
  role: 'analyzer',
};

describe('the registry of bots', () => {
  let test: TestApplication;

  beforeAll(async () => {
    // Without a worker nothing but the registry answers.
    test = await testApplication({}, 'api');
  });
  afterAll(() => test.close());

  it('takes and gives what the reference document shows', async () => {
    const made = await test.call('POST', '/api/v1/bots', DOCUMENTED);
    expect(made.status).toBe(201);
    expect(made.headers['location']).toBe('/api/v1/bots/analytics-bot-v1');
    expect(made.body).toMatchObject({
      bot_id: 'analytics-bot-v1',
      name: 'Analytics Bot',
      status: 'registered',
      created_at: expect.stringMatching(/^20\d\d-/) as string,
    });
    // The short form of the document's paths answers the same.
    const shown = await test.call('GET', '/api/bots/analytics-bot-v1');
    expect(shown.body).toMatchObject({
      bot_id: 'analytics-bot-v1',
      desired_state: 'stopped',
      uptime_seconds: 0,
      cpu_load: 0,
      memory_usage_mb: 0,
      error_rate: 0,
      last_updated: expect.any(String) as string,
      blueprint_sha256: expect.stringMatching(/^[\da-f]{64}$/) as string,
      configuration: { interval_seconds: 30, runs: 100 },
    });
    const metrics = await test.call('GET', '/api/v1/bots/analytics-bot-v1/metrics');
    expect(metrics.body).toEqual({
      synthetic: true,
      bot_id: 'analytics-bot-v1',
      cpu_load: 0,
      memory_usage_mb: 0,
      uptime_seconds: 0,
      requests_per_second: 0,
      error_rate: 0,
      last_heartbeat: null,
    });
  });

  it('refuses an id that is taken, and names every field that is wrong', async () => {
    expect((await test.call('POST', '/api/v1/bots', DOCUMENTED)).status).toBe(409);
    const wrong = await test.call('POST', '/api/v1/bots', {
      ...DOCUMENTED,
      id: 'other-bot',
      configuration: { interval_seconds: 0, runs: 'many', more: 1 },
    });
    expect(wrong.status).toBe(422);
    const fields = (wrong.body['errors'] as { field: string }[]).map(({ field }) => field);
    expect(fields.toSorted()).toEqual([
      'configuration.interval_seconds',
      'configuration.more',
      'configuration.runs',
    ]);
    expect(wrong.body['errors']).toContainEqual({
      field: 'configuration.more',
      message: expect.stringMatching(
        /^is not known here; accepted: .*interval_seconds.*runs|runs.*interval_seconds/,
      ),
    });
    const missing = await test.call('POST', '/api/v1/bots', { ...DOCUMENTED, blueprint: '../bots/x.py' });
    expect(missing.status).toBe(404);
  });

  it('keeps what is wanted apart from what is seen, and counts generations', async () => {
    const id = 'echo-bot';
    await test.call('POST', '/api/v1/bots', {
      ...DOCUMENTED,
      id,
      blueprint: 'bots/echo_bot.mjs',
    });
    const started = await test.call('POST', `/api/v1/bots/${id}/start`);
    expect(started.body).toMatchObject({ status: 'registered', desired_state: 'running', generation: 2 });
    const again = await test.call('POST', `/api/v1/bots/${id}/start`);
    expect(again.body).toMatchObject({ desired_state: 'running', observed_generation: 0 });
    expect((await test.call('DELETE', `/api/v1/bots/${id}`)).status).toBe(409);
    const stopped = await test.call('POST', `/api/v1/bots/${id}/stop`);
    expect(stopped.body).toMatchObject({ desired_state: 'stopped' });
    const etag = String(stopped.headers['etag']);
    const patch = { configuration: { greeting: 'good morning' } };
    expect((await test.call('PATCH', `/api/v1/bots/${id}`, patch)).status).toBe(428);
    const patched = await test.call('PATCH', `/api/v1/bots/${id}`, patch, { 'if-match': etag });
    expect(patched.body).toMatchObject({
      configuration: patch.configuration,
      generation: (stopped.body['generation'] as number) + 1,
    });
    const late = await test.call('PATCH', `/api/v1/bots/${id}`, { name: 'x' }, { 'if-match': etag });
    expect(late.status).toBe(412);
    const history = await test.call('GET', `/api/v1/bots/${id}/history`);
    expect(history.body['transitions']).toMatchObject([{ status: 'registered' }]);
    expect((await test.call('GET', `/api/v1/bots/${id}/logs`)).body).toBe('');
    expect((await test.call('DELETE', `/api/v1/bots/${id}`)).status).toBe(204);
    expect((await test.call('GET', `/api/v1/bots/${id}`)).status).toBe(404);
  });

  it('has no bot told what to do by somebody who may not do what it may', async () => {
    await test.app
      .get(DataSource)
      .query(
        `INSERT INTO roles (name, description, permissions) VALUES ('tinker', 'changes bots', '{bots:read,bots:write}')`,
      );
    const { authorization } = await makeCaller(test.app, 'tinker');
    const made = await test.call('POST', '/api/v1/bots', { ...DOCUMENTED, id: 'reading-bot' });
    const change = (body: object) =>
      test.call('PATCH', '/api/v1/bots/reading-bot', body, {
        authorization,
        'if-match': String(made.headers['etag']),
      });
    const refused = await change({ configuration: { runs: 1 } });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        errors: [{ field: 'configuration', message: expect.stringContaining('simulations:read') as string }],
      },
    });
    expect((await change({ name: 'Reader' })).status).toBe(200);
  });

  it('lists the blueprints that are shipped', async () => {
    const { body } = await test.call<{ blueprints: { path: string; problem: string | null }[] }>(
      'GET',
      '/api/v1/blueprints',
    );
    expect(body.blueprints.map(({ path }) => path)).toContain('bots/analytics_bot.py');
    expect(body.blueprints.filter(({ problem }) => problem !== null)).toEqual([]);
  });
});
