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
    expect(new Set(names)).toEqual(new Set([...DOCUMENTED, ...OURS]));
  });

  it.each([...DOCUMENTED, ...OURS])(
    '%s has a recipe of scripts, commands and files that are there',
    (target) => {
      const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
        scripts: Record<string, string>;
      };
      const { status, text } = make('--dry-run', target);
      expect({ status, empty: text.trim() === '' }).toEqual({ status: 0, empty: false });
      const npm = [...text.matchAll(/npm (?:run )?(\S+)/g)].map(([, script = '']) => script);
      expect(npm.filter((script) => script !== 'ci' && !(script in scripts))).toEqual([]);
      const files = [...text.matchAll(/\.\/\S+/g)].map(([path]) => path);
      const binaries = [...text.matchAll(/npx (\S+)/g)].map(([, name = '']) =>
        join('node_modules', '.bin', name),
      );
      expect([...files, ...binaries].filter((path) => !existsSync(join(PROJECT_ROOT, path)))).toEqual([]);
    },
  );

  it('refuses what it does not know', () => {
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
