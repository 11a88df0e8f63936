import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '../../src/runtime.js';
import { HostedProgram } from '../support/command-host.js';
import { templateText } from '../support/documents.js';
import { testRuntime } from '../support/runtime.js';

// Each command opens an application of its own.
describe('azt3knet templates import, diff and activate', { timeout: 180_000 }, () => {
  let runtime: Runtime;
  let program: HostedProgram;
  const write = (name: string, text: string): void => writeFileSync(join(program.dataDir, name), text);
  const newer = templateText('greet', '1.1.0', '{{ opening }}, {{ agent.city }}!');

  beforeAll(async () => {
    runtime = await testRuntime();
    program = new HostedProgram({
      DATABASE_URL: runtime.database.application.url,
      DATABASE_OWNER_URL: runtime.database.owner.url,
      AZT3KNET_LOG_LEVEL: 'error',
    });
    mkdirSync(join(program.dataDir, 'store'));
    write('store/greet.yaml', templateText('greet'));
    write('store/wave.yaml', templateText('wave'));
    write('newer.yaml', newer);
    write('bad.yaml', templateText('bad').replace('count: 2', 'count: 9'));
  });
  afterAll(async () => {
    program?.remove();
    await runtime?.close();
  });

  it('adds a folder, says what it would do first, and keeps what is there', async () => {
    const rehearsed = await program.run('templates', 'import', 'store', '--dry-run');
    expect(rehearsed).toMatchObject({ code: 0 });
    expect(rehearsed.stdout).toContain('greet 1.0.0 valid');
    const added = await program.run('templates', 'import', 'store');
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.stdout).toMatch(/greet 1\.0\.0 added\n.*wave 1\.0\.0 added/u);
    expect((await program.run('templates', 'import', 'store')).stdout).toMatch(
      /greet 1\.0\.0 kept\n.*wave 1\.0\.0 kept/u,
    );
  });

  it('adds none where one of them is wrong, and says which', async () => {
    const refused = await program.run('templates', 'import', 'newer.yaml', 'bad.yaml');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('count');
    expect((await program.run('templates', 'show', 'greet@1.1.0')).code).not.toBe(0);
    expect((await program.run('templates', 'import', 'none.yaml')).stderr).toContain('there is no such file');
  });

  it('keeps a draft apart until it is activated, and shows what it changes', async () => {
    expect((await program.run('templates', 'import', 'newer.yaml', '--draft')).stdout).toContain('replaced');
    const diff = await program.run('templates', 'diff', 'greet', '1.0.0', '1.1.0');
    expect(diff.stdout).toContain('greet 1.0.0 → 1.1.0');
    expect(diff.stdout).toContain('+ languages.en.caption: {{ opening }}, {{ agent.city }}!');
    expect((await program.run('templates', 'diff', 'greet', '1.1.0', '1.1.0')).stdout).toContain(
      'no difference',
    );
    expect((await program.run('templates', 'activate', 'greet')).stderr).toContain('must be name@version');
    const active = await program.run('templates', 'activate', 'greet@1.1.0', '--note', 'tried');
    expect(active).toMatchObject({ code: 0, stdout: 'greet 1.1.0 is active\n' });
    expect((await program.run('templates', 'activate', 'greet@1.1.0')).code).not.toBe(0);
  });

  it('writes from it, and answers posts', async () => {
    const made = await program.run(
      '--json',
      'populate',
      '--gender',
      'female',
      '--count',
      '3',
      '--country',
      'GB',
      '--seed',
      'x',
      '--persist',
      '--preview',
      '1',
    );
    const { preview } = JSON.parse(made.stdout) as { preview: { id: string }[] };
    const draft = ['content', 'draft', '--agent', preview[0]?.id ?? '', '--seed', 'x'];
    const post = await program.run('--json', ...draft, '--template', 'recipe', '--topic', 'corn bread');
    const { id } = JSON.parse(post.stdout) as { id: string };
    const reply = await program.run('--json', ...draft, '--template', 'thread_reply', '--reply-to', id);
    expect(JSON.parse(reply.stdout)).toMatchObject({
      context: { thread: { draft_id: id, topic: 'corn bread' } },
    });
    const other = await program.run(
      ...draft,
      '--template',
      'thread_reply',
      '--reply-text',
      'So much rain #Gardens',
      '--reply-author',
      'Luna',
    );
    expect(other).toMatchObject({ code: 0 });
    const missing = await program.run(...draft, '--template', 'thread_reply');
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain('--reply-to is needed');
    expect((await program.run(...draft, '--template', 'greet', '--input', 'broken')).stderr).toContain(
      'name=value',
    );
  });
});
