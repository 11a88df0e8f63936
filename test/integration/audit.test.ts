import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { AuditService } from '../../src/core/audit/index.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from '../support/runtime.js';

describe('the audit chain', () => {
  let runtime: Runtime;
  let app: INestApplicationContext;
  let audit: AuditService;
  let owner: pg.Client;

  const append = (...ids: string[]): Promise<void> =>
    app.get(DataSource).transaction((manager) =>
      audit.append(
        manager,
        ...ids.map((id) => ({
          actor: 'test',
          action: 'test.act',
          subject: { type: 'thing', id },
          data: { id, n: 1.5, ü: 'ñ' },
        })),
      ),
    );

  beforeAll(async () => {
    runtime = await testRuntime();
    app = await NestFactory.createApplicationContext(compose('services', runtime), { logger: false });
    audit = app.get(AuditService);
    owner = new pg.Client(runtime.database.owner.url);
    await owner.connect();
  });

  afterAll(async () => {
    await owner.end();
    await app.close();
    await runtime.close();
  });

  it('does not fork when many write at once', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, i) => append(`${i}a`, `${i}b`)));
    expect(await audit.verify()).toMatchObject({ intact: true, records: 60 });
  });

  it('loses nothing and leaves no gap when a transaction rolls back', async () => {
    const rolledBack = app.get(DataSource).transaction(async (manager) => {
      await audit.append(manager, {
        actor: 'test',
        action: 'test.act',
        subject: { type: 'thing', id: 'x' },
        data: {},
      });
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    await append('after');
    expect(await audit.verify()).toMatchObject({ intact: true, records: 61 });
  });

  it.each(['UPDATE audit SET actor = actor', 'DELETE FROM audit', 'TRUNCATE audit'])(
    'refuses the application %s',
    async (statement) => {
      await expect(app.get(DataSource).query(statement)).rejects.toThrow('permission denied for table audit');
    },
  );

  it.each([
    [
      `UPDATE audit SET data = '{"id":"forged"}' WHERE sequence = 30`,
      '30',
      'its content does not match its hash',
    ],
    [
      `UPDATE audit SET occurred_at = occurred_at + interval '1 ms' WHERE sequence = 60`,
      '60',
      'its content does not match its hash',
    ],
    ['DELETE FROM audit WHERE sequence = 12', '13', 'record 12 is missing'],
    [
      `UPDATE audit SET previous_hash = repeat('0', 64) WHERE sequence = 5`,
      '5',
      'it does not follow the record before it',
    ],
  ])('finds %s', async (tampering, sequence, reason) => {
    // DDL aside, each tampering is undone by restoring a copy.
    await owner.query('CREATE TEMP TABLE kept AS SELECT * FROM audit');
    await owner.query(tampering);
    expect(await audit.verify()).toMatchObject({ intact: false, broken: { sequence, reason } });
    await owner.query('DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; DROP TABLE kept');
    expect((await audit.verify()).intact).toBe(true);
  });
});
