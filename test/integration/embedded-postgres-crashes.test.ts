import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { embeddedPostgresStatus } from '../../src/core/database/embedded/index.js';
import { identify } from '../../src/core/database/embedded/process-identity.js';
import { gone, Laboratory, lives, query, until } from '../support/embedded-postgres.js';

/** Kills the main process of a server, and its children with it as the system does when it is short of memory. */
async function killServer(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await gone(pid);
}

describe('a crash', () => {
  const laboratory = new Laboratory();
  let rows = 0;

  const file = (name: string): string => join(laboratory.dataDir, name);
  const pidFile = (): string => join(laboratory.home(), 'cluster', 'postmaster.pid');

  /** Commits one row more, and expects the rows that were committed before. */
  async function writeRow(url: string): Promise<void> {
    rows += 1;
    const [found] = await query(
      url,
      'CREATE TABLE IF NOT EXISTS witness (row int)',
      `INSERT INTO witness VALUES (${rows})`,
      'SELECT count(*)::int AS rows FROM witness',
    );
    expect(found).toEqual({ rows });
  }

  /** Joins, writes, expecting what was committed, and leaves. */
  async function use(): Promise<{ stopped: boolean; left: string[] }> {
    const server = await laboratory.acquire();
    await writeRow(server.ownerUrl);
    await server.release();
    const locks = readdirSync(laboratory.dataDir).filter((name) => name.startsWith('postgres.lock'));
    return { stopped: !lives(server.pid), left: [...locks, ...readdirSync(file('postgres.holders'))] };
  }
  const healthy = { stopped: true, left: [] };

  /** The process id of a server that nobody holds any more. */
  async function orphanedServer(): Promise<{ pid: number; port: number }> {
    const holder = laboratory.hold();
    const { pid, port, ownerUrl } = await holder.said('ready');
    await writeRow(ownerUrl);
    await holder.kill();
    return { pid, port };
  }

  beforeAll(async () => {
    await use();
  });
  afterAll(() => laboratory.close());

  it('of all holders leaves a server that the next one adopts and stops', async () => {
    const holders = [laboratory.hold(), laboratory.hold()];
    const [first] = await Promise.all(holders.map((holder) => holder.said('ready')));
    await writeRow(first!.ownerUrl);
    await Promise.all(holders.map((holder) => holder.kill()));
    expect(embeddedPostgresStatus(laboratory.dataDir)).toMatchObject({
      server: { pid: first!.pid },
      holders: [],
    });
    const adopter = await laboratory.acquire();
    expect(adopter.pid).toBe(first!.pid);
    await writeRow(adopter.ownerUrl);
    await adopter.release();
    expect(lives(first!.pid)).toBe(false);
  });

  it('of the server is told to its holder; the next one recovers it, and the last one stops it', async () => {
    const holder = laboratory.hold();
    const before = await holder.said('ready');
    await writeRow(before.ownerUrl);
    await killServer(before.pid);
    expect((await holder.said('log')).line).toContain(`(process ${before.pid}) has ended`);
    const next = await laboratory.acquire();
    expect(next.pid).not.toBe(before.pid);
    // The same port, so that the pools of the older holder find it again.
    expect(next.port).toBe(before.port);
    await writeRow(before.ownerUrl);
    await next.release();
    expect(lives(next.pid)).toBe(true);
    await holder.release();
    expect(lives(next.pid)).toBe(false);
  });

  it('of holder and server loses nothing that was committed', async () => {
    const { pid } = await orphanedServer();
    await killServer(pid);
    expect(await use()).toEqual(healthy);
  });

  it('while the server is being started or stopped leaves it to the next one', async () => {
    for (const wait of [0, 10, 25, 40]) {
      const holder = laboratory.hold();
      await until(() => existsSync(file('postgres.lock')) || existsSync(pidFile()));
      await sleep(wait);
      await holder.kill();
      expect(await use()).toEqual(healthy);
    }
    const leaving = laboratory.hold();
    await leaving.said('ready');
    leaving.child.stdin?.write('release\n');
    await until(() => existsSync(file('postgres.lock')));
    await leaving.kill();
    expect(await use()).toEqual(healthy);
  });

  it('leaves a lock that does not count, nor does one of a process whose id was given out again', async () => {
    const dead = spawn('sleep', ['60'], { stdio: 'ignore' });
    const identity = identify(dead.pid!)!;
    dead.kill();
    await once(dead, 'exit');
    const own = identify(process.pid)!;
    const stale = [`${identity.pid} ${identity.startedAt}`, `${own.pid} ${own.startedAt}0`, '', '\0\0\0\0'];
    for (const content of stale) {
      writeFileSync(file('postgres.lock'), content);
      writeFileSync(file('postgres.lock.break'), content);
      writeFileSync(join(file('postgres.holders'), 'stale'), content);
      expect(embeddedPostgresStatus(laboratory.dataDir).holders).toEqual([]);
      expect(await use()).toEqual(healthy);
    }
    expect(statSync(file('postgres.json')).mode & 0o777).toBe(0o600);
  });

  it('leaves a lock that four processes find at once, and one server comes of it', async () => {
    writeFileSync(file('postgres.lock'), '1 long/ago');
    const holders = [1, 2, 3, 4].map(() => laboratory.hold());
    const ready = await Promise.all(holders.map((holder) => holder.said('ready')));
    expect(new Set(ready.map(({ pid }) => pid)).size).toBe(1);
    await Promise.all(holders.map((holder) => holder.release()));
    expect(lives(ready[0]!.pid)).toBe(false);
  });

  it('leaves a postmaster.pid whose process id another program has now, or that was cut short', async () => {
    const { pid } = await orphanedServer();
    await killServer(pid);
    const lines = readFileSync(pidFile(), 'utf8').split('\n');
    const { uid, gid } = statSync(pidFile());
    // A process of the server's own user: PostgreSQL alone would take it for a server.
    const unrelated = spawn('/bin/sleep', ['60'], { uid, gid, stdio: 'ignore', cwd: '/' });
    try {
      writeFileSync(pidFile(), [String(unrelated.pid), ...lines.slice(1)].join('\n'));
      expect(laboratory.serverPid()).toBeUndefined();
      expect(await use()).toEqual(healthy);
      expect(lives(unrelated.pid!)).toBe(true);
    } finally {
      unrelated.kill();
    }
    for (const content of ['', '0\n']) {
      const orphan = await orphanedServer();
      await killServer(orphan.pid);
      writeFileSync(pidFile(), content);
      expect(await use()).toEqual(healthy);
    }
  });

  it('does not hold on to a port that somebody else took', async () => {
    const { pid, port } = await orphanedServer();
    await killServer(pid);
    const thief = createServer().listen(port, '127.0.0.1');
    await once(thief, 'listening');
    try {
      const server = await laboratory.acquire();
      expect(server.port).not.toBe(port);
      await writeRow(server.ownerUrl);
      await server.release();
    } finally {
      thief.close();
    }
  });

  it('is not what Ctrl-C is: the server stays until its holder has let go', async () => {
    const holder = laboratory.hold({ detached: true });
    const { pid, ownerUrl } = await holder.said('ready');
    process.kill(-holder.child.pid!, 'SIGINT');
    await holder.said('interrupted');
    await sleep(200);
    expect(lives(pid)).toBe(true);
    await writeRow(ownerUrl);
    await holder.release();
    expect(lives(pid)).toBe(false);
  });
});

describe('a first start that is killed', () => {
  let laboratory: Laboratory;
  beforeEach(() => {
    laboratory = new Laboratory();
  });
  afterEach(() => laboratory.close());

  /** The folder in which the cluster is made, once it is there. */
  function draft(): string | undefined {
    try {
      return readdirSync(laboratory.home())
        .filter((name) => name.startsWith('new-'))
        .map((name) => join(laboratory.home(), name))[0];
    } catch {
      return undefined;
    }
  }

  const moments: readonly [string, () => boolean][] = [
    ['before there is a cluster', () => existsSync(join(laboratory.dataDir, 'postgres.json'))],
    ['in initdb', () => existsSync(join(draft() ?? '/nowhere', 'cluster', 'base'))],
    ['at the end of initdb', () => existsSync(join(draft() ?? '/nowhere', 'cluster', 'base', '4'))],
    ['in the start', () => existsSync(join(laboratory.dataDir, 'postgres.log'))],
  ];

  it.each(moments)('%s is followed by one that works', async (_moment, reached) => {
    const killed = laboratory.hold();
    await until(reached, 60_000);
    await killed.kill();
    const server = await laboratory.acquire();
    expect(await query(server.applicationUrl, 'SELECT current_user AS role')).toEqual([
      { role: 'azt3knet_app' },
    ]);
    await server.release();
    expect(lives(server.pid)).toBe(false);
    expect(draft()).toBeUndefined();
  });
});
