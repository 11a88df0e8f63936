import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  });

  it('show what a promotion would change, ask, and go back', async () => {
    const shown = await program.run('policies', 'promote', 'spam', 'easy-money', 'shadow', '--dry-run');
    expect(shown).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('spam 1.1.1 beside 1.1.0: 0 of 0'),
    });
    const asked = await program.run('policies', 'promote', 'spam', 'easy-money', 'shadow');
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('--yes');
    const done = await program.run('policies', 'promote', 'spam', 'easy-money', 'shadow', '--yes');
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('easy-money (shadow)') });
    const back = await program.run('policies', 'rollback', 'spam', '--yes');
    expect(back).toMatchObject({ code: 0, stdout: expect.stringContaining('spam 1.1.0') });
  });
});
