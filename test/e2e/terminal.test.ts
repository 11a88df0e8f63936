import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseStatus } from '../../src/core/database/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { testDatabase } from '../support/runtime.js';

const TOKENS = { access_token: 'a', refresh_token: 'r', token_type: 'Bearer', expires_in: 60 };
/** An experiment whose name would set the title of a terminal, clear it and turn what follows around. */
const HOSTILE = { name: 'mine\u001B]0;owned\u0007\u001B[2J\u202E', status: 'completed', runs: 2 };
const CLI = join(PROJECT_ROOT, 'dist', 'src', 'cli.js');

let home: string;
/** What the server says to a log-in without a code, where it wants one. */
let wantsCode: boolean;
let server: Server;
let bodies: string[];
let url: string;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'azt3knet-terminal-'));
  bodies = [];
  wantsCode = false;
  server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
    request.on('end', () => {
      if (request.url?.startsWith('/api/v1/experiments/') === true) {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(HOSTILE));
        return;
      }
      const refused = wantsCode && bodies.at(-1)?.includes('totp_code') !== true;
      response.statusCode = refused ? 401 : 200;
      const answer = refused ? { code: 'totp_required', detail: 'totp_code is needed' } : TOKENS;
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.close();
  rmSync(home, { recursive: true, force: true });
});

/** A command on a terminal of its own, which `script` makes. */
class Terminal {
  text = '';
  private readonly child: ChildProcess;
  readonly code: Promise<number | null>;

  constructor(...args: string[]) {
    const command = [process.execPath, CLI, ...args].map((word) => `'${word}'`).join(' ');
    this.child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: home,
      env: { PATH: process.env['PATH'], HOME: home, TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    this.code = new Promise((resolve) => this.child.once('close', resolve));
  }

  private printed(text: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.text.includes(text)) return;
        this.child.stdout?.off('data', look);
        resolve();
      };
      this.child.stdout?.on('data', look);
      look();
    });
  }

  async answer(question: string, keys: string): Promise<void> {
    await this.printed(question);
    this.child.stdin?.write(keys);
  }
}

describe('azt3knet login on a terminal', () => {
  it('asks who, and for a password that it does not show', async () => {
    const terminal = new Terminal('login', '--api-url', url);
    await terminal.answer('username [admin]: ', 'ana\r');
    await terminal.answer(`password of ana at ${url}: `, 'wrong\u0015secrex\u007ft\r');
    expect(await terminal.code).toBe(0);
    expect(bodies).toEqual([JSON.stringify({ username: 'ana', password: 'secret' })]);
    expect(terminal.text).toContain(`logged in at ${url} as ana`);
    expect(terminal.text).not.toMatch(/wrong|secre/);
  });

  it('asks for a code when the server wants one', async () => {
    wantsCode = true;
    const terminal = new Terminal('login', '--api-url', url, '--username', 'ana');
    await terminal.answer('password of ana', 'secret\r');
    await terminal.answer('code of your authenticator: ', '123456\r');
    expect(await terminal.code).toBe(0);
    expect(bodies).toEqual([
      JSON.stringify({ username: 'ana', password: 'secret' }),
      JSON.stringify({ username: 'ana', password: 'secret', totp_code: '123456' }),
    ]);
    expect(terminal.text).toContain(`logged in at ${url} as ana`);
  });

  it('is left by Ctrl-C at once', async () => {
    const terminal = new Terminal('login', '--api-url', url, '--username', 'ana');
    await terminal.answer('password of ana', 'sec\u0003');
    expect(await terminal.code).toBe(130);
    expect(bodies).toEqual([]);
    expect(terminal.text).not.toContain('Warning');
    expect(readdirSync(home)).not.toContain('.config');
  });
});

describe('azt3knet users create on a terminal', () => {
  it('asks for the first password twice, and shows neither', async () => {
    const terminal = new Terminal('users', 'create', 'ana', '--role', 'viewer', '--api-url', url);
    await terminal.answer('first password of ana: ', 'one secret\r');
    await terminal.answer('first password of ana, again: ', 'another secret\r');
    expect(await terminal.code).toBe(2);
    expect(bodies).toEqual([]);
    expect(terminal.text).toContain('was not the same both times');
    expect(terminal.text).not.toContain('secret');
  });
});

describe('azt3knet db downgrade on a terminal', () => {
  it('asks first, and takes only yes for yes', async () => {
    const database = await testDatabase();
    writeFileSync(join(home, '.env'), `DATABASE_URL=${database.owner.url}\n`);
    const pending = async (): Promise<number> =>
      (await databaseStatus(database)).filter(({ applied }) => !applied).length;
    for (const [keys, code, left] of [
      ['\r', 2, 0],
      ['nay\r', 2, 0],
      ['y\r', 0, 1],
    ] as const) {
      const terminal = new Terminal('db', 'downgrade');
      await terminal.answer('[y/N] ', keys);
      expect(await terminal.code).toBe(code);
      expect(await pending()).toBe(left);
      expect(terminal.text).toContain(
        code === 0 ? 'reverted ' : 'azt3knet: not confirmed: nothing was changed',
      );
    }
    await database.release();
  });
});

describe('azt3knet experiment delete on a terminal', () => {
  it('asks with a stored name that cannot move the terminal', async () => {
    writeFileSync(join(home, '.env'), `AZT3KNET_API_URL=${url}\nAZT3KNET_API_TOKEN=t\n`);
    const terminal = new Terminal('experiment', 'delete', '7b6f0f0e-6c1d-4f0e-9c59-0d7f4a1f1a11');
    await terminal.answer('[y/N] ', 'n\r');
    expect(await terminal.code).toBe(2);
    expect(terminal.text).toContain(
      'Delete the experiment mine\uFFFD]0;owned\uFFFD\uFFFD[2J\uFFFD with its 2 runs',
    );
    expect(terminal.text).toContain('not confirmed: nothing was changed');
    for (const sign of ['\u001B]0', '\u0007', '\u001B[2J', '\u202E'])
      expect(terminal.text).not.toContain(sign);
  });
});
