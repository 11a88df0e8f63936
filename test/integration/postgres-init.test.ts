import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseStatus, downgradeDatabase, upgradeDatabase } from '../../src/core/database/migrator.js';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { testDatabase } from '../support/runtime.js';

const psql = spawnSync('psql', ['--version']).status === 0;

/** The init scripts of the Compose stack need psql, which the container has. */
describe.skipIf(!psql)(`init scripts of the database container${psql ? '' : ' (needs psql)'}`, () => {
  const login = `compose_${randomBytes(4).toString('hex')}`;
  const password = `it's a "secret" \\ %41`;
  let database: DatabaseTarget;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'azt3knet-init-'));
    writeFileSync(join(folder, 'postgresql.conf'), '# as initdb made it\n');
    database = await testDatabase();
  });
  afterAll(async () => {
    const owner = new pg.Client(database.owner.url);
    await owner.connect();
    await owner.query(`DROP OWNED BY ${login}; DROP ROLE ${login}`);
    await owner.end();
    await database.release();
    rmSync(folder, { recursive: true, force: true });
  });

  const init = (script: string, more: Record<string, string> = {}) => {
    const url = new URL(database.owner.url);
    return spawnSync(join(PROJECT_ROOT, 'infra', 'docker', 'postgres', script), {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        PGHOST: url.hostname,
        PGPORT: url.port,
        PGPASSWORD: decodeURIComponent(url.password),
        PGDATA: folder,
        POSTGRES_USER: decodeURIComponent(url.username),
        POSTGRES_DB: url.pathname.slice(1),
        AZT3KNET_DB_USER: login,
        AZT3KNET_DB_PASSWORD: password,
        ...more,
      },
    });
  };

  it('set what the server is given, and pass over extensions that the image lacks', () => {
    const { status, stderr } = init('10-settings.sh', { POSTGRES_SHARED_BUFFERS: '64MB' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, 'postgresql.conf'), 'utf8')).toBe(
      "# as initdb made it\nshared_buffers = '64MB'\n",
    );
  });

  it('fail where TimescaleDB is asked for and not there', () => {
    const { status, stderr } = init('10-settings.sh', { POSTGRES_ENABLE_TIMESCALEDB: 'true' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('timescaledb');
  });

  it('make a login that the migrations let work, and that owns nothing', async () => {
    expect(init('20-application-role.sh').status).toBe(0);
    const url = new URL(database.owner.url);
    url.username = login;
    url.password = encodeURIComponent(password);
    const target = { ...database, application: { url: url.href } };
    await downgradeDatabase(target, 100);
    await upgradeDatabase(target);
    expect((await databaseStatus(target)).every(({ applied }) => applied)).toBe(true);
    const client = new pg.Client(url.href);
    await client.connect();
    expect((await client.query('SELECT count(*)::int AS jobs FROM jobs')).rows).toEqual([{ jobs: 0 }]);
    await expect(client.query('DROP TABLE jobs')).rejects.toThrow('must be owner');
    await client.end();
  });
});
