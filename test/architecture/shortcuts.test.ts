import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';

/** What document 001 names, and what came to it. */
const DOCUMENTED = ['setup', 'lint', 'test', 'run-api', 'run-worker', 'sim'];
const OURS = ['help', 'build', 'check', 'demo', 'up', 'down', 'clean'];

function make(...args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync('make', ['--no-print-directory', ...args], {
    cwd: PROJECT_ROOT,
    encoding: 'utf8',
  });
  return { status, text: `${stdout}${stderr}` };
}

describe('make', () => {
  it('lists every shortcut with what it does', () => {
    const { status, text } = make('help');
    expect(status).toBe(0);
    expect(make().text).toBe(text);
    const names = text
      .trim()
      .split('\n')
      .map((line) => line.split(/ +/)[0]);
    expect(names.toSorted()).toEqual([...DOCUMENTED, ...OURS].toSorted());
  });

  it('has recipes of npm scripts, commands and files that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const target of [...DOCUMENTED, ...OURS]) {
      const { status, text } = make('--dry-run', target);
      expect(status, target).toBe(0);
      expect(text.trim(), target).not.toBe('');
      for (const [, script = ''] of text.matchAll(/npm (?:run )?(\S+)/g)) {
        if (script !== 'ci') expect(Object.keys(scripts)).toContain(script);
      }
      for (const [path] of text.matchAll(/\.\/\S+/g))
        expect(existsSync(join(PROJECT_ROOT, path)), path).toBe(true);
      for (const [, binary = ''] of text.matchAll(/npx (\S+)/g)) {
        expect(existsSync(join(PROJECT_ROOT, 'node_modules', '.bin', binary)), binary).toBe(true);
      }
    }
    expect(make('--dry-run', 'nothing').status).not.toBe(0);
  });

  it('takes a scenario and ticks', () => {
    expect(make('-n', 'sim').text.trim()).toBe(
      './bin/azt3knet sim run --scenario "metro_cdmx" --ticks "120"',
    );
    expect(make('-n', 'sim', 'SCENARIO=mine', 'TICKS=3').text.trim()).toBe(
      './bin/azt3knet sim run --scenario "mine" --ticks "3"',
    );
    expect(make('-n', 'up', 'SERVICES=postgres redis').text.trim()).toBe(
      './scripts/dev_up.sh postgres redis',
    );
  });
});

/** A checkout with a `docker` and an `azt3knet` that write down what they are called with. */
describe('scripts', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'azt3knet scripts '));
    for (const folder of ['scripts', join('infra', 'docker')]) {
      cpSync(join(PROJECT_ROOT, folder), join(root, folder), { recursive: true });
    }
    rmSync(join(root, 'infra', 'docker', '.env'), { force: true });
    mkdirSync(join(root, 'bin'));
    for (const name of ['docker', 'azt3knet']) {
      const file = join(root, 'bin', name);
      writeFileSync(file, `#!/bin/sh\nprintf '%s|' "$(pwd)" ${name} "$@"\nexit 7\n`);
      chmodSync(file, 0o755);
    }
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Runs a script from another folder; answers its exit code and the call that it made. */
  const run = (name: string, ...args: string[]) => {
    const { status, stdout } = spawnSync(join(root, 'scripts', name), args, {
      cwd: tmpdir(),
      encoding: 'utf8',
      env: { PATH: `${join(root, 'bin')}${delimiter}${process.env['PATH']}` },
    });
    const [cwd, ...call] = stdout.split('|').slice(0, -1);
    return { status, cwd, call };
  };

  it('start the stack, or the services that are named, with a file of settings', () => {
    expect(run('dev_up.sh')).toEqual({
      status: 7,
      cwd: root,
      call: ['docker', 'compose', 'up', '--detach', '--build'],
    });
    expect(existsSync(join(root, 'infra', 'docker', '.env'))).toBe(true);
    writeFileSync(join(root, 'infra', 'docker', '.env'), 'POSTGRES_PORT=6000\n');
    expect(run('dev_up.sh', 'postgres', 'redis', 'ollama').call?.slice(-3)).toEqual([
      'postgres',
      'redis',
      'ollama',
    ]);
    expect(readFileSync(join(root, 'infra', 'docker', '.env'), 'utf8')).toBe('POSTGRES_PORT=6000\n');
  });

  it('stop it, those of profiles too, and keep its data unless told', () => {
    const down = ['docker', 'compose', '--profile', '*', 'down', '--remove-orphans'];
    expect(run('dev_down.sh')).toEqual({ status: 7, cwd: root, call: down });
    expect(run('dev_down.sh', '--volumes').call).toEqual([...down, '--volumes']);
  });

  it('make buckets', () => {
    expect(run('setup_minio.sh', '--dry-run')).toEqual({
      status: 7,
      cwd: root,
      call: ['azt3knet', 'storage', 'setup', '--dry-run'],
    });
  });
});
