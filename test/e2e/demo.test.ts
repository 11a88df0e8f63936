import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { embeddedPostgresStatus } from '../../src/core/database/embedded/index.js';
import { ended, Program } from '../support/program.js';

interface Demo {
  folder: string;
  names: string[];
  report: string;
}

/** File name → SHA-256 of a demo's folder. */
function digests(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

async function demo(program: Program, seed: string): Promise<Demo> {
  const { code, stdout, stderr } = await program.run('demo', '--json', '--seed', seed);
  if (code !== 0) throw new Error(`the demo ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Demo;
}

describe('the demo', () => {
  const programs = [new Program(), new Program()] as const;
  afterAll(() => {
    for (const program of programs) program.remove();
  });

  it('gives the same bytes for a seed, on another database and again on the same, and others for another seed', async () => {
    const first = await demo(programs[0], '20241005');
    const files = digests(first.folder);
    expect(Object.keys(files).toSorted()).toEqual(first.names);
    expect(first.names).toEqual([
      'events.jsonl',
      'events.parquet',
      'population.json',
      'population.json.manifest.json',
      'report.html',
      'report.json',
    ]);
    expect(digests((await demo(programs[0], '20241005')).folder)).toEqual(files);
    expect(digests((await demo(programs[1], '20241005')).folder)).toEqual(files);
    const other = digests((await demo(programs[1], 'another')).folder);
    for (const name of first.names) expect(other[name]).not.toBe(files[name]);
    expect(embeddedPostgresStatus(join(programs[0].dataDir, 'data'))).toEqual({ server: null, holders: [] });
  }, 120_000);

  it('writes a report that needs no network and says that it is synthetic', async () => {
    const { report } = await demo(programs[0], '20241005');
    const html = readFileSync(report, 'utf8');
    expect(html).toContain('Synthetic');
    expect(html).toContain('<svg');
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(html).not.toContain('<script src');
    expect(html).not.toContain('@import');
  });

  it('shows plain lines where there is no terminal, and a table', async () => {
    const { code, stdout, stderr } = await programs[0].run('demo');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^simulation\.run completed 120\/120 \(\d+\/s\)$/m);
    expect(stderr + stdout).not.toContain('\u001B[');
    expect(stdout).toMatch(/│ agents +│ 1000 in Mexico City/);
    expect(stdout).toMatch(/^report {2}\S+report\.html$/m);
  });

  it('is cancelled by Ctrl-C and leaves nothing running', async () => {
    const program = new Program();
    const child = program.start(['demo']);
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await expect.poll(() => text, { timeout: 20_000 }).toContain('running');
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(130);
    expect(embeddedPostgresStatus(join(program.dataDir, 'data'))).toEqual({ server: null, holders: [] });
    program.remove();
  });

  it('leaves nothing running when Ctrl-C comes while it starts', async () => {
    for (const delay of [500, 900, 1300, 1700]) {
      const program = new Program();
      const child = program.start(['demo']);
      const end = ended(child);
      await sleep(delay);
      child.kill('SIGINT');
      const { stderr } = await end;
      expect(stderr).not.toContain('azt3knet:');
      expect(embeddedPostgresStatus(join(program.dataDir, 'data'))).toEqual({ server: null, holders: [] });
      program.remove();
    }
  }, 120_000);
});
