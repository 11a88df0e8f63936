import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { Config } from '../config/index.js';
import { Cli } from './cli.js';
import { SessionStore } from './sessions.js';

function unused(): never {
  throw new Error('not for this');
}

/** A configuration that names a server; notes are collected. */
function withServer(url: string | undefined): { cli: Cli; notes: string[] } {
  const program = new Command('azt3knet').option('--api-url <url>').option('--quiet');
  const notes: string[] = [];
  const made = new Cli(program, () => ({ remote: { url } }) as Config, unused);
  Object.defineProperty(made, 'output', { value: { note: (line: string) => notes.push(line) } });
  return { cli: made, notes };
}

describe('a command for this machine alone', () => {
  it('says so once where the environment names a server', () => {
    const { cli: command, notes } = withServer('https://lab.example/');
    command.requireLocal();
    command.requireLocal();
    expect(notes).toEqual(['this works on this machine, and not on https://lab.example (AZT3KNET_API_URL)']);
    const other = withServer(undefined);
    other.cli.requireLocal();
    expect(other.notes).toEqual([]);
  });
});

function cli(...args: string[]): Cli {
  const program = new Command('azt3knet').option('--api-url <url>').action(() => undefined);
  program.parse(args, { from: 'user' });
  return new Cli(program, unused, unused);
}

describe('a hint', () => {
  it('is a command for the same server', () => {
    expect(cli().hint('sim report 1')).toBe('azt3knet sim report 1');
    expect(cli('--api-url', 'https://lab.example').hint('sim report 1')).toBe(
      'azt3knet sim report 1 --api-url https://lab.example',
    );
  });
});

const path = (url: string): string => new SessionStore({ XDG_CONFIG_HOME: '/home/ana/.config' }).path(url);

describe('a log-in', () => {
  it.each(['http://127.0.0.1:8000', 'http://[::1]:8000', 'http://localhost:8000'])(
    'at this machine serves %s',
    (url) => {
      expect(path(url)).toBe('/home/ana/.config/azt3knet/sessions/http%3A%2F%2Flocalhost%3A8000.json');
    },
  );

  it.each([
    ['another port', 'http://127.0.0.1:8001'],
    ['another protocol', 'https://127.0.0.1:8000'],
    ['another machine', 'http://127.0.0.1.example:8000'],
  ])('does not serve %s', (_, url) => {
    expect(path(url)).not.toBe(path('http://localhost:8000'));
  });
});
