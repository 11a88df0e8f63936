import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { templateText } from '../support/documents.js';
import { Laboratory, type Answer, type Body } from '../support/laboratory.js';

const SHIPPED = 'street_art_campaign';

const tagOf = ({ headers }: Answer): string => String(headers['etag']);

describe('templates as a resource', () => {
  let lab: Laboratory;
  const add = (text: string) => lab.call('POST', '/templates', text);
  const put = (name: string, text: string | object, ifMatch: string) =>
    lab.call('PUT', `/templates/${name}`, text, { 'if-match': ifMatch });

  beforeAll(async () => {
    lab = await Laboratory.open();
  });

  afterAll(async () => {
    await lab?.close();
  });

  it('has what comes with the product, without any seeding', async () => {
    const { status, body, headers } = await lab.call('GET', `/templates/${SHIPPED}`);
    const text = readFileSync(join(PROJECT_ROOT, 'templates', `${SHIPPED}.yaml`), 'utf8');
    expect({ status, content: body['content'] }).toEqual({ status: 200, content: text });
    expect(body).toMatchObject({
      synthetic: true,
      name: SHIPPED,
      version: '1.0.0',
      origin: 'shipped',
      languages: ['en', 'es'],
      created_at: null,
      template: { id: SHIPPED, languages: { es: { terms: { 'street art': 'arte callejero' } } } },
    });
    expect(body['template']).toEqual(parse(text));
    expect(headers['etag']).toBe(`"${String(body['sha256'])}"`);
    const list = await lab.call('GET', '/templates?limit=100');
    const names = readdirSync(join(PROJECT_ROOT, 'templates')).map((file) => file.replace('.yaml', ''));
    expect((list.body['templates'] as Body[]).map(({ name }) => name)).toEqual(names.toSorted());
    expect(list.body).toMatchObject({ next_cursor: null });
  });

  it('takes a template as YAML and keeps the text, comments included', async () => {
    const made = await add(templateText('hello'));
    expect(made).toMatchObject({
      status: 201,
      body: { version: '1.0.0', origin: 'stored', created_by: 'admin' },
    });
    expect(made.headers['location']).toBe('/api/v1/templates/hello?version=1.0.0');
    const read = await lab.call('GET', '/templates/hello');
    expect(read.body).toEqual(made.body);
    expect(read.body['content']).toBe(templateText('hello'));
    expect(tagOf(read)).toBe(tagOf(made));
    expect(await add(templateText('hello'))).toMatchObject({ status: 200, body: made.body });
  });

  it('sends nothing to whoever has it already', async () => {
    const read = await lab.call('GET', '/templates/hello');
    const known = (tag: string) => lab.call('GET', '/templates/hello', undefined, { 'if-none-match': tag });
    expect(await known(tagOf(read))).toMatchObject({ status: 304, body: {}, headers: { etag: tagOf(read) } });
    expect(await known(`"other", W/${tagOf(read)}`)).toMatchObject({ status: 304 });
    expect(await known('"other"')).toMatchObject({ status: 200, body: read.body });
  });

  it('takes a template as an object, with the same meaning', async () => {
    const { body } = await lab.call('GET', '/templates/hello');
    const document = { ...(body['template'] as Body), id: 'hello_object' };
    const made = await lab.call('POST', '/templates', { document, note: 'Made by a program.' });
    expect(made).toMatchObject({ status: 201, body: { note: 'Made by a program.', template: document } });
  });

  it('gives a name newer versions, each of which stays as it was', async () => {
    const first = await add(templateText('grows'));
    const second = await put(
      'grows',
      templateText('grows', '1.1.0', 'Greetings from {{ agent.city }}, {{ opening }}'),
      tagOf(first),
    );
    expect(second).toMatchObject({ status: 200, body: { version: '1.1.0' } });
    const third = await put(
      'grows',
      { content: templateText('grows', '1.10.0'), note: 'Back.' },
      tagOf(second),
    );
    expect(third.status).toBe(200);
    expect((await lab.call('GET', '/templates/grows')).body).toMatchObject({
      version: '1.10.0',
      note: 'Back.',
    });
    const versions = await lab.call('GET', '/templates/grows/versions');
    expect((versions.body['versions'] as Body[]).map(({ version }) => version)).toEqual([
      '1.10.0',
      '1.1.0',
      '1.0.0',
    ]);
    for (const by of ['?version=1.1.0', '@1.1.0', `?sha256=${String(second.body['sha256'])}`])
      expect((await lab.call('GET', `/templates/grows${by}`)).body).toEqual(second.body);
    for (const none of ['@', '@1.2.0', '?version=', '?sha256=0123456789abcdef', '@1.0.0?version=1.1.0'])
      expect(await lab.call('GET', `/templates/grows${none}`)).toMatchObject({ status: 404 });
    const pages: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await lab.call(
        'GET',
        `/templates/grows/versions?limit=1${cursor && `&cursor=${cursor}`}`,
      );
      pages.push(...(body['versions'] as Body[]).map(({ version }) => version));
      cursor = body['next_cursor'] as string | null;
    }
    expect(pages).toEqual(['1.10.0', '1.1.0', '1.0.0']);
  });

  it.each([
    ['another name', templateText('other', '2.0.0'), undefined, 422, 'template_misnamed', 'id'],
    [
      'a version that is there',
      templateText('strict', '1.0.0', 'New {{ opening }} {{ agent.city }}'),
      undefined,
      409,
      'template_version_taken',
      'version',
    ],
    [
      'an older version',
      templateText('strict', '0.9.9'),
      undefined,
      409,
      'template_version_taken',
      'version',
    ],
    ['no If-Match', templateText('strict', '2.0.0'), '', 428, 'if_match_required', 'If-Match'],
    ['an old If-Match', templateText('strict', '2.0.0'), '"old"', 412, 'changed_meanwhile', undefined],
    [
      'a version too large',
      templateText('strict', '9999.0.0').replace('9999.0.0', '99999999999'),
      undefined,
      422,
      'template_invalid',
      'version',
    ],
    [
      'a version far above',
      templateText('strict', '3.0.0'),
      undefined,
      422,
      'template_version_jumps',
      'version',
    ],
  ])('refuses to replace by %s', async (_what, text, ifMatch, status, code, field) => {
    const made = await add(templateText('strict'));
    const headers: Record<string, string> = ifMatch === '' ? {} : { 'if-match': ifMatch ?? tagOf(made) };
    const answer = await lab.call('PUT', '/templates/strict', text, headers);
    expect(answer).toMatchObject({ status, body: { code } });
    const fields = (answer.body['errors'] as Body[] | undefined)?.map((error) => error['field']);
    expect(fields).toEqual(field === undefined ? undefined : [field]);
    expect((await lab.call('GET', '/templates/strict')).body).toMatchObject({ version: '1.0.0' });
  });

  it('refuses a first version with hardly any above it, and says which is accepted', async () => {
    const answer = await add(templateText('summit', '9999.9999.9999'));
    const message = 'must have numbers up to 3000, 9999, 9999, since it is the first';
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'version', message }] } });
    const dated = await add(templateText('summit', '2026.11.21'));
    expect(dated).toMatchObject({ status: 201 });
    const later = templateText('summit', '2028.1.1');
    const detail = 'version must have numbers up to 2027, 10010, 10020, since 2026.11.21 is the newest';
    expect(await lab.call('PUT', '/templates/summit', later, { 'if-match': tagOf(dated) })).toMatchObject({
      status: 422,
      body: { code: 'template_version_jumps', detail },
    });
  });

  it('refuses to add a name that is there', async () => {
    await add(templateText('taken'));
    const again = await add(templateText('taken', '1.1.0'));
    expect(again).toMatchObject({ status: 409, body: { code: 'template_exists' } });
    expect(await add(templateText(SHIPPED, '2.0.0'))).toMatchObject({ status: 409 });
  });

  it('lets one of two who replace the same version, and tells the other', async () => {
    const made = await add(templateText('contested'));
    const texts = ['one', 'two'].map((word, index) =>
      templateText('contested', `1.${index + 1}.0`, `${word} {{ opening }} {{ agent.city }}`),
    );
    const answers = await Promise.all(texts.map((text) => put('contested', text, tagOf(made))));
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '412']);
    const versions = await lab.call('GET', '/templates/contested/versions');
    expect(versions.body['versions']).toHaveLength(2);
  });

  it('makes a name once, however many add it at a time', async () => {
    const answers = await Promise.all([0, 1, 2, 3].map(() => add(templateText('at_once'))));
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '200', '200', '201']);
  });

  it('covers what comes with the product by a newer version, and uncovers it by retiring that', async () => {
    const shipped = await lab.call('GET', `/templates/${SHIPPED}`);
    const newer = templateText(SHIPPED, '1.0.1');
    expect(await put(SHIPPED, templateText(SHIPPED, '0.9.0'), tagOf(shipped))).toMatchObject({ status: 409 });
    const covered = await put(SHIPPED, newer, tagOf(shipped));
    expect(covered).toMatchObject({ status: 200, body: { version: '1.0.1', origin: 'stored' } });
    expect((await lab.call('GET', `/templates/${SHIPPED}?version=1.0.0`)).body).toEqual(shipped.body);
    const retired = await lab.call('DELETE', `/templates/${SHIPPED}`, undefined, {
      'if-match': tagOf(covered),
    });
    expect(retired).toMatchObject({ status: 204, body: {} });
    const again = await lab.call('GET', `/templates/${SHIPPED}`);
    expect(again.body).toEqual(shipped.body);
    const refused = await lab.call('DELETE', `/templates/${SHIPPED}`, undefined, {
      'if-match': tagOf(again),
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'template_shipped' } });
  });

  it('retires: gone from lists and as the current version, still to be named and read', async () => {
    const first = await add(templateText('leaves'));
    const second = await put('leaves', templateText('leaves', '2.0.0'), tagOf(first));
    const retire = (query: string, tag: string) =>
      lab.call('DELETE', `/templates/leaves${query}`, undefined, { 'if-match': tag });
    expect(await retire('?version=2.0.0', tagOf(first))).toMatchObject({ status: 412 });
    expect(await retire('?version=2.0.0', tagOf(second))).toMatchObject({ status: 204 });
    expect((await lab.call('GET', '/templates/leaves')).body).toMatchObject({ version: '1.0.0' });
    expect(await retire('', '*')).toMatchObject({ status: 204 });
    expect(await lab.call('GET', '/templates/leaves')).toMatchObject({
      status: 404,
      body: { code: 'template_not_found' },
    });
    const old = await lab.call('GET', '/templates/leaves?version=2.0.0');
    expect(old.body['content']).toBe(templateText('leaves', '2.0.0'));
    expect(old.body['retired_at']).not.toBeNull();
    expect(tagOf(old)).not.toBe(tagOf(second));
    expect(await add(templateText('leaves', '1.5.0'))).toMatchObject({
      status: 409,
      body: { code: 'template_version_taken' },
    });
    expect(await add(templateText('leaves', '2.0.1'))).toMatchObject({ status: 201 });
  });

  it('is listed by filters, sorted, page by page', async () => {
    for (const name of ['zz_a', 'zz_b', 'zz_c']) await add(templateText(name));
    const names = async (query: string): Promise<unknown[]> => {
      const { status, body } = await lab.call('GET', `/templates?${query}`);
      expect({ status, errors: body['errors'] }).toEqual({ status: 200, errors: undefined });
      return (body['templates'] as Body[]).map(({ name }) => name);
    };
    expect(await names('name=zz_')).toEqual(['zz_a', 'zz_b', 'zz_c']);
    expect(await names('name=zz_&sort=-name')).toEqual(['zz_c', 'zz_b', 'zz_a']);
    expect(await names('name=zz_&sort=-created_at')).toEqual(['zz_c', 'zz_b', 'zz_a']);
    expect(await names('tag=zz-b')).toEqual(['zz_b']);
    expect(await names('language=es')).toContain(SHIPPED);
    expect(await names('language=es')).not.toContain('zz_b');
    expect(await names('tag=nothing')).toEqual([]);
    for (const sort of ['title', '-created_at']) {
      const whole = await names(`name=zz_&sort=${sort}`);
      const paged: unknown[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await lab.call(
          'GET',
          `/templates?name=zz_&sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`,
        );
        paged.push(...(body['templates'] as Body[]).map(({ name }) => name));
        cursor = body['next_cursor'] as string | null;
      }
      expect(paged).toEqual(whole);
    }
    expect(await lab.call('GET', '/templates?cursor=x')).toMatchObject({
      status: 422,
      body: { code: 'cursor_invalid' },
    });
    const nul = Buffer.from('["\\u0000","x"]').toString('base64url');
    expect(await lab.call('GET', `/templates?cursor=${nul}`)).toMatchObject({ status: 422 });
  });

  it('names the line and the field of every mistake in a text', async () => {
    const wrong = templateText('wrong')
      .replace("agent.city }}'", "agent.town }}'")
      .replace('count: 2', 'count: 9');
    const { status, body } = await add(wrong);
    expect(status).toBe(422);
    expect(body['code']).toBe('document_invalid');
    expect(body['errors']).toMatchObject([{ field: 'languages.en.variations.count', line: 16, column: 26 }]);
    const liquid = await add(
      templateText('wrong', '1.0.0', '{{ opening }} {{ agent.town }} {{ agent.city }}'),
    );
    expect(liquid.body['errors']).toContainEqual(
      expect.objectContaining({
        field: 'languages.en.caption',
        line: 13,
        message: expect.stringContaining('unknown variable agent.town'),
      }),
    );
  });

  it('names the field alone of a mistake in an object', async () => {
    const { status, body } = await lab.call('POST', '/templates', { document: { id: 'x', version: 'one' } });
    expect(status).toBe(422);
    expect(body['errors']).toContainEqual({ field: 'version', message: expect.any(String) });
    expect(body['detail']).not.toMatch(/:\d+:\d+:/u);
  });

  it.each([
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `b${i}: &b${i} [${`*${i === 0 ? 'a' : `b${i - 1}`},`.repeat(9)}]`).join('\n')}`,
    ],
    ['keys within keys', '? '.repeat(60_000)],
    ['brackets', '['.repeat(130_000)],
    ['anchors', '- &a x\n'.repeat(15_000)],
    ['many keys', Array.from({ length: 30_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['many unknown fields', Array.from({ length: 11_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['too long a text', `# ${'x'.repeat(140_000)}`],
    [
      'alternatives repeated by aliases',
      templateText('repeats').replace(
        '      opening: [Hi, Hello, Hey, Good day]',
        `      opening: &p\n${'        - "{{ agent.city }}{{ agent.city }}{{ agent.city }}"\n'.repeat(200)}${Array.from({ length: 90 }, (_, i) => `      q${i}: *p`).join('\n')}`,
      ),
    ],
    [
      'a great many phrases',
      templateText('phrases').replace(
        '      opening: [Hi, Hello, Hey, Good day]',
        Array.from({ length: 2_000 }, (_, i) => `      p${i}: ['${i === 0 ? 'a' : `{{ p${i - 1} }}`}']`).join(
          '\n',
        ),
      ),
    ],
    ['a NUL', templateText('nul').replace('A greeting', '"a\\0b"')],
    ['nothing', ''],
    ['a list', '- a\n- b\n'],
    ['a prototype', `__proto__: {id: x}\n${templateText('proto')}`],
  ])('refuses %s in a moment', async (_what, text) => {
    const started = performance.now();
    const { status, body } = await add(text);
    expect({ status, code: body['code'] }).toMatchObject({ status: 422 });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('refuses bodies that are neither YAML nor JSON, and both at once', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect(await lab.call('POST', '/templates', 'id: x', headers)).toMatchObject({ status: 415 });
    const yaml = await lab.call('POST', `/templates/${SHIPPED}/preview`, 'agent: x');
    expect(yaml).toMatchObject({ status: 415 });
    const invalid = await lab.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers: { 'content-type': 'application/yaml' },
      payload: Buffer.from([0xff, 0xfe, 0x41]),
    });
    expect(invalid.statusCode).toBe(400);
    const both = await lab.call('POST', '/templates', { content: 'id: x', document: {} });
    expect(both).toMatchObject({ status: 422, body: { errors: [{ field: 'content' }] } });
  });

  it('shows what a template makes without keeping anything', async () => {
    await add(templateText('preview_me'));
    const before = await lab.dataSource.query('SELECT count(*) FROM drafts');
    const body = { seed: '7', sample: { city: 'Oaxaca', tone: 'formal' } };
    const first = await lab.call('POST', '/templates/preview_me/preview', body);
    expect(first).toMatchObject({
      status: 200,
      body: {
        synthetic: true,
        template: 'preview_me',
        caption: expect.stringMatching(/from Oaxaca/u),
        hashtags: ['#Oaxaca'],
        decision: { action: 'allow', compliance_score: 1 },
      },
    });
    expect((await lab.call('POST', '/templates/preview_me/preview', body)).body).toEqual(first.body);
    const leak = await lab.call('POST', '/templates/preview_me/preview', {
      sample: { city: 'ana@example.com' },
    });
    expect(leak.body).toMatchObject({ decision: { action: 'block', labels: ['pii'] } });
    expect(await lab.dataSource.query('SELECT count(*) FROM drafts')).toEqual(before);
    const both = { agent: '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11', sample: {} };
    expect(await lab.call('POST', '/templates/preview_me/preview', both)).toMatchObject({ status: 422 });
  });

  it('checks a template without keeping it', async () => {
    const good = await lab.call('POST', '/templates/check', templateText('checked_only'));
    expect(good).toMatchObject({ status: 200, body: { name: 'checked_only', version: '1.0.0' } });
    expect(await lab.call('GET', '/templates/checked_only')).toMatchObject({ status: 404 });
  });

  it('puts every change on the audit chain and tells it as an event', async () => {
    const made = await add(templateText('watched'));
    await lab.call('DELETE', '/templates/watched', undefined, { 'if-match': tagOf(made) });
    const audit = await lab.dataSource.query(
      `SELECT actor, action, subject_id, data ->> 'sha256' AS sha256 FROM audit WHERE subject_id = 'watched@1.0.0' ORDER BY sequence`,
    );
    const sha256 = made.body['sha256'];
    expect(audit).toEqual([
      { actor: 'admin', action: 'template.add', subject_id: 'watched@1.0.0', sha256 },
      { actor: 'admin', action: 'template.retire', subject_id: 'watched@1.0.0', sha256 },
    ]);
    const events = await lab.dataSource.query(
      `SELECT type, payload FROM outbox WHERE topic = 'templates.watched' ORDER BY batch, n`,
    );
    const payload = { name: 'watched', version: '1.0.0', sha256 };
    expect(events).toEqual([
      { type: 'template.added', payload },
      { type: 'template.retired', payload },
    ]);
    expect(await lab.app.get(AuditService, { strict: false }).verify()).toMatchObject({ intact: true });
  });

  it('cannot be changed in the database by the application', async () => {
    await add(templateText('immutable'));
    for (const statement of [
      `UPDATE documents SET content = 'x' WHERE name = 'immutable'`,
      `DELETE FROM documents WHERE name = 'immutable'`,
    ])
      await expect(lab.dataSource.query(statement)).rejects.toThrow('permission denied');
  });
});
