import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, poolConfig, type DatabaseTarget } from '../../src/core/database/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { testConfig, testDatabase } from '../support/runtime.js';

const SETTINGS = `SELECT current_user AS who, current_setting('search_path') AS path, current_setting('statement_timeout') AS timeout,
  current_setting('application_name') AS name`;

let database: DatabaseTarget;
let test: TestApplication;

beforeAll(async () => {
  const server = await testDatabase();
  const url = new URL(server.owner.url);
  url.searchParams.set('options', '-c statement_timeout=54321 -c search_path=public -c role=none');
  url.searchParams.set('application_name', 'somebody');
  database = await openDatabase(testConfig({ DATABASE_URL: url.href }));
  test = await testApplication({}, 'api', Promise.resolve({ ...database, release: () => server.release() }));
}, 60_000);
afterAll(() => test.close());

it('options of DATABASE_URL hold beside those of the program, and take the place of none', async () => {
  const [row] = await test.app.get(DataSource).query<object[]>(SETTINGS);
  expect(row).toEqual({ who: 'azt3knet_app', path: 'public', timeout: '54321ms', name: 'azt3knet' });
});

it('queues are found whatever search path the URL names', async () => {
  const client = new pg.Client(poolConfig(database.application, 'bullmq'));
  await client.connect();
  try {
    const { rows } = await client.query(SETTINGS);
    expect(rows[0]).toMatchObject({ who: 'azt3knet_app', path: 'bullmq', timeout: '54321ms' });
  } finally {
    await client.end();
  }
  expect((await test.call('GET', '/readyz')).status).toBe(200);
});
