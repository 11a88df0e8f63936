import { setTimeout } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller } from '../support/caller.js';
import { pageOf, walk } from '../support/lists.js';

let test: TestApplication;
let began: string;
beforeAll(async () => {
  test = await testApplication({}, 'api');
  await append('grace', 'lab.open', 'one');
  await append('grace', 'lab.close', 'one');
  await append('ada', 'lab.open', 'two');
  await append('ada', 'laboratory.open', 'three');
  // Times are told to the millisecond: both records are to be in others than `began`.
  await setTimeout(5);
  began = new Date().toISOString();
  await setTimeout(5);
  await append('ada', 'lab.close', 'two');
});
afterAll(() => test.close());

const append = (actor: string, action: string, id: string): Promise<void> =>
  test.app.get(DataSource).transaction((manager) =>
    test.app.get(AuditService).append(manager, {
      actor,
      action,
      subject: { type: 'room', id },
      data: { door: { locked: true } },
    }),
  );
const shown = async (query: string): Promise<unknown[]> =>
  (await pageOf(test, `/api/v1/audit?${query}`)).items.map(
    ({ actor, action, subject_id }) => `${String(actor)} ${String(action)} ${String(subject_id)}`,
  );

describe('the audit', () => {
  it('is read page by page, every record once and as it is chained', async () => {
    const newest = await walk(test, '/api/v1/audit');
    const sequences = newest.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, index) => newest.length - index));
    const oldest = await walk(test, '/api/v1/audit?sort=sequence', 2);
    expect(oldest).toEqual(newest.toReversed());
    for (const [index, record] of oldest.entries())
      expect(record['previous_hash']).toBe(index === 0 ? '0'.repeat(64) : oldest[index - 1]?.['hash']);
    expect(oldest.find(({ actor }) => actor === 'grace')).toMatchObject({
      synthetic: true,
      action: 'lab.open',
      subject_type: 'room',
      subject_id: 'one',
      data: { door: { locked: true } },
    });
  });

  it.each([
    ['actor=grace', ['grace lab.close one', 'grace lab.open one']],
    ['action=lab.open', ['ada lab.open two', 'grace lab.open one']],
    ['action=lab.*&actor=ada', ['ada lab.close two', 'ada lab.open two']],
    ['subject_type=room&subject_id=two&sort=sequence', ['ada lab.open two', 'ada lab.close two']],
    ['action=lab.nothing', []],
  ])('is filtered by %s', async (query, expected) => {
    expect(await shown(query)).toEqual(expected);
  });

  it('tells what there is where a filter finds nothing, and only there', async () => {
    const { body } = await test.call('GET', '/api/v1/audit?action=lab.nothing');
    expect(body['known']).toMatchObject({
      actions: expect.arrayContaining(['lab.close', 'lab.open', 'laboratory.open']) as unknown,
      actors: expect.arrayContaining(['ada', 'grace']) as unknown,
      subject_types: expect.arrayContaining(['room']) as unknown,
    });
    expect((await test.call('GET', '/api/v1/audit?actor=ada')).body).not.toHaveProperty('known');
  });

  it('is filtered by time', async () => {
    expect(await shown(`subject_type=room&occurred_after=${began}`)).toEqual(['ada lab.close two']);
    expect(await shown(`subject_type=room&occurred_before=${began}`)).toHaveLength(4);
  });

  it.each(['action=lab%25', 'action=*', 'sort=actor', 'cursor=x', 'subject=one'])(
    'says what is wrong with %s',
    async (query) => {
      expect((await test.call('GET', `/api/v1/audit?${query}`)).body).toMatchObject({ status: 422 });
    },
  );

  it('is for administrators and auditors', async () => {
    const statuses = await Promise.all(
      ['admin', 'auditor', 'operator', 'viewer', 'user'].map(async (role) => {
        const { authorization } = await makeCaller(test.app, role);
        return (await test.call('GET', '/api/v1/audit', undefined, { authorization })).status;
      }),
    );
    expect(statuses).toEqual([200, 200, 403, 403, 403]);
  });
});
