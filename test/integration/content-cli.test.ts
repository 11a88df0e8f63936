import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '../../src/runtime.js';
import { HostedProgram } from '../support/command-host.js';
import { testRuntime } from '../support/runtime.js';

const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const TEMPLATE = ['--template', 'street_art_campaign'] as const;

interface Drafted {
  agent_id: string;
  population_id: string;
  caption: string;
  drafts: number;
  decision: { action: string };
}

// Each command opens an application of its own.
describe('azt3knet content draft', { timeout: 120_000 }, () => {
  let runtime: Runtime;
  let program: HostedProgram;
  let population: string;
  let agent: string;

  const json = async (...args: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await program.run('--json', ...args);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  };

  beforeAll(async () => {
    runtime = await testRuntime();
    program = new HostedProgram({
      DATABASE_URL: runtime.database.application.url,
      DATABASE_OWNER_URL: runtime.database.owner.url,
      AZT3KNET_LOG_LEVEL: 'error',
    });
    const where = ['--gender', 'female', '--count', '30', '--country', 'MX', '--preview', '1', '--persist'];
    const made = (await json('--seed', '20241005', 'populate', ...where)) as {
      population_id: string;
      preview: { id: string }[];
    };
    population = made.population_id;
    agent = made.preview[0]?.id ?? '';
  });

  afterAll(async () => {
    program?.remove();
    await runtime?.close();
  });

  it('writes drafts for a population and waits for them; the agent alone has the same', async () => {
    const batch = (await json(
      '--seed',
      '7',
      'content',
      'draft',
      '--population',
      population,
      ...TEMPLATE,
    )) as Drafted;
    expect(batch).toMatchObject({ synthetic: true, population_id: population, seed: '7', drafts: 30 });
    const again = await json('--seed', '7', 'content', 'draft', '--population', population, ...TEMPLATE);
    expect(again).toEqual(batch);
    const alone = (await json('--seed', '7', 'content', 'draft', '--agent', agent, ...TEMPLATE)) as Drafted;
    expect(alone).toMatchObject({ agent_id: agent, language: 'es', decision: { action: 'allow' } });
  });

  it('prints a draft for people', async () => {
    const { code, stdout } = await program.run('content', 'draft', '--agent', agent, ...TEMPLATE);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^caption +\S/mu);
    expect(stdout).toMatch(/^compliance +allow \(score 1\)$/mu);
    expect(stdout).toMatch(/^draft +[0-9a-f-]{36} \(synthetic\)$/mu);
  });

  it.each<[string, string[], number, RegExp]>([
    ['neither agent nor population', [], 2, /^azt3knet: give exactly one of agent and population\n$/],
    ['an agent that is no UUID', ['--agent', 'ana'], 2, /'ana' is invalid\. expected a UUID\./],
    [
      'an unknown agent',
      ['--agent', NOBODY],
      3,
      new RegExp(`^azt3knet: there is no persisted agent ${NOBODY}\n$`),
    ],
    [
      'an unknown template',
      ['--agent', NOBODY, '--template', 'x'],
      3,
      /there is no template "x"; known are .*street_art_campaign/,
    ],
    [
      'too many variations',
      ['--agent', NOBODY, '--variations', '6'],
      2,
      /^azt3knet: --variations: must be at most 5\n$/,
    ],
  ])('refuses %s', async (_what, args, code, said) => {
    const ended = await program.run('content', 'draft', ...TEMPLATE, ...args);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(said);
    expect(ended.stderr).not.toMatch(/\bat .*:\d+:\d+/u);
  });

  it('refuses an empty seed', async () => {
    const ended = await program.run('--seed', '', 'content', 'draft', '--agent', agent, ...TEMPLATE);
    expect(ended).toMatchObject({
      code: 2,
      stderr: 'azt3knet: seed: must be a text of 1 to 200 characters without control characters\n',
    });
  });

  it('lists drafts by what they are, and in a descending order', async () => {
    const flags = ['--population', population, '--sort', '-quality', '--language', 'es', '--all'];
    const { drafts } = (await json('drafts', 'list', '--seed', '7', ...flags)) as {
      drafts: { scores: { quality: number } }[];
    };
    const qualities = drafts.map(({ scores }) => scores.quality);
    expect(qualities).toHaveLength(30);
    expect(qualities).toEqual(qualities.toSorted((a, b) => b - a));
    const found = (await json('decisions', 'list', '--subject-type', 'draft', '--limit', '2')) as {
      decisions: { id: string; subject: { type: string } }[];
    };
    expect(found.decisions.map(({ subject }) => subject.type)).toEqual(['draft', 'draft']);
    const { stdout } = await program.run('decisions', 'show', found.decisions[0]?.id ?? '');
    expect(stdout).toMatch(/^policies +(?:[a-z_]+ 1\.0\.0(?:, |$))+/mu);
  });

  it('exports the drafts of a batch, and deletes a draft that belongs to none', async () => {
    const draft = ['--seed', '7', 'content', 'draft', ...TEMPLATE];
    const batch = (await json(...draft, '--population', population)) as { id: string };
    const path = join(program.dataDir, 'drafts.jsonl');
    const args = ['--format', 'jsonl', '--path', path];
    const made = (await json('drafts', 'export', batch.id, ...args)) as { sha256: string };
    expect(made).toMatchObject({ kind: 'drafts', draft_batch_id: batch.id, path });
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(30);
    const alone = (await json('--seed', 'alone', 'content', 'draft', ...TEMPLATE, '--agent', agent)) as {
      id: string;
    };
    expect(await json('drafts', 'delete', alone.id, '--dry-run')).toMatchObject({ deleted: false });
    expect(await json('drafts', 'delete', alone.id)).toMatchObject({ id: alone.id, deleted: true });
    expect((await program.run('drafts', 'delete', alone.id)).code).toBe(3);
  });

  it('lists jobs by status and kind', async () => {
    const { jobs } = (await json(
      'jobs',
      'list',
      '--status',
      'completed,failed',
      '--name',
      'content.draft',
    )) as {
      jobs: { name: string; status: string }[];
    };
    expect(jobs.length).toBeGreaterThan(0);
    expect(new Set(jobs.map(({ name, status }) => `${name} ${status}`))).toEqual(
      new Set(['content.draft completed']),
    );
    const wrong = await program.run('jobs', 'list', '--status', 'completed,done');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('Allowed choices are queued, running');
  });
});
