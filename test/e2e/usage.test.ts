import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';

const home = mkdtempSync(join(tmpdir(), 'azt3knet-usage-'));
const CLI = join(PROJECT_ROOT, 'dist', 'src', 'cli.js');
const POPULATE = ['populate', '--gender', 'female', '--count', '2', '--country', 'MX'];

afterAll(() => rmSync(home, { recursive: true, force: true }));

function run(args: readonly string[], environment: Record<string, string> = {}) {
  const env = { PATH: process.env['PATH'], HOME: home, ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    cwd: home,
    env,
  });
  return { status, stdout, stderr };
}

/** What a command prints on a terminal of 80 columns, errors included. */
function onTerminal(...args: string[]): string {
  const command = `stty cols 80 rows 24; ${[process.execPath, CLI, ...args].map((word) => `'${word}'`).join(' ')}`;
  const env = { PATH: process.env['PATH'], HOME: home, TERM: 'xterm' };
  return spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', cwd: home, env }).stdout;
}

describe('the help of a command', () => {
  it('shows the options of the program, and which options are required', () => {
    const { stdout } = run(['sim', 'run', '--help']);
    expect(stdout).toMatch(
      /Global Options:[\s\S]*--seed <text>[\s\S]*--output <format>[\s\S]*--api-url <url>/,
    );
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('e.g. metro_cdmx (required)');
    expect(stdout.match(/\(required\)/g)).toHaveLength(1);
  });
});

describe('wrong usage', () => {
  it.each([
    [
      ['sim', 'run', '--scenari', 'x'],
      /^azt3knet: unknown option '--scenari'\n\(Did you mean --scenario\?\)\n$/,
    ],
    [['jobs', 'show', 'x'], /^azt3knet: unknown command 'show'\n\(jobs has: list, status, .*redrive\)\n$/],
    [['jobs', 'lits'], /^azt3knet: unknown command 'lits'\n\(Did you mean list\?\)\n$/],
    [['qwertyuiop'], /^azt3knet: unknown command 'qwertyuiop'\n\(azt3knet --help lists the commands\)\n$/],
    [
      ['jobs', 'list', '--status', 'quued'],
      /^azt3knet: option '--status <list>' .*\n\(Did you mean queued\?\)\n$/,
    ],
    [
      ['jobs', 'list', '--queue', 'contnet'],
      /^azt3knet: option '--queue <queue>' .*\n\(Did you mean content\?\)\n$/,
    ],
    [['sim', 'run'], /^azt3knet: required option '--scenario <name>' not specified\n$/],
    [
      ['config', 'print', '--json', '--output', 'csv'],
      /^azt3knet: --json means --output json, and --output csv /,
    ],
    [
      [...POPULATE, '--age', '5-18'],
      /^azt3knet: option '--age <min-max>' argument '5-18' is invalid\. .*from 13 to 90\.\n$/,
    ],
  ])('%j is told in a line', (args, said) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(said);
  });

  it('is broken between words on a terminal', () => {
    const lines = onTerminal('populate', '--gender', 'x', '--count', '1').split('\r\n');
    expect(lines[0]).toMatch(/^azt3knet: .* is invalid\.\S*/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.slice(0, -1).length).toBeGreaterThan(1);
  });

  it.each([
    [
      'AZT3KNET_LOG_LEVEL',
      'loud',
      /^azt3knet: .*AZT3KNET_LOG_LEVEL: expected fatal, error, warn, info, debug, trace or silent/,
    ],
    ['AZT3KNET_DATADIR', '/x', /AZT3KNET_DATADIR: unknown name; did you mean AZT3KNET_DATA_DIR\?/],
  ])('of %s=%s says what is accepted', (name, value, said) => {
    const { status, stderr } = run(['sim', 'list'], { [name]: value });
    expect(status).toBe(2);
    expect(stderr).toMatch(said);
  });
});

describe('CSV', () => {
  it('is a variable a row of the configuration, and a check a row of the system', () => {
    const [head, first] = run(['config', 'print', '--output', 'csv']).stdout.split('\r\n');
    expect([head, first]).toEqual([
      'name,value,source,secret',
      'AZT3KNET_ENVIRONMENT,development,default,false',
    ]);
    const [columns, ...checks] = run(['system', 'check', '--output', 'csv']).stdout.trimEnd().split('\r\n');
    expect(columns).toBe('name,status,detail,advice');
    expect(checks.some((line) => line.startsWith('database,ok,'))).toBe(true);
  });
});

describe('a file that a command is to read', () => {
  const COMMANDS = [
    ['policies', 'check'],
    ['populations', 'check'],
    ['policies', 'add'],
    ['compliance', 'backtest', 'pii', '--file'],
    ['populate', '--file'],
    ['llm', 'cassettes', 'import'],
    ['audit', 'verify', '--heads'],
    ['db', 'restore', '--path'],
  ];

  it.each(COMMANDS)('that is missing is told so: %s %s', (...words) => {
    const { status, stderr } = run([...words, 'nosuch.yaml']);
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: expect.stringMatching(/no (such )?file/) as string,
    });
  });

  it.each(COMMANDS.slice(0, -1))('that is a folder is told so: %s %s', (...words) => {
    const { status, stderr } = run([...words, '.']);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining('is a folder, and a file is wanted') as string,
    });
  });
});
