// Checks the policies that are shipped, examples and all, and writes what they say to dist/program/policies.json, from where a program takes them
// as long as their texts are the same. A part of the build: fails where one is not valid.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { checkPolicy } from '../dist/src/modules/compliance/policy/policy.examples.js';

const folder = new URL('../policies/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
try {
  const policies = files
    .toSorted()
    .map((file) => checkPolicy(readFileSync(new URL(file, folder), 'utf8'), `policies/${file}`));
  writeFileSync(new URL('../dist/program/policies.json', import.meta.url), JSON.stringify(policies));
} catch (error) {
  process.stderr.write(`azt3knet: ${error.message}\n`);
  process.exitCode = 1;
}
