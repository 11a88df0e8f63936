// Writes docs/asyncapi.yaml from the events that the built modules declare, or with --check fails when it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { stringify } from 'yaml';
import { FEATURES } from '../dist/src/features.js';
import { asyncApiDocument } from '../dist/src/core/events/index.js';

const file = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs', 'asyncapi.yaml');
// The list of features brings every module, and each module declares its events.
if (FEATURES.length === 0) throw new Error('there are no features');
const document = await prettier.format(stringify(asyncApiDocument(), { aliasDuplicateObjects: false }), {
  ...(await prettier.resolveConfig(file)),
  parser: 'yaml',
});

if (!process.argv.includes('--check')) {
  writeFileSync(file, document);
} else if (readFileSync(file, 'utf8') !== document) {
  process.stderr.write('docs/asyncapi.yaml is stale: run `npm run generate` and commit it.\n');
  process.exitCode = 1;
}
