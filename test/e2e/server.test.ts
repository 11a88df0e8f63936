import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embeddedPostgresStatus } from '../../src/core/database/embedded/index.js';
import { ended, printed, Program } from '../support/program.js';

/** The base URL in what a server prints. */
function urlIn(text: string): string {
  return /API\s+(http:\S+)\/api\/v1/.exec(text)?.[1] ?? '';
}

describe('the server', () => {
  let program: Program;
  const dataDir = (): string => join(program.dataDir, 'data');

  beforeEach(() => {
    program = new Program();
  });

  afterEach(() => program.remove());

  it('serves API and Swagger UI, shows the admin password once, and leaves nothing running', async () => {
    const server = program.start([], 'main');
    const banner = await printed(server, /shown once/);
    const url = urlIn(banner);
    const password = /admin with the password (\S+)/.exec(banner)?.[1] ?? '';
    const file = join(dataDir(), 'admin-password');
    expect(readFileSync(file, 'utf8').trim()).toBe(password);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'ok' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(banner).toContain(`ReDoc       ${url}/redoc`);
    expect(await (await fetch(`${url}/docs`)).text()).toContain('swagger-ui');
    const asset = await fetch(`${url}/docs/swagger-ui-bundle.js`);
    expect(asset.status).toBe(200);
    await asset.arrayBuffer();
    const login = await fetch(`${url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password }),
    });
    expect(login.status).toBe(200);

    server.kill('SIGTERM');
    expect((await ended(server)).code).toBe(0);
    expect(embeddedPostgresStatus(dataDir())).toEqual({ server: null, holders: [] });

    const again = program.start([], 'main');
    expect(await printed(again, /Health/)).not.toContain('password');
    again.kill('SIGINT');
    expect((await ended(again)).code).toBe(0);
    expect(embeddedPostgresStatus(dataDir())).toEqual({ server: null, holders: [] });
  });

  it('says in one line what has the place of its secret', async () => {
    const path = join(dataDir(), 'api-secret-key');
    for (const [put, reason, args, entry] of [
      [() => writeFileSync(path, ''), 'is empty', [], 'main'],
      [() => mkdirSync(path), 'is not an ordinary file', ['jobs', 'list'], 'cli'],
      [() => execFileSync('mkfifo', [path]), 'is not an ordinary file', [], 'main'],
    ] as const) {
      mkdirSync(dataDir(), { recursive: true });
      put();
      expect(await ended(program.start(args, entry))).toMatchObject({
        code: 7,
        stderr: expect.stringMatching(
          new RegExp(String.raw`(?:^|\n)azt3knet: ${path}: ${reason}; delete it, and [^\n]*\n$`),
        ) as string,
      });
      rmSync(path, { recursive: true });
    }
  });

  it('stops in order when Ctrl-C comes while it starts', async () => {
    for (const delay of [150, 700, 1200]) {
      const server = program.start([], 'main');
      const end = ended(server);
      await sleep(delay);
      server.kill('SIGINT');
      const { stderr } = await end;
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(embeddedPostgresStatus(dataDir())).toEqual({ server: null, holders: [] });
    }
  });

  it('takes a Ctrl-C that npm passes on for the same one', async () => {
    const server = program.start([], 'main');
    await printed(server, /Health/);
    const end = ended(server);
    for (let times = 0; times < 3; times += 1) {
      server.kill('SIGINT');
      await sleep(20);
    }
    expect((await end).code).toBe(0);
    expect(embeddedPostgresStatus(dataDir())).toEqual({ server: null, holders: [] });
  });

  it('is joined by a command, and the last one out stops the database', async () => {
    const server = program.start([], 'main');
    await printed(server, /Health/);
    const { code, stdout } = await program.run('db', 'status', '--json');
    expect(code).toBe(0);
    const { migrations } = JSON.parse(stdout) as { migrations: { applied: boolean }[] };
    expect(migrations.every((migration) => migration.applied)).toBe(true);
    expect(embeddedPostgresStatus(dataDir()).holders).toEqual([server.pid]);
    server.kill('SIGTERM');
    await ended(server);
    expect(embeddedPostgresStatus(dataDir()).server).toBeNull();
  });

  it('says in one line that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const taken = new Program({ API_PORT: String(port) });
    const { code, stderr } = await ended(taken.start([], 'main'));
    other.close();
    // Nothing was made for nothing.
    const made = existsSync(join(taken.dataDir, 'data'));
    taken.remove();
    expect({ code, made, stderr }).toEqual({
      code: 7,
      made: false,
      stderr: `azt3knet: cannot listen on 127.0.0.1:${port} (another program does: EADDRINUSE); set API_HOST or API_PORT\n`,
    });
  });

  it.each([
    [
      'AZT3KNET_PREVEW_LIMIT=5',
      /^azt3knet: configuration: AZT3KNET_PREVEW_LIMIT: unknown name; did you mean AZT3KNET_PREVIEW_LIMIT\?\n$/,
    ],
    ['API_PORT=none', /^azt3knet: configuration: API_PORT: expected a whole number from 0 to 65535\n$/],
  ])('refuses a .env with %s in one line', async (line, message) => {
    writeFileSync(join(program.dataDir, '.env'), `${line}\n`);
    const { code, stderr } = await ended(program.start([], 'main'));
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('refuses an unknown mode', async () => {
    const { code, stderr } = await ended(program.start(['--mode', 'both'], 'main'));
    expect(code).toBe(2);
    expect(stderr).toBe('azt3knet: --mode both: expected api, worker, all\n');
    expect((await ended(program.start(['--what'], 'main'))).code).toBe(2);
  });

  it('runs a worker without HTTP, and an API without a worker', async () => {
    for (const mode of ['worker', 'api']) {
      const process = program.start(['--mode', mode], 'main');
      expect(await printed(process, mode === 'worker' ? /running \(worker/ : /running \(API,/)).not.toContain(
        'API and worker',
      );
      process.kill('SIGTERM');
      expect((await ended(process)).code).toBe(0);
    }
  });
});
