import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Laboratory, type Body } from '../support/laboratory.js';

describe('policies', () => {
  let lab: Laboratory;

  beforeAll(async () => {
    lab = await Laboratory.open();
  });

  afterAll(async () => {
    await lab?.close();
  });

  it('are listed by name, by filters, page by page', async () => {
    const names = async (query: string): Promise<unknown[]> => {
      const { body } = await lab.call('GET', `/policies?${query}`);
      return (body['policies'] as Body[]).map(({ name }) => name);
    };
    const all = [
      'coordination',
      'disclosure',
      'disinformation',
      'pii',
      'platform-limits',
      'prompt-injection',
      'safety',
      'spam',
    ];
    expect(await names('')).toEqual(all);
    expect(await names('label=pii')).toEqual(['pii']);
    expect(await names('name=s&language=es')).toEqual([
      'disclosure',
      'disinformation',
      'platform-limits',
      'safety',
      'spam',
    ]);
    const paged: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await lab.call('GET', `/policies?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...(body['policies'] as Body[]).map(({ name }) => name));
      cursor = body['next_cursor'] as string | null;
    }
    expect(paged).toEqual(all);
    expect(await lab.call('GET', '/policies?cursor=x')).toMatchObject({ status: 422 });
  });

  it('tell their rules with the examples of each', async () => {
    const { status, body, headers } = await lab.call('GET', '/policies/pii');
    expect(status).toBe(200);
    expect(headers['etag']).toBe(`"${String(body['sha256'])}"`);
    expect(body).toMatchObject({ synthetic: true, name: 'pii', version: '1.1.0', labels: ['pii'], sets: {} });
    expect((body['rules'] as Body[])[0]).toMatchObject({
      id: 'email',
      severity: 'high',
      action: 'block',
      tests: {
        matches: expect.arrayContaining(['Write to ana.lopez@example.com!']),
        passes: expect.any(Array),
      },
    });
    expect(await lab.call('GET', '/policies/none')).toMatchObject({
      status: 404,
      body: { code: 'policy_not_found' },
    });
  });

  it('judge texts when asked, and keep nothing of it', async () => {
    const counts = () =>
      lab.dataSource.query('SELECT (SELECT count(*) FROM decisions), (SELECT count(*) FROM audit)');
    const before = await counts();
    const texts = [
      { field: 'caption', text: 'A new wall in Roma Norte.' },
      { field: 'bio', text: 'Write to ana.lopez@example.com!' },
    ];
    const { status, body } = await lab.call('POST', '/compliance/check', { texts });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        synthetic: true,
        action: 'block',
        checked: true,
        labels: ['pii'],
        matches: [{ policy: 'pii', rule: 'email', field: 'bio', start: 9, text: 'ana.lopez@example.com' }],
      },
    });
    expect(body['policies']).toHaveLength(8);
    expect(await counts()).toEqual(before);
  });

  it.each([
    ['no texts', { texts: [] }, 'texts'],
    ['too many texts', { texts: Array.from({ length: 101 }, () => ({ field: 'a', text: 'b' })) }, 'texts'],
    ['too long a text', { texts: [{ field: 'a', text: 'x'.repeat(20_001) }] }, 'texts[0].text'],
    [
      'too much text',
      { texts: Array.from({ length: 11 }, () => ({ field: 'a', text: 'x'.repeat(20_000) })) },
      'texts',
    ],
    ['a text without a field', { texts: [{ text: 'x' }] }, 'texts[0].field'],
  ])('refuse to judge %s', async (_what, body, field) => {
    const answer = await lab.call('POST', '/compliance/check', body);
    expect({ status: answer.status, errors: answer.body['errors'] }).toMatchObject({
      status: 422,
      errors: [{ field }],
    });
  });
});
