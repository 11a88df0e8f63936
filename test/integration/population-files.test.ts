import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import type { AgentProfile } from '../../src/modules/agents/index.js';
import { JobsService, type Job } from '../../src/modules/jobs/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { Program } from '../support/program.js';
import { testDatabase } from '../support/runtime.js';
import { isFinished, watchJob } from '../support/watch-job.js';

const PANEL = readFileSync(join(PROJECT_ROOT, 'populations/wards_counts.yaml'), 'utf8');

const SMALL = {
  id: 'small',
  version: '1.0.0',
  title: 'Small',
  description: 'Two.',
  count: 2,
  country: 'MX',
  attributes: {
    mood: {
      counts: {
        calm: 1,
        tense: 1,
      },
    },
  },
};

interface Answer {
  population_id: string;
  job_id?: string;
  links: Record<string, string>;
  preview?: AgentProfile[];
  agents?: AgentProfile[];
  specification: { composition?: { attributes: { name: string }[] } };
}

interface Audit {
  margins: { source: string; max_error: number; met: boolean; cells: { reached: number }[] }[];
  coherence: { met: boolean };
  refused: { action: string };
}

describe('POST /populations', () => {
  let test: TestApplication;
  let jobs: JobsService;

  const post = <Body>(body: object, path = '/populations') => test.call<Body>('POST', `/api/v1${path}`, body);

  async function finished(id: string | undefined): Promise<Job> {
    for await (const state of watchJob(jobs, id ?? '')) if (isFinished(state)) return state;
    throw new Error('the job has no end');
  }

  beforeAll(async () => {
    test = await testApplication();
    jobs = test.app.get(JobsService, { strict: false });
  });
  afterAll(() => test.close());

  it('shows agents of a file, as YAML and as an object', async () => {
    const { status, body } = await post<Answer>({ content: PANEL, seed: '7', preview: 3 });
    expect({ status, shown: body.preview?.length }).toEqual({ status: 200, shown: 3 });
    for (const { attributes, city } of body.preview ?? []) {
      expect(city).toBe('London');
      expect(Object.keys(attributes ?? {})).toEqual(['ward', 'tenure']);
    }
    const neither = await post({}, '/populations/check');
    expect(neither.status).toBe(422);
    const object = await post<Answer>({ document: SMALL, seed: '7' });
    const moods = object.body.agents?.map(({ attributes }) => attributes?.['mood']);
    expect(moods?.toSorted()).toEqual(['calm', 'tense']);
  });

  it('names the line of a YAML mistake, and the field of an object’s', async () => {
    const wrong = await post({ content: PANEL.replace('north: 640', 'north: 641'), preview: 1 });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toMatchObject({ errors: [{ field: 'attributes.ward.counts', line: 14 }] });
    const document = { ...SMALL, attributes: { place: { weights: { Atlantis: 1 } } } };
    const object = await post({ document }, '/populations/check');
    expect(object.status).toBe(422);
    expect(JSON.stringify(object.body)).toContain('attributes.place.weights.Atlantis');
  });

  it('says what a file gives, without keeping it', async () => {
    const { status, body } = await post<object>({ content: PANEL }, '/populations/check');
    expect({ status, ...body }).toMatchObject({ status: 200, name: 'wards_counts', version: '1.0.0' });
  });

  it('persists, lists and audits the population, once', async () => {
    const wanted = { content: PANEL, seed: '7', persist: true };
    const accepted = await post<Answer>(wanted);
    expect(accepted.status).toBe(202);
    const path = `/api/v1/populations/${accepted.body.population_id}`;
    expect(await finished(accepted.body.job_id)).toMatchObject({ status: 'completed' });
    const listed = await test.call<{ agents: AgentProfile[] }>('GET', `${path}/agents?limit=1`);
    const shown = await post<Answer>({ content: PANEL, seed: '7', preview: 1 });
    expect(listed.body.agents).toEqual(shown.body.preview);
    const stored = await test.call<Answer>('GET', path);
    const names = stored.body.specification.composition?.attributes.map(({ name }) => name);
    expect(names).toContain('tenure');
    const { body: audit } = await test.call<Audit>('GET', `${path}/audit`);
    expect(audit.margins.map(({ met, max_error }) => [met, max_error])).toEqual(
      Array.from({ length: 5 }, () => [true, 0]),
    );
    expect(audit).toMatchObject({ coherence: { met: true }, refused: { action: 'allow' } });
    const page = await test.call<string>('GET', `${path}/audit`, undefined, { accept: 'text/html' });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('Synthetic data');
    expect(page.body).not.toMatch(/<script|https?:\/\//u);
    const again = await post<Answer>(wanted);
    expect(await finished(again.body.job_id)).toMatchObject({ result: { created: false } });
  });
});

describe('azt3knet populate --file', { timeout: 180_000 }, () => {
  let database: DatabaseTarget;
  let program: Program;
  let folder: string;

  beforeAll(async () => {
    database = await testDatabase();
    program = new Program({ DATABASE_URL: database.application.url, DATABASE_OWNER_URL: database.owner.url });
    folder = join(program.dataDir, 'files');
    mkdirSync(folder);
  });
  afterAll(async () => {
    program.remove();
    await database.release();
  });

  it('takes the sample from beside the file, and exports Parquet with its manifest', async () => {
    const file = join(folder, 'small.yaml');
    writeFileSync(
      file,
      `id: small
version: 1.0.0
title: Small
description: With a sample beside it.
count: 40
country: MX
attributes: { a: { weights: { x: 1, y: 1 } }, b: { weights: { k: 1, l: 1 } } }
sample: { file: people.csv }
`,
    );
    writeFileSync(join(folder, 'people.csv'), 'a,b,c\nx,k,1\ny,l,2\nx,l,3\n');
    const target = join(folder, 'small.parquet');
    const args = [
      'populate',
      '--file',
      file,
      '--seed',
      '1',
      '--persist',
      '--export',
      'parquet',
      '--path',
      target,
    ];
    const { code, stdout, stderr } = await program.run('--json', '-q', ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { population_id: id } = JSON.parse(stdout) as Answer;
    const manifest = JSON.parse(readFileSync(`${target}.manifest.json`, 'utf8')) as { sha256: string };
    expect(manifest).toMatchObject({ synthetic: true, format: 'parquet', seed: '1', count: 40 });
    expect(manifest.sha256).toBe(createHash('sha256').update(readFileSync(target)).digest('hex'));
    const page = join(folder, 'audit.html');
    expect(await program.run('populations', 'audit', id, '--path', page)).toMatchObject({ code: 0 });
    expect(readFileSync(page, 'utf8')).toContain('Cramér');
    const table = await program.run('populations', 'audit', id);
    expect(table.stdout).toContain('attributes.a');
  });

  it('checks files with the line of every mistake, and refuses two ways of saying who', async () => {
    const file = join(folder, 'wrong.yaml');
    writeFileSync(file, PANEL.replace('place: { weights: { London', 'place: { weights: { Lodon'));
    const checked = await program.run('populations', 'check', file);
    expect(checked.code).toBe(2);
    expect(checked.stderr).toContain(`${file}:12:`);
    expect(checked.stderr).toContain('near matches: London');
    const good = await program.run(
      'populations',
      'check',
      join(PROJECT_ROOT, 'populations/metro_panel.yaml'),
    );
    expect(good).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('metro_panel 1.0.0 is valid') as string,
    });
    const both = await program.run('populate', '--file', file, '--count', '3');
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('--count') as string });
    const none = await program.run('populate', '--count', '3');
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('--file') as string });
  });
});
