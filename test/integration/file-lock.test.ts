import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFileLock } from '../../src/core/cli/file-lock.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azt3knet-lock-'));
  path = join(folder, 'a.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Leaves a lock behind, as somebody else's. */
function lockOf(pid: number, host: string, ageSeconds = 0): string {
  const content = JSON.stringify({ id: 'theirs', pid, host });
  writeFileSync(path, content);
  const at = Date.now() / 1_000 - ageSeconds;
  utimesSync(path, at, at);
  return content;
}

/** Whether somebody gets in within half a second. */
async function getsIn(): Promise<boolean> {
  const entered = withFileLock(path, () => Promise.resolve(true));
  const soon = await Promise.race([entered, sleep(500).then(() => false)]);
  if (!soon) {
    rmSync(path);
    await entered;
  }
  return soon;
}

describe('a lock', () => {
  it.each([
    ['free', () => undefined],
    ['of a process that is dead', () => lockOf(spawnSync('true').pid, hostname())],
    ['without a sign for half a minute', () => lockOf(process.pid, hostname(), 31)],
    [
      'that was never written, for half a minute',
      () => (lockOf(1, ''), writeFileSync(path, ''), utimesSync(path, 1, 1)),
    ],
  ])('%s lets many in, one after the other, and is gone afterwards', async (_, before) => {
    before();
    let inside = 0;
    let most = 0;
    let times = 0;
    const enter = () =>
      withFileLock(path, async () => {
        inside += 1;
        most = Math.max(most, inside);
        times += 1;
        await sleep(5);
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 30 }, enter));
    expect({ most, times }).toEqual({ most: 1, times: 30 });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['a process that lives', () => lockOf(process.pid, hostname(), 29)],
    ['another machine', () => lockOf(spawnSync('true').pid, 'elsewhere')],
  ])('of %s lets nobody in', async (_, before) => {
    before();
    expect(await getsIn()).toBe(false);
  });

  it('is given back when the work fails', async () => {
    await expect(withFileLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await getsIn()).toBe(true);
  });

  it('that was taken over in the meantime stays with the next', async () => {
    let theirs = '';
    await withFileLock(path, () => {
      theirs = lockOf(process.pid, hostname());
      return Promise.resolve();
    });
    expect(readFileSync(path, 'utf8')).toBe(theirs);
  });
});
