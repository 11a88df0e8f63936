import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentsRepository } from '../../src/core/documents/index.js';
import { ComplianceService, evaluate, SubjectTexts } from '../../src/modules/compliance/index.js';
import { LocalClassifiers } from '../../src/modules/compliance/classifiers/index.js';
import { PolicyLibrary } from '../../src/modules/compliance/policy/policy-library.js';
import { Laboratory, type Answer, type Body } from '../support/laboratory.js';

/** What the house forbids, in a version, with a status. */
const house = (version: string, term = 'plinth', status = 'live'): string => `id: house
version: ${version}
title: House rules
description: Rules of this house.
languages: [en]
rules:
  # Said twice, meant once.
  - id: no-plinth
    title: Speaks of it
    status: ${status}
    severity: medium
    action: block
    label: house
    terms: [${term}]
    tests:
      matches: [A ${term}.]
      passes: [A wall.]
`;

describe('the life of a policy', () => {
  let lab: Laboratory;

  const tag = async (name: string): Promise<Record<string, string>> => {
    const { headers } = await lab.call('GET', `/policies/${name}`);
    return { 'if-match': String(headers['etag']) };
  };
  const check = async (text: string): Promise<Body> => {
    const { body } = await lab.call('POST', '/compliance/check', { texts: [{ field: 'text', text }] });
    return body;
  };
  const setStatus = async (status: string, more: object = {}): Promise<Answer> =>
    lab.call('PUT', '/policies/house/rules/no-plinth/status', { status, ...more }, await tag('house'));

  beforeAll(async () => {
    lab = await Laboratory.open();
  });
  afterAll(async () => {
    await lab?.close();
  });

  it('begins with the next decision, here and for whoever else reads the database', async () => {
    const elsewhere = new PolicyLibrary(
      lab.dataSource,
      lab.app.get(DocumentsRepository, { strict: false }),
      new LocalClassifiers(),
    );
    const decide = async (): Promise<string> =>
      evaluate([{ field: 'text', text: 'a plinth' }], (await elsewhere.inForce()).compiled).action;
    expect(await decide()).toBe('allow');
    expect(await lab.call('POST', '/policies', house('1.0.0'))).toMatchObject({ status: 201 });
    expect(await decide()).toBe('block');
    expect(await check('a plinth')).toMatchObject({ action: 'block', labels: ['house'] });
    expect(await elsewhere.inForce()).toBe(await elsewhere.inForce());
  });

  it('refuses a policy that would cost too much, whoever only tries it', async () => {
    const content = house('1.0.1').replace('terms: [plinth]', `terms: [plinth, '${'(a|) '.repeat(50)}b']`);
    const errors = [{ field: 'rules[0].terms[1]', message: expect.stringContaining('at most 10') as string }];
    expect(await lab.call('POST', '/policies/check', { content })).toMatchObject({
      status: 422,
      body: { errors },
    });
    const body = { content, texts: [{ id: '1', text: 'a a a' }] };
    expect(await lab.call('POST', '/compliance/backtest', body)).toMatchObject({
      status: 422,
      body: { errors },
    });
  });

  it('refuses a version that leaves no room for another', async () => {
    const answer = await lab.call('PUT', '/policies/house', house('999999999.0.0'), await tag('house'));
    const message = 'must have numbers up to 2, 9999, 9999, since 1.0.0 is the newest';
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'policy_version_jumps', errors: [{ field: 'version', message }] },
    });
  });

  it('refuses a version whose examples do not turn out, with the line', async () => {
    const wrong = house('1.0.1').replace('A wall.', 'A plinth.');
    const { status, body } = await lab.call('PUT', '/policies/house', wrong, await tag('house'));
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: 'document_invalid',
      errors: [{ field: 'rules[0].tests.passes[0]', message: 'the rule no-plinth matches it' }],
    });
    expect(String(body['detail'])).toMatch(/document:17:\d+/u);
  });

  it('goes through shadow, a part of the subjects and retirement, each a version that keeps its comments', async () => {
    const shadow = await setStatus('shadow', { note: 'first look' });
    expect(shadow).toMatchObject({ status: 200, body: { version: '1.0.1', note: 'first look' } });
    expect(shadow.body['content']).toContain('# Said twice, meant once.');
    expect(await check('a plinth')).toMatchObject({
      action: 'allow',
      matches: [],
      shadow_matches: [{ policy: 'house', rule: 'no-plinth' }],
    });
    expect(await setStatus('percentage')).toMatchObject({ status: 422 });
    expect(await setStatus('percentage', { percent: 40 })).toMatchObject({ body: { version: '1.0.2' } });
    expect(await setStatus('retired')).toMatchObject({ body: { version: '1.0.3' } });
    expect(await check('a plinth')).toMatchObject({ action: 'allow', shadow_matches: [] });
    const lost = await lab.call(
      'PUT',
      '/policies/house/rules/no-plinth/status',
      { status: 'live' },
      { 'if-match': '"old"' },
    );
    expect(lost.status).toBe(412);
    const nowhere = await lab.call(
      'PUT',
      '/policies/house/rules/none/status',
      { status: 'live' },
      await tag('house'),
    );
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'rule_not_found' } });
  });

  it('goes back one version, and to a named one', async () => {
    const back = await lab.call('POST', '/policies/house/rollback', {}, await tag('house'));
    expect(back).toMatchObject({ status: 200, body: { version: '1.0.2' } });
    const first = await lab.call(
      'POST',
      '/policies/house/rollback',
      { version: '1.0.0', note: 'enough' },
      await tag('house'),
    );
    expect(first).toMatchObject({ status: 200, body: { version: '1.0.0' } });
    expect(await check('a plinth')).toMatchObject({ action: 'block' });
    const none = await lab.call('POST', '/policies/house/rollback', {}, await tag('house'));
    expect(none).toMatchObject({ status: 409, body: { code: 'policy_first' } });
    const gone = await lab.call('POST', '/policies/house/rollback', { version: '1.0.3' }, await tag('house'));
    expect(gone.status).toBe(409);
    const audit: { action: string; id: string }[] = await lab.dataSource.query(
      `SELECT action, subject_id AS id FROM audit WHERE action LIKE 'policy.%' ORDER BY sequence`,
    );
    expect(audit.map(({ action, id }) => `${action} ${id}`)).toEqual([
      'policy.add house@1.0.0',
      'policy.add house@1.0.1',
      'policy.add house@1.0.2',
      'policy.add house@1.0.3',
      'policy.retire house@1.0.3',
      'policy.retire house@1.0.2',
      'policy.retire house@1.0.1',
    ]);
  });

  it('shows what its retirement would change, of all versions or of one', async () => {
    const tried = async (retire: string): Promise<Answer> =>
      lab.call('POST', '/compliance/backtest', { retire, texts: [{ id: '1', text: 'a plinth' }] });
    expect(await tried('house')).toMatchObject({
      status: 200,
      body: {
        policy: { name: 'house', version: null, current: '1.0.0' },
        items: [{ before: { action: 'block' }, after: { action: 'allow' }, changed: true }],
      },
    });
    await setStatus('shadow');
    const { body } = await lab.call('GET', '/policies/house');
    const newest = String(body['version']);
    expect(await tried(`house@${newest}`)).toMatchObject({
      body: {
        policy: { name: 'house', version: '1.0.0', current: newest },
        items: [{ before: { action: 'allow' }, after: { action: 'block' } }],
      },
    });
    expect(await tried('house@1.0.0')).toMatchObject({
      body: { policy: { version: newest }, items: [{ changed: false }] },
    });
    expect(await tried('spam')).toMatchObject({
      body: { policy: { name: 'spam', version: '1.3.0', current: '1.3.0' }, items: [{ changed: false }] },
    });
    expect(await tried('nobody')).toMatchObject({ status: 404, body: { code: 'policy_not_found' } });
    const both = { retire: 'house', policy: 'house' };
    expect(await lab.call('POST', '/compliance/backtest', both)).toMatchObject({ status: 422 });
    await lab.call('POST', '/policies/house/rollback', {}, await tag('house'));
  });

  it('covers a policy that comes with the product, and uncovers it', async () => {
    const { body } = await lab.call('GET', '/policies/disclosure');
    const stricter = String(body['content'])
      .replace('version: 1.1.0', 'version: 1.1.1')
      .replace('action: review', 'action: block');
    expect(await lab.call('PUT', '/policies/disclosure', stricter, await tag('disclosure'))).toMatchObject({
      status: 200,
    });
    expect(await check("I'm not a bot")).toMatchObject({ action: 'block' });
    const back = await lab.call('POST', '/policies/disclosure/rollback', {}, await tag('disclosure'));
    expect(back).toMatchObject({ body: { version: '1.1.0', origin: 'shipped' } });
    expect(await check("I'm not a bot")).toMatchObject({ action: 'review' });
  });

  it('keeps in decisions what shadow rules matched, and when labels end', async () => {
    const shadowed = house('2.0.0', 'plinth', 'shadow').replace(
      'rules:\n',
      `rules:
  - id: old-word
    title: Old
    severity: low
    action: label
    label: old
    expires_in: 1d
    terms: [olden]
    tests: { matches: [olden days], passes: [new days] }
`,
    );
    expect(await lab.call('PUT', '/policies/house', shadowed, await tag('house'))).toMatchObject({
      status: 200,
    });
    const guard = lab.app.get(ComplianceService, { strict: false });
    const { id } = await lab.dataSource.transaction((manager) =>
      guard.decide(manager, { type: 'draft', id: 'x' }, [{ field: 'text', text: 'an olden plinth' }], 'test'),
    );
    const { body } = await lab.call('GET', `/decisions/${id}`);
    expect(body).toMatchObject({
      action: 'label',
      matches: [{ rule: 'old-word', label_expires_in: 86_400 }],
      shadow_matches: [{ rule: 'no-plinth', action: 'block' }],
    });
    const ends = Date.parse((body['label_expiries'] as Record<string, string>)['old'] ?? '');
    expect(ends - Date.parse(String(body['decided_at']))).toBe(86_400_000);
  });
});

describe('a backtest', () => {
  let lab: Laboratory;

  const run = async (body: object): Promise<Body> =>
    (await lab.call('POST', '/compliance/backtest', body)).body;

  beforeAll(async () => {
    lab = await Laboratory.open();
    const texts = lab.app.get(SubjectTexts, { strict: false });
    const guard = lab.app.get(ComplianceService, { strict: false });
    const given = new Map([
      ['a', 'a plinth'],
      ['b', 'a wall'],
    ]);
    texts.register(
      'population',
      async (_manager, ids) =>
        new Map(
          ids.flatMap((id) => (given.has(id) ? [[id, [{ field: 'text', text: given.get(id) ?? '' }]]] : [])),
        ),
    );
    await lab.app.get(DataSource).transaction(async (manager) => {
      for (const id of ['a', 'b', 'gone'])
        await guard.decide(manager, { type: 'population', id }, [{ field: 'text', text: id }], 'test');
    });
  });
  afterAll(async () => {
    await lab?.close();
  });

  it('tells item by item what a text that is not there yet would change, and keeps nothing', async () => {
    const body = await run({
      content: house('1.0.0'),
      texts: [
        { id: '1', text: 'a plinth', expected: true },
        { id: '2', text: 'a wall', expected: false },
      ],
    });
    expect(body).toMatchObject({
      policy: { name: 'house', version: '1.0.0', current: null },
      items: [
        {
          id: '1',
          expected: true,
          changed: true,
          before: { action: 'allow' },
          after: { action: 'block', rules: ['house/no-plinth'] },
        },
        { id: '2', expected: false, changed: false, after: { action: 'allow', rules: [] } },
      ],
    });
    expect(await lab.call('GET', '/policies/house')).toMatchObject({ status: 404 });
  });

  it('goes page by page through what was decided, as far as its texts are there', async () => {
    const items: Body[] = [];
    let skipped = 0;
    for (let cursor: unknown; cursor !== null;) {
      const page = await run({
        content: house('1.0.0'),
        subject_type: 'population',
        limit: 1,
        ...(cursor !== undefined && { cursor }),
      });
      items.push(...(page['items'] as Body[]));
      skipped += Number(page['skipped']);
      cursor = page['next_cursor'];
    }
    expect(items.filter(({ changed }) => changed === true)).toHaveLength(1);
    expect(items).toHaveLength(2);
    expect(skipped).toBe(1);
  });

  it('tries another status of a rule', async () => {
    const change = { rule: 'easy-money', status: 'shadow' };
    const body = await run({ policy: 'spam', change, texts: [{ id: '1', text: 'make money fast' }] });
    expect(body).toMatchObject({
      policy: { name: 'spam', version: '1.3.1', current: '1.3.0' },
      items: [
        {
          before: { action: 'block', rules: ['spam/easy-money'] },
          after: { action: 'allow', shadow_rules: ['spam/easy-money'] },
        },
      ],
    });
  });

  it.each([
    ['neither policy nor content', {}, 'policy'],
    ['a change of content', { content: 'x', change: { rule: 'a', status: 'live' } }, 'change'],
    ['no texts', { policy: 'spam', texts: [] }, 'texts'],
  ])('refuses %s', async (_what, body, field) => {
    const answer = await lab.call('POST', '/compliance/backtest', body);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });
});
