import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templateText } from '../support/documents.js';
import { Laboratory, type Answer, type Body } from '../support/laboratory.js';

const tagOf = ({ headers }: Answer): string => String(headers['etag']);
const newer = (name: string, version = '1.1.0') =>
  templateText(name, version, 'Greetings from {{ agent.city }}, {{ opening }}');

describe('the life of a template', () => {
  let lab: Laboratory;
  const activate = (name: string, version: string, ifMatch: string) =>
    lab.call('POST', `/templates/${name}/activate`, { version, note: 'Ready.' }, { 'if-match': ifMatch });

  beforeAll(async () => {
    lab = await Laboratory.open();
  });

  afterAll(async () => {
    await lab?.close();
  });

  it('begins as a draft, which is chosen by its version alone', async () => {
    const made = await lab.call('POST', '/templates?status=draft', templateText('young'));
    expect(made).toMatchObject({ status: 201, body: { status: 'draft', retired_at: null } });
    expect(await lab.call('GET', '/templates/young')).toMatchObject({ status: 404 });
    expect((await lab.call('GET', '/templates/young@1.0.0')).body).toEqual(made.body);
    const tried = await lab.call('POST', '/templates/young/preview', { version: '1.0.0', seed: '1' });
    expect(tried).toMatchObject({ status: 200, body: { template_version: '1.0.0' } });
    const names = async (status: string) => {
      const { body } = await lab.call('GET', `/templates?status=${status}&name=young`);
      return (body['templates'] as Body[]).map((each) => [each['name'], each['status']]);
    };
    expect(await names('active')).toEqual([]);
    expect(await names('draft')).toEqual([['young', 'draft']]);
    expect(await lab.call('POST', '/templates?status=draft', templateText('young'))).toMatchObject({
      status: 200,
      body: made.body,
    });

    const active = await activate('young', '1.0.0', tagOf(made));
    expect(active).toMatchObject({ status: 200, body: { status: 'active' } });
    expect(tagOf(active)).not.toBe(tagOf(made));
    expect((await lab.call('GET', '/templates/young')).body).toEqual(active.body);
    expect(await names('draft')).toEqual([]);
    const { body: audit } = await lab.call('GET', '/audit?action=template.activate');
    expect(JSON.stringify(audit)).toContain('young@1.0.0');
  });

  it('leaves the current version in place until a newer draft is activated', async () => {
    const first = await lab.call('POST', '/templates', templateText('steady'));
    const draft = await lab.call('PUT', '/templates/steady?status=draft', newer('steady'), {
      'if-match': tagOf(first),
    });
    expect(draft).toMatchObject({ status: 200, body: { status: 'draft', version: '1.1.0' } });
    expect((await lab.call('GET', '/templates/steady')).body).toEqual(first.body);
    await activate('steady', '1.1.0', tagOf(draft));
    expect((await lab.call('GET', '/templates/steady')).body).toMatchObject({ version: '1.1.0' });
    const found = await lab.call('GET', '/templates/steady@1.1.0');
    await lab.call('DELETE', '/templates/steady?version=1.1.0', undefined, { 'if-match': tagOf(found) });
    expect((await lab.call('GET', '/templates/steady@1.1.0')).body).toMatchObject({ status: 'archived' });
    expect((await lab.call('GET', '/templates/steady')).body).toEqual(first.body);
    const { body } = await lab.call('GET', '/templates?status=archived&name=steady');
    expect(body['templates']).toMatchObject([{ version: '1.1.0', status: 'archived' }]);
  });

  it('refuses to activate what is no draft, or was changed meanwhile', async () => {
    const made = await lab.call('POST', '/templates', templateText('grown'));
    expect(await activate('grown', '1.0.0', tagOf(made))).toMatchObject({
      status: 409,
      body: { code: 'template_not_draft', detail: 'grown@1.0.0 is active; only a draft can be activated' },
    });
    expect(await activate('grown', '1.0.0', '"old"')).toMatchObject({ status: 412 });
    expect(await activate('grown', '9.0.0', tagOf(made))).toMatchObject({ status: 404 });
    expect(await activate('street_art_campaign', '1.0.0', '*')).toMatchObject({
      body: { code: 'template_not_draft' },
    });
  });

  it('can be compared, version with version', async () => {
    const first = await lab.call('POST', '/templates', templateText('twice'));
    await lab.call('PUT', '/templates/twice', newer('twice'), { 'if-match': tagOf(first) });
    const { body } = await lab.call('GET', '/templates/twice/diff?from=1.0.0');
    expect(body).toEqual({
      synthetic: true,
      name: 'twice',
      from: '1.0.0',
      to: '1.1.0',
      changes: [
        { path: 'version', change: 'changed', from: '1.0.0', to: '1.1.0' },
        {
          path: 'languages.en.caption',
          change: 'changed',
          from: '{{ opening }} from {{ agent.city }}',
          to: 'Greetings from {{ agent.city }}, {{ opening }}',
        },
      ],
    });
    const back = await lab.call('GET', '/templates/twice/diff?from=1.1.0&to=1.0.0');
    expect((back.body['changes'] as Body[])[0]).toMatchObject({ from: '1.1.0', to: '1.0.0' });
    expect(await lab.call('GET', '/templates/twice/diff?from=2.0.0')).toMatchObject({ status: 404 });
    expect(await lab.call('GET', '/templates/twice/diff')).toMatchObject({ status: 422 });
  });
});
