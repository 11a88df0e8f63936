import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { RetentionService } from '../../src/core/retention/index.js';
import { AdapterRegistry } from '../../src/modules/integrations/index.js';
import { Delivery } from '../../src/modules/scheduler/publications/delivery.js';
import { Reconciliation } from '../../src/modules/scheduler/publications/reconciliation.js';
import { TestNetwork } from '../support/network.js';
import { ended, startWorkflow } from '../support/workflows.js';

let network: TestNetwork;
let source: DataSource;

const part = <T>(token: abstract new (...args: never[]) => T): T =>
  network.test.app.get<T>(token, { strict: false });
const rows = <T = Record<string, unknown>>(statement: string, values: unknown[] = []): Promise<T[]> =>
  source.query<T[]>(statement, values);

interface Row {
  id: string;
  agent_id: string;
  state: string;
  reason: string | null;
  remote_id: string;
}
const publication = async (id: string): Promise<Row> =>
  (await rows<Row>('SELECT * FROM publications WHERE id = $1', [id]))[0] as Row;
const due = (id: string, change = ''): Promise<unknown> =>
  rows(`UPDATE publications SET reconcile_at = now()${change} WHERE id = $1`, [id]);
const acts = async (id: string): Promise<string[]> =>
  (
    await rows<{ action: string }>('SELECT action FROM audit WHERE subject_id = $1 ORDER BY sequence', [id])
  ).map(({ action }) => action);

const sweep = async (dry: boolean): Promise<unknown> =>
  (await part(RetentionService).sweep(dry)).find(({ name }) => name === 'token_buckets');

let published: string[];

beforeAll(async () => {
  network = await TestNetwork.open();
  source = network.test.app.get(DataSource);
  const input = { population: network.populationId, template: 'street_art_campaign', most: 4 };
  const { id } = await startWorkflow(network.test, 'content_publication', input);
  const done = await ended(network.test, id);
  const { published: out } = done.steps.at(-1)?.output ?? {};
  published = (out as { publication_id: string }[]).map((each) => each.publication_id);
  // From here on nobody works but the test.
  await part(Delivery).beforeApplicationShutdown();
}, 180_000);
afterAll(() => network?.close());

describe('publications that are held against their platform', () => {
  it('stay as they are while it has them, and have their turn again in a day', async () => {
    expect(published).toHaveLength(4);
    const [id = ''] = published;
    const before = await acts(id);
    await due(id);
    await part(Reconciliation).step();
    expect(await publication(id)).toMatchObject({ state: 'published', reason: null });
    expect(await acts(id)).toEqual(before);
    expect(
      await rows(
        `SELECT reconcile_at > now() + interval '23 hours' AS later FROM publications WHERE id = $1`,
        [id],
      ),
    ).toEqual([{ later: true }]);
  });

  it('are told to be gone when it has them no more', async () => {
    const id = published[1] ?? '';
    const { agent_id, remote_id } = await publication(id);
    await part(AdapterRegistry)
      .get('sandbox')
      .delete({ account: { agentId: agent_id }, target: remote_id, key: 'gone' });
    await due(id);
    await part(Reconciliation).step();
    expect(await publication(id)).toMatchObject({
      state: 'removed',
      reason: 'it was published, and the platform has it no more',
      remote_id,
    });
    expect((await acts(id)).at(-1)).toBe('publication.removed');
    const { body } = await network.test.call('GET', `/api/v1/publications/${id}`);
    expect(body).toMatchObject({ state: 'removed' });
  });

  it('are found by their key where nobody knew what became of them', async () => {
    const id = published[2] ?? '';
    const { remote_id } = await publication(id);
    await due(
      id,
      `, state = 'failed', remote_id = NULL, url = NULL, reason = 'nobody knows what became of it'`,
    );
    await part(Reconciliation).step();
    expect(await publication(id)).toMatchObject({
      state: 'published',
      reason: 'found on the platform by its key',
      remote_id,
    });
    expect((await acts(id)).at(-1)).toBe('publication.published');
  });

  it('have failed for good where the platform has nothing of them', async () => {
    const id = published[3] ?? '';
    const { agent_id, remote_id } = await publication(id);
    await part(AdapterRegistry)
      .get('sandbox')
      .delete({ account: { agentId: agent_id }, target: remote_id, key: 'gone' });
    await due(
      id,
      `, state = 'failed', remote_id = NULL, url = NULL, reason = 'nobody knows what became of it'`,
    );
    await part(Reconciliation).step();
    expect(await publication(id)).toMatchObject({
      state: 'failed',
      reason: 'the platform was asked again, and has nothing of it',
    });
    expect(await rows('SELECT reconcile_at FROM publications WHERE id = $1', [id])).toEqual([
      { reconcile_at: null },
    ]);
    expect((await part(AuditService).verify()).intact).toBe(true);
  });
});

it('token buckets that have been full for a day go', async () => {
  await rows('DELETE FROM token_buckets');
  await rows(
    `INSERT INTO token_buckets SELECT key, extract(epoch FROM now() - age) * 1000
     FROM (VALUES ('old', interval '25 hours'), ('young', interval '1 hour')) AS given (key, age)`,
  );
  expect(await sweep(true)).toEqual({ name: 'token_buckets', days: 1, rows: 1 });
  expect(await sweep(false)).toEqual({ name: 'token_buckets', days: 1, rows: 1 });
  expect(await rows('SELECT key FROM token_buckets')).toEqual([{ key: 'young' }]);
});
