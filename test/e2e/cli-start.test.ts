import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/command-line.js';
import { PROJECT_ROOT } from '../../src/core/project.js';

/** What the help may load: the parser of the command line, colours, and the contract's names. */
const LIGHT = new Set(['commander', 'picocolors', 'client']);
const BAR_MS = 300;

const home = mkdtempSync(join(tmpdir(), 'azt3knet-start-'));
const CLI = join(PROJECT_ROOT, 'dist', 'src', 'cli.js');

afterAll(() => rmSync(home, { recursive: true, force: true }));

function start(...args: string[]): { stdout: string; status: number | null; packages: string[] } {
  const preload = join(PROJECT_ROOT, 'test', 'support', 'loaded-packages.mjs');
  const { stdout, status, output } = spawnSync(process.execPath, ['--import', preload, CLI, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: home },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  return { stdout, status, packages: [...new Set((output[3] ?? '').trim().split('\n'))] };
}

/** Every command with its words. */
function commandsOf(
  command: Command,
  words: readonly string[] = [],
): { words: readonly string[]; command: Command }[] {
  const parts = command.commands.flatMap((each) => commandsOf(each, [...words, each.name()]));
  return [{ words, command }, ...parts];
}

const commands = commandsOf(createProgram().program);

describe('the help', () => {
  // What is below a command is declared with it, so that its help loads no more.
  it.each(commands.filter(({ words }) => words.length < 2).map(({ words }) => words))(
    'of "%s" loads nothing heavy',
    (...words) => {
      const { stdout, status, packages } = start(...words, '--help');
      expect(status).toBe(0);
      expect(stdout).toContain(`Usage: azt3knet ${words.join(' ')}`);
      expect(packages.filter((name) => !LIGHT.has(name))).toEqual([]);
      expect(packages).toContain('commander');
    },
  );

  it.each(commands.map(({ words, command }) => [words.join(' '), command] as const))(
    'of "%s" fits 80 columns',
    (words, command) => {
      const help = command.helpInformation();
      expect(help).toContain(`Usage: azt3knet ${words}`);
      expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
    },
  );

  it('comes at once', () => {
    // On a machine that is busy with something else Node.js by itself takes longer, too.
    expect(quickest(CLI, '--help')).toBeLessThan(Math.max(BAR_MS, 6 * quickest('-e', '0')));
  });
});

/** Milliseconds that a process takes at best, of seven. */
function quickest(...args: string[]): number {
  const times = Array.from({ length: 7 }, () => {
    const started = performance.now();
    spawnSync(process.execPath, args, { env: { PATH: process.env['PATH'], HOME: home } });
    return performance.now() - started;
  });
  return Math.min(...times);
}

/** What bash offers for the words of a line, the last of which is being typed. */
function complete(...words: string[]): string[] {
  const script = `
    source <("$0" "${CLI}" completion bash)
    azt3knet() { "$NODE" "${CLI}" "$@"; }
    compopt() { COMPREPLY+=("(files)"); }
    COMP_WORDS=(azt3knet "$@")
    COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
    _azt3knet
    (( \${#COMPREPLY[@]} )) && printf '%s\\n' "\${COMPREPLY[@]}"; true`;
  const env = { PATH: process.env['PATH'], HOME: home, NODE: process.execPath };
  const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, ...words], {
    encoding: 'utf8',
    env,
  });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

describe('completion in bash', () => {
  it.each([
    [['pop'], ['populate', 'populations']],
    [
      ['populate', '--gender', ''],
      ['female', 'male', 'non_binary', 'unspecified'],
    ],
    [['--output', 'json', 'sim', 'sh'], ['show']],
    [['populate', '--path', ''], ['(files)']],
    [['$(touch pwned)', ''], ['']],
  ])('of %j is %j', (words, expected) => {
    expect(complete(...words)).toEqual(expected);
  });
});
