import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Program } from '../support/program.js';

/** `npm run test:chaos` takes twenty moments. */
const MOMENTS = Number(process.env['CHAOS_MOMENTS'] ?? 3);
const POPULATE = ['populate', '--gender', 'female', '--count', '10000', '--country', 'MX', '--seed', 'chaos'];
const EXPORT = [...POPULATE, '--export', 'jsonl', '--json'];

interface Made {
  result: { export: { sha256: string } };
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

describe('a kill -9 in the middle of an export', () => {
  let reference = '';
  let durationMs = 0;

  it('is compared with one that nothing disturbs', async () => {
    const program = new Program();
    expect((await program.run('db', 'upgrade')).code).toBe(0);
    const started = performance.now();
    const { code, stdout } = await program.run(...EXPORT);
    durationMs = performance.now() - started;
    expect(code).toBe(0);
    reference = (JSON.parse(stdout) as Made).result.export.sha256;
    program.remove();
  }, 60_000);

  it.each(Array.from({ length: MOMENTS }, (_, index) => index))(
    'at moment %i leaves no row without its file, and nothing that a sweep does not find',
    async (moment) => {
      const program = new Program();
      const exports = join(program.dataDir, 'data', 'exports');
      expect((await program.run('db', 'upgrade')).code).toBe(0);
      const victim = program.start(EXPORT);
      const died = once(victim, 'close');
      await sleep((durationMs * (moment + 1)) / (MOMENTS + 1));
      victim.kill('SIGKILL');
      await died;
      expect(await program.run('storage', 'check', '--digests')).toMatchObject({ code: 0 });

      const again = await program.run(...EXPORT);
      expect(again.code).toBe(0);
      expect((JSON.parse(again.stdout) as Made).result.export.sha256).toBe(reference);
      expect((await program.run('storage', 'sweep', '--grace-hours', '0')).code).toBe(0);
      expect(await program.run('storage', 'check', '--digests')).toMatchObject({ code: 0 });
      expect(filesBelow(exports).toSorted()).toEqual(['population.jsonl', 'population.jsonl.manifest.json']);
      program.remove();
    },
    120_000,
  );
});
