import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../core/project.js';
import type { Blueprint } from '../blueprints/blueprint-library.js';

const SDK = join(PROJECT_ROOT, 'packages', 'bot-sdk');
/** What of the SDK goes beside a program, by where it is found there. */
const SDK_FILES = {
  node: {
    'node_modules/@azt3knet/bot-sdk/package.json': 'package.json',
    'node_modules/@azt3knet/bot-sdk/src/index.js': 'src/index.js',
  },
  python: { 'azt3knet_bot.py': 'python/azt3knet_bot.py' },
} as const;

/** The files of a program as they were compared with what is pinned, and its SDK, by their paths. */
export function programFiles({ files, manifest: { runtime } }: Blueprint): Map<string, Buffer> {
  const sdk = Object.entries(SDK_FILES[runtime]).map(
    ([name, source]) => [name, readFileSync(join(SDK, source))] as const,
  );
  return new Map([...[...files].filter(([name]) => name !== 'manifest'), ...sdk]);
}
