import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';
import type { Runtime } from '../../src/runtime.js';
import { Program } from '../support/program.js';
import { testRuntime } from '../support/runtime.js';

const CSV = 'message,class\n"make money fast, now",spam\nsee you at the wall,ham\nbuy my old bike,spam\n';

// Each command is a process of its own.
describe('azt3knet policies and backtests', { timeout: 120_000 }, () => {
  let runtime: Runtime;
  let program: Program;

  beforeAll(async () => {
    runtime = await testRuntime();
    program = new Program({
      DATABASE_URL: runtime.database.application.url,
      DATABASE_OWNER_URL: runtime.database.owner.url,
      AZT3KNET_LOG_LEVEL: 'error',
    });
    writeFileSync(join(program.dataDir, 'sms.csv'), CSV);
  });
  afterAll(async () => {
    program?.remove();
    await runtime?.close();
  });

  it('measure a policy on a labelled file', async () => {
    const file = join(program.dataDir, 'sms.csv');
    const columns = ['--text', 'message', '--label', 'class', '--positive', 'spam'];
    const { code, stdout, stderr } = await program.run(
      '--json',
      'compliance',
      'backtest',
      'spam',
      '--file',
      file,
      ...columns,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      tried: 3,
      after: { labelled: 3, flagged: 1, precision: 1, recall: 0.5 },
      changed: [],
    });
    const wrong = await program.run('compliance', 'backtest', 'spam', '--file', file, '--label', 'nothing');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('has no column "text"; it has message, class');
    const unread = await program.run(
      'compliance',
      'backtest',
      'spam',
      '--file',
      file,
      '--text',
      'message',
      '--label',
      'class',
    );
    expect(unread).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/row 1 has the label "\w+", expected 1 or 0, .*--positive/),
    });
    const none = await program.run(
      'compliance',
      'backtest',
      'spam',
      '--file',
      file,
      ...columns.slice(0, 4),
      '--positive',
      'spma',
    );
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('(spma)') });
    for (const more of [[], ['--file', file, ...columns]]) {
      const unknown = await program.run('compliance', 'backtest', 'spam', '--rule', 'nosuch', ...more);
      expect(unknown).toMatchObject({ code: 3, stdout: '' });
      expect(unknown.stderr).toMatch(
        /^azt3knet: --rule: there is no rule nosuch in spam 1\.3\.0; it has .*easy-money/,
      );
    }
    const one = await program.run(
      '--json',
      'compliance',
      'backtest',
      'spam',
      '--rule',
      'easy-money',
      '--file',
      file,
      ...columns,
    );
    expect(JSON.parse(one.stdout)).toMatchObject({ after: { flagged: 1 } });
  });

  it('speak of options, files and versions', async () => {
    const promoted = await program.run('policies', 'promote', 'spam', 'easy-money', 'percentage', '--yes');
    expect(promoted).toMatchObject({ code: 2, stdout: '' });
    expect(promoted.stderr).toMatch(/^azt3knet: --percent: must be a whole number from 1 to 99/);
    const broken = join(program.dataDir, 'broken.yaml');
    writeFileSync(broken, 'id: house\nversion: 1.0.0\n');
    for (const options of [[], ['--dry-run']]) {
      const added = await program.run('policies', 'add', broken, ...options);
      expect(added.code).toBe(2);
      expect(added.stderr).toMatch(
        new RegExp(`^azt3knet: ${broken}:1:1: title: must be text, and is missing`),
      );
    }
    const newer = join(program.dataDir, 'newer.yaml');
    const shipped = readFileSync(join(PROJECT_ROOT, 'policies', 'spam.yaml'), 'utf8');
    writeFileSync(newer, shipped.replace(/^version: .*$/mu, 'version: 1.4.0'));
    const there = await program.run('policies', 'add', newer, '--yes');
    expect(there).toMatchObject({ code: 5, stderr: expect.stringContaining('(--replace)') as string });
    const back = await program.run('policies', 'rollback', 'spam', '--to', '9.9.9', '--yes');
    expect(back.stderr).toContain('there is no policy "spam@9.9.9"; its versions are 1.3.0');
  });

  it('show what a promotion would change, ask, and go back', async () => {
    const shown = await program.run('policies', 'promote', 'spam', 'easy-money', 'shadow', '--dry-run');
    expect(shown).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('spam 1.3.1 beside 1.3.0: 0 of 0'),
    });
    const asked = await program.run('policies', 'promote', 'spam', 'easy-money', 'shadow');
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('--yes');
    const done = await program.run('policies', 'promote', 'spam', 'easy-money', 'shadow', '--yes');
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('easy-money (shadow)') });
    const back = await program.run('policies', 'rollback', 'spam', '--yes');
    expect(back).toMatchObject({ code: 0, stdout: expect.stringContaining('spam 1.3.0') });
  });
});
