import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentReader } from '../../src/core/documents/index.js';
import { DraftBatchesService, TemplateLibrary } from '../../src/modules/content/index.js';
import { TEMPLATES } from '../../src/modules/content/templates/template.loader.js';
import { ScenarioLibrary } from '../../src/modules/simulation/scenarios/scenario-library.js';
import { SCENARIOS } from '../../src/modules/simulation/scenarios/scenario.loader.js';
import { scenarioText, templateText } from '../support/documents.js';
import { Laboratory, type Body } from '../support/laboratory.js';
import { ended, printed, Program } from '../support/program.js';

/** Runs a scenario to its end: the run, and the SHA-256 of each of its files. */
async function run(lab: Laboratory, scenario: string): Promise<{ run: Body; files: Record<string, string> }> {
  const accepted = await lab.call('POST', `/simulations/${scenario}/run`, { seed: 'stored' });
  expect(accepted).toMatchObject({ status: 202 });
  const job = await lab.ended(accepted.body['job_id']);
  expect(job).toMatchObject({ status: 'completed', error: null });
  const { body } = await lab.call('GET', `/runs/${String(accepted.body['run_id'])}`);
  const files = body['files'] as { name: string; sha256: string }[];
  return { run: body, files: Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256])) };
}

describe('scenarios as a resource', () => {
  let lab: Laboratory;

  beforeAll(async () => {
    lab = await Laboratory.open();
    await lab.call('POST', '/templates', templateText('greet'));
    await lab.call('POST', '/scenarios', scenarioText('small', 'greet'));
  });

  afterAll(async () => {
    await lab?.close();
  });

  it('stand beside those of the product, in both lists', async () => {
    const { body } = await lab.call('GET', '/scenarios?sort=-name');
    expect(body['scenarios']).toMatchObject([
      { name: 'small', origin: 'stored', agents: 60, ticks: 12, template: 'greet', tags: ['small'] },
      { name: 'rumour_town', origin: 'shipped', agents: 1200, tags: ['calibrated'] },
      { name: 'metro_cdmx', origin: 'shipped', agents: 1000 },
      { name: 'feedsim', origin: 'shipped', agents: 100_000, template: null, country: null },
    ]);
    const old = await lab.call('GET', '/simulations');
    expect((old.body['scenarios'] as Body[]).map(({ id }) => id)).toEqual([
      'feedsim',
      'metro_cdmx',
      'rumour_town',
      'small',
    ]);
    expect(await lab.call('GET', '/simulations/small')).toMatchObject({
      status: 200,
      body: { scenario: { id: 'small' } },
    });
  });

  it('are found by what they are about', async () => {
    for (const [query, names] of [
      ['template=greet', ['small']],
      ['tag=small&country=MX', ['small']],
      ['country=DE', []],
    ] as const) {
      const { body } = await lab.call('GET', `/scenarios?${query}`);
      expect((body['scenarios'] as Body[]).map(({ name }) => name)).toEqual(names);
    }
  });

  it('are read in full, with the defaults filled in and the text as it was', async () => {
    const { body } = await lab.call('GET', '/scenarios/small');
    expect(body).toMatchObject({
      scenario: { log_exposures: true, feed: { size: 12 } },
      links: { run: '/api/v1/simulations/small/run' },
    });
    expect(body['content']).toBe(scenarioText('small', 'greet'));
  });

  it.each([
    ['an unknown template', scenarioText('lost', 'nowhere'), 'content.template'],
    [
      'a country without people',
      scenarioText('lost', 'greet').replace('country: MX', 'country: AQ'),
      'population.country',
    ],
    [
      'a city elsewhere',
      scenarioText('lost', 'greet').replace('country: MX', 'country: MX, city: Berlin'),
      'population.city',
    ],
    ['no ticks', scenarioText('lost', 'greet').replace('ticks: 12', 'ticks: 0'), 'ticks'],
  ])('are refused with %s, when checked and when added', async (_what, text, field) => {
    for (const path of ['/scenarios/check', '/scenarios']) {
      const { status, body } = await lab.call('POST', path, text);
      expect({ status, errors: body['errors'] }).toMatchObject({
        status: 422,
        errors: [{ field, line: expect.any(Number) as number }],
      });
    }
  });

  it('are told of every unknown name at once, with its line and what is accepted', async () => {
    const text = scenarioText('lost', 'gret').replace('country: MX', 'country: MX, city: Mexxico City');
    for (const path of ['/scenarios/check', '/scenarios']) {
      const { status, body } = await lab.call('POST', path, text);
      expect([status, body['code']]).toEqual([422, 'document_invalid']);
      expect(body['errors']).toEqual([
        {
          field: 'population.city',
          line: 7,
          column: 66,
          message: expect.stringMatching(/near matches: Mexico City/u) as string,
        },
        {
          field: 'content.template',
          line: 8,
          column: 22,
          message: expect.stringMatching(/known are .*greet/u) as string,
        },
      ]);
    }
  });

  it('have no lines where they are no text', async () => {
    const { body } = await lab.call('GET', '/scenarios/small');
    const document = { ...(body['scenario'] as Body), id: 'lost', content: { template: 'gret' } };
    const refused = await lab.call('POST', '/scenarios/check', { document });
    expect(refused.status).toBe(422);
    expect(refused.body['errors']).toEqual([
      { field: 'content.template', message: expect.stringMatching(/known are .*greet/u) as string },
    ]);
  });

  it('are checked without being kept', async () => {
    const { status, body } = await lab.call('POST', '/scenarios/check', scenarioText('maybe', 'greet@1.0.0'));
    expect({ status, body }).toMatchObject({ status: 200, body: { name: 'maybe', scenario: { ticks: 12 } } });
    expect(await lab.call('GET', '/scenarios/maybe')).toMatchObject({ status: 404 });
  });

  it('and their templates are read again exactly as a run had them, though both have gone on', async () => {
    const before = await run(lab, 'small');
    const replace = (path: string, text: string) => lab.call('PUT', path, text, { 'if-match': '*' });
    const other = 'Something else: {{ opening }}, {{ agent.city }}';
    expect(await replace('/templates/greet', templateText('greet', '2.0.0', other))).toMatchObject({
      status: 200,
    });
    const longer = scenarioText('small', 'greet', '2.0.0').replace('ticks: 12', 'ticks: 13');
    expect(await replace('/scenarios/small', longer)).toMatchObject({ status: 200 });
    for (const path of ['/templates/greet', '/scenarios/small'])
      expect(await lab.call('DELETE', `${path}?version=1.0.0`, undefined, { 'if-match': '*' })).toMatchObject(
        { status: 204 },
      );

    const now = await run(lab, 'small');
    expect(now.run).toMatchObject({ scenario_version: '2.0.0', ticks: 13 });
    expect(now.files['events.parquet']).not.toBe(before.files['events.parquet']);

    const [row] = await lab.dataSource.query<{ draft_batch_id: string }[]>(
      'SELECT draft_batch_id FROM runs WHERE id = $1',
      [before.run['id']],
    );
    const { batch, drafts } = await lab.app
      .get(DraftBatchesService, { strict: false })
      .drafts(row?.draft_batch_id ?? '');
    expect({ version: batch.template_version, drafts: drafts.length }).toEqual({
      version: '1.0.0',
      drafts: 60,
    });
    const used = `/templates/greet?sha256=${batch.template_digest}`;
    expect((await lab.call('GET', used)).body).toMatchObject({
      version: '1.0.0',
      content: templateText('greet'),
    });
    const { scenario_digest } = before.run;
    expect((await lab.call('GET', `/scenarios/small?sha256=${String(scenario_digest)}`)).body).toMatchObject({
      content: scenarioText('small', 'greet'),
    });
    const pinned = scenarioText('pinned', 'greet@1.0.0');
    expect(await lab.call('POST', '/scenarios', pinned)).toMatchObject({ status: 201 });
  });

  it('of the product and their templates stay readable after the product has others', async () => {
    const agents = { seed: 'pin', ticks: 1 };
    const accepted = await lab.call('POST', '/simulations/metro_cdmx/run', agents);
    await lab.ended(accepted.body['job_id']);
    const [row] = await lab.dataSource.query<{ draft_batch_id: string }[]>(
      'SELECT draft_batch_id FROM runs WHERE id = $1',
      [accepted.body['run_id']],
    );
    const empty = mkdtempSync(join(tmpdir(), 'azt3knet-empty-'));
    const templates = lab.app.get(TemplateLibrary, { strict: false });
    const { reader } = templates;
    Object.assign(templates, { reader: new DocumentReader({ ...TEMPLATES, folder: empty }) });
    try {
      expect(await lab.call('GET', '/templates/street_art_campaign')).toMatchObject({ status: 404 });
      const kept = await lab.call('GET', '/templates/street_art_campaign?version=1.0.0');
      expect(kept).toMatchObject({ status: 200, body: { origin: 'shipped' } });
      const { drafts } = await lab.app
        .get(DraftBatchesService, { strict: false })
        .drafts(row?.draft_batch_id ?? '');
      expect(drafts).toHaveLength(2000);
    } finally {
      Object.assign(templates, { reader });
      rmSync(empty, { recursive: true });
    }
  });
});

describe('a stored scenario', () => {
  // One application after the other: their logins share a strategy of the process.
  it('runs as the same scenario does that is a file, byte for byte', async () => {
    const database = await Laboratory.open();
    await database.call('POST', '/templates', templateText('greet'));
    await database.call('POST', '/scenarios', scenarioText('small', 'greet'));
    const stored = await run(database, 'small');
    await database.close();

    const folder = mkdtempSync(join(tmpdir(), 'azt3knet-files-'));
    const files = await Laboratory.open();
    try {
      const reads = (token: typeof ScenarioLibrary | typeof TemplateLibrary, reader: unknown): void => {
        Object.assign(files.app.get<object>(token, { strict: false }), { reader });
      };
      writeFileSync(join(folder, 'small.yaml'), scenarioText('small', 'greet'));
      reads(ScenarioLibrary, new DocumentReader({ ...SCENARIOS, folder }));
      writeFileSync(join(folder, 'greet.yaml'), templateText('greet'));
      reads(TemplateLibrary, new DocumentReader({ ...TEMPLATES, folder }));
      const shipped = await run(files, 'small');
      expect(shipped.files).toEqual(stored.files);
      expect(Object.keys(stored.files)).toContain('events.parquet');
      for (const field of ['scenario_digest', 'scenario_version', 'checksum', 'totals'])
        expect(shipped.run[field]).toEqual(stored.run[field]);
    } finally {
      await files.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a worker in another process', () => {
  it('writes from a template that came after it had started', async () => {
    const lab = await Laboratory.open('api');
    const program = new Program({
      DATABASE_URL: lab.runtime.database.application.url,
      DATABASE_OWNER_URL: lab.runtime.database.owner.url,
    });
    const worker = program.start(['--mode', 'worker'], 'main');
    const end = ended(worker);
    try {
      await printed(worker, /running \(worker/u);
      for (const version of ['1.0.0', '1.1.0']) {
        const text = templateText(
          'fresh',
          version,
          `v${version.replaceAll('.', '-')} {{ opening }} {{ agent.city }}`,
        );
        const added =
          version === '1.0.0'
            ? await lab.call('POST', '/templates', text)
            : await lab.call('PUT', '/templates/fresh', text, { 'if-match': '*' });
        expect([200, 201]).toContain(added.status);
        const scenario = scenarioText(`fresh_${version.replaceAll('.', '_')}`, 'fresh');
        expect(await lab.call('POST', '/scenarios', scenario)).toMatchObject({ status: 201 });
        await run(lab, `fresh_${version.replaceAll('.', '_')}`);
      }
      const rows = await lab.dataSource.query<object[]>(
        `SELECT template_version, count(*)::int AS drafts, bool_and(caption LIKE 'v' || replace(template_version, '.', '-') || '%') AS right
         FROM drafts GROUP BY template_version ORDER BY template_version`,
      );
      expect(rows).toEqual([
        { template_version: '1.0.0', drafts: 60, right: true },
        { template_version: '1.1.0', drafts: 60, right: true },
      ]);
    } finally {
      worker.kill('SIGTERM');
      await end;
      program.remove();
      await lab.close();
    }
  });
});
