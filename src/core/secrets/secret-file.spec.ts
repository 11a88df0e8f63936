import fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { secretFile } from './secret-file.js';

vi.mock('node:fs');
const calls: string[] = [];
const named = new Map<string, string>();
const opened = new Map<number, string>();
const missing = Object.assign(new Error('missing'), { code: 'ENOENT' });

const sort = (path: string): string => (path === 'data' ? 'folder' : path.endsWith('/key') ? 'key' : 'draft');

/** A file system that notes what happens to files, and in which order. */
beforeEach(() => {
  calls.length = 0;
  named.clear();
  opened.clear();
  vi.mocked(fs.statSync).mockImplementation(((path: string) => {
    if (path === 'data') return { isDirectory: () => true };
    if (!named.has(path)) throw missing;
    return { isFile: () => true };
  }) as never);
  vi.mocked(fs.readFileSync).mockImplementation(((path: string) => named.get(path)) as never);
  vi.mocked(fs.openSync).mockImplementation(((path: string) => {
    opened.set(opened.size + 3, path);
    return opened.size + 2;
  }) as never);
  vi.mocked(fs.writeFileSync).mockImplementation(((file: number, text: string) => {
    named.set(opened.get(file) ?? '', text);
    calls.push('write');
  }) as never);
  vi.mocked(fs.fsyncSync).mockImplementation((file) => {
    calls.push(`sync ${sort(opened.get(file) ?? '')}`);
  });
  vi.mocked(fs.linkSync).mockImplementation(((from: string, to: string) => {
    named.set(to, named.get(from) ?? '');
    calls.push(`link ${sort(to)}`);
  }) as never);
});

describe('a secret that is made', () => {
  it('is on the disk before it has its name, and its name before it is used', () => {
    expect(secretFile('data', 'key', () => 'made')).toBe('made');
    expect(named.get(join('data', 'key'))).toBe('made\n');
    expect(calls).toEqual(['write', 'sync draft', 'link key', 'sync folder']);
  });
});
