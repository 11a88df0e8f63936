import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { ended, printed, Program, type Ended } from '../support/program.js';
import { testDatabase } from '../support/runtime.js';

const PASSWORD = 'correct horse battery';
const LABELLED = 'text,label\n"a plinth, at last",1\na wall,0\na wall with a plinth,1\nstone base,1\n';

/** What the house forbids, in a version. */
const house = (version: string, terms: string): string => `id: house
version: ${version}
title: House rules
description: Rules of this house.
languages: [en, es]
rules:
  - id: words
    title: Words that nobody says here
    severity: medium
    action: block
    label: house
    terms: [${terms}]
    tests:
      matches: [A plinth.]
      passes: [A wall.]
`;

const done = async (end: Promise<Ended>): Promise<string> => {
  const { code, stdout, stderr } = await end;
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trim();
};

/** The life of a policy, as somebody at a terminal lives it beside a server that runs on. */
describe('a policy', { timeout: 120_000 }, () => {
  let database: DatabaseTarget;
  let here: Program;
  let there: Program;
  let server: ChildProcess;

  const local = (...args: string[]): Promise<Ended> => here.run(...args);
  /** What the server says of a text, which knows nothing of the processes that change policies. */
  const said = async (text: string): Promise<string> => {
    const { stdout } = await there.run('--json', 'compliance', 'check', text);
    return (JSON.parse(stdout) as { action: string }).action;
  };
  const file = (name: string, content: string): string => {
    const path = join(here.dataDir, name);
    writeFileSync(path, content);
    return path;
  };

  beforeAll(async () => {
    database = await testDatabase();
    here = new Program({
      DATABASE_URL: database.application.url,
      DATABASE_OWNER_URL: database.owner.url,
      AZT3KNET_ADMIN_PASSWORD: PASSWORD,
    });
    server = here.start([], 'main');
    const url = /API\s+(http:\S+)\/api\/v1/.exec(await printed(server, /Health/))?.[1] ?? '';
    there = new Program({ AZT3KNET_API_URL: url });
    await done(there.runWith(PASSWORD, 'login', '--username', 'admin', '--password-stdin'));
    const population = ['--gender', 'female', '--count', '3', '--country', 'MX', '--seed', '7', '--persist'];
    const made = JSON.parse(await done(local('--json', 'populate', ...population))) as Record<string, string>;
    await done(
      local(
        'content',
        'draft',
        '--population',
        String(made['population_id']),
        '--template',
        'street_art_campaign',
        '--seed',
        '7',
      ),
    );
  });

  afterAll(async () => {
    server?.kill('SIGTERM');
    if (server !== undefined) await ended(server);
    for (const each of [here, there]) each?.remove();
    await database?.release();
  });

  it('is refused with file and line', async () => {
    const wrong = file('wrong.yaml', house('1.0.0', 'wall'));
    const { code, stderr, stdout } = await local('policies', 'check', wrong);
    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).toMatch(/wrong\.yaml:15:\d+: .*the rule words matches it/u);
  });

  it('is measured before it is there: precision, recall, and the verdicts that would change, one by one', async () => {
    const policy = file('house.yaml', house('1.0.0', 'plinth'));
    const csv = file('labelled.csv', LABELLED);
    const shown = await done(local('compliance', 'backtest', policy, '--file', csv));
    expect(shown).toContain('house 1.0.0 beside none');
    expect(shown).toMatch(/before\s+precision -, recall 0\.0000: 0 of 4 flagged/u);
    expect(shown).toMatch(/after\s+precision 1\.0000, recall 0\.6667: 2 of 4 flagged/u);
    expect(shown).toMatch(/1\W+allow\W+block\W+stop\W+house\/words/u);
    const rows = LABELLED.trim().split('\n').slice(1);
    const jsonl = rows
      .map((row) => JSON.stringify({ message: row.slice(0, -2), spam: row.endsWith('1') }))
      .join('\n');
    const columns = ['--text', 'message', '--label', 'spam'];
    const json = await done(
      local('--json', 'compliance', 'backtest', policy, '--file', file('labelled.jsonl', jsonl), ...columns),
    );
    expect(JSON.parse(json)).toMatchObject({ tried: 4, after: { precision: 1, recall: 0.6667 } });
    expect(await said('a plinth')).toBe('allow');
  });

  it('is added when its diff was seen and meant, and counts at once in a process that runs', async () => {
    const policy = file('house.yaml', house('1.0.0', 'plinth'));
    const asked = await local('policies', 'add', policy);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain(
      'house 1.0.0 beside none: 0 of 3 verdicts on drafts would change (the newest 500',
    );
    expect(await said('a plinth')).toBe('allow');
    await done(local('policies', 'add', policy, '--yes'));
    expect(await said('a plinth')).toBe('block');
  });

  it('shows which drafts a newer version would stop, and keeps nothing of a dry run', async () => {
    const policy = file('house.yaml', house('1.1.0', 'plinth, arte, mural, calle, art, street'));
    const shown = await done(local('--json', 'policies', 'add', policy, '--replace', '--dry-run'));
    const { changed } = JSON.parse(shown) as { changed: { before: object; after: object }[] };
    expect(changed.length).toBeGreaterThan(0);
    expect(changed[0]).toMatchObject({ after: { action: 'block', rules: ['house/words'] } });
    expect(await done(local('policies', 'versions', 'house'))).not.toContain('1.1.0');
  });

  it('goes to shadow, a part of the subjects and back, each step in the audit', async () => {
    await done(local('policies', 'promote', 'house', 'words', 'shadow', '--yes', '--note', 'too loud'));
    expect(await said('a plinth')).toBe('allow');
    const part = await local(
      'policies',
      'promote',
      'house',
      'words',
      'percentage',
      '--percent',
      '40',
      '--yes',
    );
    expect(part.stdout).toContain('words (percentage)');
    await done(local('policies', 'promote', 'house', 'words', 'live', '--yes'));
    expect(await said('a plinth')).toBe('block');
    await done(local('policies', 'rollback', 'house', '--to', '1.0.1', '--yes'));
    expect(await said('a plinth')).toBe('allow');
    await done(local('policies', 'rollback', 'house', '--yes'));
    expect(await said('a plinth')).toBe('block');
    const client = new pg.Client(database.owner.url);
    await client.connect();
    const { rows } = await client.query<{ entry: string }>(
      `SELECT concat_ws(' ', action, subject_id, data ->> 'note') AS entry FROM audit
       WHERE subject_type = 'policy' ORDER BY sequence`,
    );
    await client.end();
    expect(rows.map(({ entry }) => entry)).toEqual([
      'policy.add house@1.0.0',
      'policy.add house@1.0.1 too loud',
      'policy.add house@1.0.2 words: percentage 40 %',
      'policy.add house@1.0.3 words: live',
      'policy.retire house@1.0.3',
      'policy.retire house@1.0.2',
      'policy.retire house@1.0.1',
    ]);
  });

  it('is retired when what would change was seen and meant', async () => {
    const asked = await local('policies', 'retire', 'house');
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain(
      'house none beside 1.0.0: 0 of 3 verdicts on drafts would change (the newest 500',
    );
    expect(await done(local('policies', 'retire', 'house', '--dry-run'))).toContain(
      'house none beside 1.0.0',
    );
    expect(await said('a plinth')).toBe('block');
    expect(await done(local('policies', 'retire', 'house', '--yes'))).toContain(
      'retired every given version',
    );
    expect(await said('a plinth')).toBe('allow');
  });
});
