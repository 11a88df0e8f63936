import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { RetentionService } from '../../src/core/retention/index.js';
import type { Runtime } from '../../src/runtime.js';
import { HostedProgram } from '../support/command-host.js';
import { testRuntime } from '../support/runtime.js';

describe('the sweep of old rows', () => {
  let runtime: Runtime;
  let app: INestApplicationContext;
  let retention: RetentionService;
  let dataSource: DataSource;

  const job = async (status: string, daysAgo: number, after: string | null = null): Promise<string> => {
    const id = randomUUID();
    await dataSource.query(
      `INSERT INTO jobs (id, queue, name, status, payload, after_ids, finished_at, run_at)
       VALUES ($1, 'population', 'population.generate', $2, '{}', array_remove(ARRAY[$3::uuid], NULL),
         CASE WHEN $2 IN ('queued', 'running') THEN NULL ELSE now() - make_interval(days => $4) END,
         now() + interval '1 day')`,
      [id, status, after, daysAgo],
    );
    return id;
  };
  const kept = async (): Promise<string[]> => {
    const rows = await dataSource.query<{ id: string }[]>('SELECT id FROM jobs');
    return rows.map(({ id }) => id).toSorted();
  };

  beforeAll(async () => {
    runtime = await testRuntime({ AZT3KNET_JOB_RETENTION_DAYS: '30' });
    app = await NestFactory.createApplicationContext(compose('services', runtime), { logger: false });
    retention = app.get(RetentionService);
    dataSource = app.get(DataSource);
  });

  afterAll(async () => {
    await app.close();
    await runtime.close();
  });

  it('forgets finished jobs after their time, but none that made something or is waited for', async () => {
    const young = await job('completed', 29);
    const waiting = await job('queued', 0);
    const awaited = await job('completed', 400);
    const follower = await job('queued', 0, awaited);
    const maker = await job('completed', 400);
    await dataSource.query(
      `INSERT INTO runs (id, scenario, scenario_version, scenario_digest, definition, seed, ticks, population_id,
         draft_batch_id, job_id)
       VALUES ($1, 's', '1', 'd', '{}', '1', 1, $1, $1, $2)`,
      [randomUUID(), maker],
    );
    const first = await job('failed', 31);
    await job('cancelled', 31, first);
    const before = await kept();
    expect(await retention.sweep(true)).toContainEqual({ name: 'jobs', days: 30, rows: 1 });
    expect(await kept()).toEqual(before);
    expect(await retention.sweep()).toContainEqual({ name: 'jobs', days: 30, rows: 2 });
    expect(await kept()).toEqual([young, waiting, awaited, follower, maker].toSorted());
    expect(await retention.sweep()).toContainEqual({ name: 'jobs', days: 30, rows: 0 });
  });

  it('forgets sessions a month after their end, and failed log-ins after a day', async () => {
    const user = randomUUID();
    await dataSource.query(`INSERT INTO users (id, username, role) VALUES ($1, 'swept', 'viewer')`, [user]);
    const session = async (expiresDays: number, revokedDays: number | null): Promise<string> => {
      const id = randomUUID();
      await dataSource.query(
        `INSERT INTO sessions (id, user_id, refresh_id, expires_at, revoked_at) VALUES
           ($1, $2, $1, now() + make_interval(days => $3), now() + make_interval(days => $4))`,
        [id, user, expiresDays, revokedDays],
      );
      return id;
    };
    const young = [await session(5, null), await session(-29, null), await session(5, -29)];
    await session(-31, null);
    await session(5, -31);
    await dataSource.query(`INSERT INTO login_failures (subject, failures, failed_at) VALUES
      ('old', 9, now() - interval '25 hours'), ('young', 9, now() - interval '23 hours')`);
    const found = async () => {
      const sessions = await dataSource.query<{ id: string }[]>(
        'SELECT id FROM sessions WHERE user_id = $1',
        [user],
      );
      const failures = await dataSource.query<{ subject: string }[]>('SELECT subject FROM login_failures');
      return [
        ...sessions.map(({ id }) => id).toSorted(),
        ...failures.map(({ subject }) => subject).toSorted(),
      ];
    };
    const swept = [
      { name: 'login_failures', days: 1, rows: 1 },
      { name: 'sessions', days: 30, rows: 2 },
    ];
    const before = await found();
    expect(await retention.sweep(true)).toEqual(expect.arrayContaining(swept));
    expect(await found()).toEqual(before);
    expect(await retention.sweep()).toEqual(expect.arrayContaining(swept));
    expect(await found()).toEqual([...young.toSorted(), 'young']);
  });

  it('forgets keys three months after their end, but none that another came of', async () => {
    const user = randomUUID();
    await dataSource.query(`INSERT INTO users (id, username, role) VALUES ($1, 'keyed', 'viewer')`, [user]);
    const key = async (
      expiresDays: number | null,
      revokedDays: number | null,
      parent: string | null = null,
    ): Promise<string> => {
      const id = randomUUID();
      await dataSource.query(
        `INSERT INTO api_keys (id, user_id, kind, name, prefix, hash, created_by, expires_at, revoked_at, parent_id)
         VALUES ($1::uuid, $2, 'key', 'k', $1::text, 'h', 'admin', now() + make_interval(days => $3),
           now() + make_interval(days => $4), $5)`,
        [id, user, expiresDays, revokedDays, parent],
      );
      return id;
    };
    const grandparent = await key(-200, null);
    const parent = await key(null, -100, grandparent);
    const young = [
      await key(null, null),
      await key(5, null),
      await key(-89, null),
      await key(5, -89),
      await key(null, null, parent),
    ];
    await key(-91, null);
    await key(5, -91);
    await key(-95, null, await key(-100, null));
    const found = async (): Promise<string[]> => {
      const rows = await dataSource.query<{ id: string }[]>('SELECT id FROM api_keys');
      return rows.map(({ id }) => id).toSorted();
    };
    const before = await found();
    const swept = { name: 'api_keys', days: 90, rows: 4 };
    expect(await retention.sweep(true)).toContainEqual(swept);
    expect(await found()).toEqual(before);
    expect(await retention.sweep()).toContainEqual(swept);
    expect(await found()).toEqual([grandparent, parent, ...young].toSorted());
  });

  it('is done by one process at a time', async () => {
    let inside = 0;
    let most = 0;
    retention.register({
      name: 'test',
      days: 1,
      run: async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setTimeout(resolve, 100));
        inside -= 1;
        return 0;
      },
    });
    const all = await Promise.allSettled([retention.sweep(), retention.sweep(), retention.sweep()]);
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(all.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'sweep_running' },
    });
    expect(most).toBe(1);
    expect(await retention.sweep()).toContainEqual({ name: 'test', days: 1, rows: 0 });
  });

  it('keeps what is to be kept for ever, and is a command', async () => {
    await job('completed', 4000);
    const forEver = new HostedProgram({
      DATABASE_URL: runtime.database.owner.url,
      AZT3KNET_JOB_RETENTION_DAYS: '0',
    });
    const nothing = await forEver.run('db', 'sweep', '--json');
    expect(JSON.parse(nothing.stdout)).toMatchObject({ dry_run: false });
    expect(JSON.parse(nothing.stdout)).toMatchObject({
      swept: expect.arrayContaining([{ name: 'jobs', days: 0, rows: 0 }]) as object[],
    });
    const dry = await new HostedProgram({ DATABASE_URL: runtime.database.owner.url }).run(
      'db',
      'sweep',
      '--dry-run',
    );
    expect(dry.stdout).toMatch(/jobs .* 90 days .* 1 /);
    forEver.remove();
  });
});
