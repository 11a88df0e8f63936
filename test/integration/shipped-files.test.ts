import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changedFiles, integrityText, requireShippedFiles } from '../../src/core/integrity/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';

const FOLDERS = ['blueprints', 'models', 'policies', 'prompts', 'scenarios', 'templates', 'integrity.json'];
const POLICY = 'policies/safety.yaml';
const production = { environment: 'production', allowChangedFiles: false };
let root: string;

/** What is told, or thrown. */
function told(config = production): string[] {
  const lines: string[] = [];
  requireShippedFiles(config, (line) => lines.push(line), root);
  return lines;
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'azt3knet-shipped-'));
  for (const name of FOLDERS) cpSync(join(PROJECT_ROOT, name), join(root, name), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

describe('shipped files', () => {
  it('are as integrity.json of the repository says', () => {
    expect(changedFiles()).toEqual([]);
    expect(integrityText()).toBe(readFileSync(join(PROJECT_ROOT, 'integrity.json'), 'utf8'));
    expect(integrityText()).toMatch(/"policies\/safety\.yaml": "[0-9a-f]{64}"/);
    expect(told()).toEqual([]);
  });

  it.each<[string, () => void]>([
    [`${POLICY} is changed`, () => writeFileSync(join(root, POLICY), 'id: none\n')],
    [`${POLICY} is missing`, () => rmSync(join(root, POLICY))],
    ['policies/more.yaml is added', () => writeFileSync(join(root, 'policies/more.yaml'), '')],
    ['integrity.json is missing', () => rmSync(join(root, 'integrity.json'))],
  ])('that were changed are told, and production does not start: %s', (what, change) => {
    change();
    expect(() => told()).toThrow(
      expect.objectContaining({
        code: 'shipped_files_changed',
        message: `${what}: install again what was shipped, or set AZT3KNET_ALLOW_CHANGED_FILES=true`,
      }),
    );
    const line = `not as it was shipped: ${what}`;
    expect(told({ environment: 'production', allowChangedFiles: true })).toEqual([line]);
    expect(told({ environment: 'development', allowChangedFiles: false })).toEqual([line]);
  });
});
