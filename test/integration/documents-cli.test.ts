import { existsSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '../../src/runtime.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { scenarioText, templateText } from '../support/documents.js';
import { HostedProgram } from '../support/command-host.js';
import { testRuntime } from '../support/runtime.js';

interface Bootstrapped {
  dry_run: boolean;
  steps: { step: string; name: string; done: string; detail: string }[];
}

describe('azt3knet templates|scenarios|policies check', () => {
  const program = new HostedProgram();
  const write = (name: string, text: string): void => writeFileSync(join(program.dataDir, name), text);

  beforeAll(() => {
    write('good.yaml', templateText('good'));
    write('bad.yaml', templateText('bad').replace('count: 2', 'count: 9'));
    write('small.yaml', scenarioText('small', 'good'));
    write('far.yaml', scenarioText('far', 'good').replace('country: MX', 'country: AQ'));
    const pii = readFileSync(join(PROJECT_ROOT, 'policies', 'pii.yaml'), 'utf8');
    write('pii.yaml', pii);
    write('leaky.yaml', pii.replace('Write to ana.lopez@example.com!', 'Write to nobody!'));
  });

  afterAll(() => program.remove());

  it.each([
    ['templates', 'good.yaml', 'good 1.0.0'],
    ['scenarios', 'small.yaml', 'small 1.0.0'],
    ['policies', 'pii.yaml', 'pii 1.1.0'],
  ])('%s: says that a file is valid, with no database', async (kind, file, said) => {
    const ended = await program.run(kind, 'check', file);
    expect(ended).toEqual({ code: 0, stdout: `${file}: ${said} is valid\n`, stderr: '' });
    expect(existsSync(join(program.dataDir, 'data'))).toBe(false);
  });

  it.each([
    ['templates', 'bad.yaml', /^azt3knet: bad\.yaml:16:26: languages\.en\.variations\.count: /u],
    ['scenarios', 'far.yaml', /^azt3knet: far\.yaml:7:\d+: population\.country: .*AQ/u],
    [
      'policies',
      'leaky.yaml',
      /^azt3knet: leaky\.yaml:\d+:\d+: rules\[0\]\.tests\.matches\[0\]: the rule email does not match it$/mu,
    ],
  ])('%s: names the place of what is wrong in %s', async (kind, file, said) => {
    const ended = await program.run(kind, 'check', file);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(said);
  });

  it('says that a file is not there', async () => {
    expect(await program.run('templates', 'check', 'none.yaml')).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/^azt3knet: none\.yaml: there is no such file$/mu) as string,
    });
  });

  it('tells of every file, for programs too', async () => {
    const ended = await program.run('--json', 'templates', 'check', 'bad.yaml', 'good.yaml');
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      valid: false,
      files: [
        { file: 'bad.yaml', valid: false, name: null, errors: [{ line: 16, column: 26 }] },
        { file: 'good.yaml', valid: true, name: 'good', version: '1.0.0', errors: [] },
      ],
    });
  });
});

describe('azt3knet bootstrap', () => {
  let runtime: Runtime;
  let program: HostedProgram;
  const done = async (...args: string[]): Promise<Record<string, string>> => {
    const { code, stdout, stderr } = await program.run('--json', 'bootstrap', ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { steps } = JSON.parse(stdout) as Bootstrapped;
    return Object.fromEntries(steps.map(({ name, done: how }) => [name, how]));
  };

  beforeAll(async () => {
    runtime = await testRuntime();
    program = new HostedProgram({
      DATABASE_URL: runtime.database.application.url,
      DATABASE_OWNER_URL: runtime.database.owner.url,
      AZT3KNET_DATA_DIR: 'data',
    });
    unlinkSync(join(program.dataDir, '.env'));
    for (const kind of ['templates', 'scenarios'])
      mkdirSync(join(program.dataDir, 'lab', kind), { recursive: true });
    writeFileSync(join(program.dataDir, 'lab', 'templates', 'greet.yaml'), templateText('greet'));
    writeFileSync(join(program.dataDir, 'lab', 'scenarios', 'small.yaml'), scenarioText('small', 'greet'));
  });

  afterAll(async () => {
    program?.remove();
    await runtime?.close();
  });

  const names = {
    env: '.env',
    key: 'api-secret-key',
    password: 'admin-password',
    template: join('lab', 'templates', 'greet.yaml'),
    scenario: join('lab', 'scenarios', 'small.yaml'),
  };

  it('says what it would do, and does nothing', async () => {
    const plan = await done('--from', 'lab', '--dry-run');
    expect(plan).toEqual({
      external: 'kept',
      ...Object.fromEntries(Object.values(names).map((name) => [name, 'planned'])),
    });
    expect(existsSync(join(program.dataDir, '.env'))).toBe(false);
    expect(existsSync(join(program.dataDir, 'data'))).toBe(false);
  });

  it('makes what is missing, once', async () => {
    expect(await done('--from', 'lab')).toEqual({
      external: 'kept',
      ...Object.fromEntries(Object.values(names).map((name) => [name, 'made'])),
    });
    const env = join(program.dataDir, '.env');
    expect(readFileSync(env, 'utf8')).toBe(readFileSync(join(PROJECT_ROOT, '.env.example'), 'utf8'));
    for (const file of [
      env,
      ...[names.key, names.password].map((name) => join(program.dataDir, 'data', name)),
    ])
      expect(statSync(file).mode & 0o777).toBe(0o600);
    const secrets = () =>
      [names.key, names.password].map((name) => readFileSync(join(program.dataDir, 'data', name), 'utf8'));
    const before = secrets();
    writeFileSync(env, 'AZT3KNET_LOG_LEVEL=error\n');
    const again = await done('--from', 'lab');
    expect(new Set(Object.values(again))).toEqual(new Set(['kept']));
    expect(readFileSync(env, 'utf8')).toBe('AZT3KNET_LOG_LEVEL=error\n');
    expect(secrets()).toEqual(before);
  });

  it('adds newer versions, and says which files it could not add', async () => {
    const file = join(program.dataDir, names.template);
    writeFileSync(file, templateText('greet', '1.1.0'));
    expect(await done('--from', 'lab')).toMatchObject({ [names.template]: 'made', [names.scenario]: 'kept' });
    writeFileSync(file, templateText('greet', '1.0.5'));
    const older = await program.run('bootstrap', '--from', 'lab');
    expect(older).toMatchObject({ code: 5 });
    expect(older.stderr).toMatch(/greet\.yaml: version must be higher than 1\.1\.0/u);
    writeFileSync(file, 'id: [');
    const wrong = await program.run('bootstrap', '--from', 'lab');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toMatch(/greet\.yaml:1:\d+: /u);
    expect(await program.run('bootstrap', '--from', 'nowhere')).toMatchObject({ code: 3 });
  });
});
