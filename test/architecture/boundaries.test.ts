import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';

/** What dependency-cruiser says of the sources below a folder. */
function cruise(root: string): { status: number | null; stdout: string; stderr: string } {
  const bin = join(PROJECT_ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', 'migrations'];
  return spawnSync(process.execPath, [bin, ...options], { cwd: root, encoding: 'utf8' });
}

const INTRUDERS = {
  'engine/intruder.ts': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
  'core/intruder.ts': "export { JobsService } from '../modules/jobs/index.js';\n",
  'modules/compliance/intruder.ts': "export { AgentsService } from '../agents/index.js';\n",
  'modules/content/intruder.ts': "export { AgentsRepository } from '../agents/agents.repository.js';\n",
};

describe('module boundaries', () => {
  const copy = mkdtempSync(join(tmpdir(), 'azt3knet-boundaries-'));

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('hold', () => {
    expect(cruise(PROJECT_ROOT)).toMatchObject({ status: 0, stderr: '' });
  });

  it('are noticed when they are crossed', () => {
    for (const name of ['src', 'migrations', 'package.json', 'tsconfig.json', '.dependency-cruiser.cjs'])
      cpSync(join(PROJECT_ROOT, name), join(copy, name), { recursive: true });
    symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(copy, 'node_modules'));
    for (const [name, text] of Object.entries(INTRUDERS)) {
      mkdirSync(dirname(join(copy, 'src', name)), { recursive: true });
      writeFileSync(join(copy, 'src', name), text);
    }
    const { stdout } = cruise(copy);
    for (const rule of [
      'engine-is-pure',
      'core-knows-no-feature',
      'compliance-imports-stranger',
      'content-reaches-inside',
    ])
      expect(stdout).toContain(rule);
  });
});
