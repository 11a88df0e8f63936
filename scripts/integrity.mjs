// Writes integrity.json, the SHA-256 of the blueprints, models, policies, prompts, scenarios and templates that are shipped, or with
// --check fails when it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { integrityText } from '../dist/src/core/integrity/index.js';

const file = new URL('../integrity.json', import.meta.url);
const text = integrityText();

if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('integrity.json is stale: run `npm run generate` and commit it.\n');
  process.exitCode = 1;
}
