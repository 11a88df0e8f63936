// Writes the types of packages/client from docs/openapi.json, or with --check fails when they are stale.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTypescript, { astToString } from 'openapi-typescript';
import prettier from 'prettier';

const document = new URL('../docs/openapi.json', import.meta.url);
const file = new URL('../packages/client/src/schema.ts', import.meta.url);
const note = '// Generated from docs/openapi.json by `npm run generate`.\n';
const types = astToString(
  await openapiTypescript(document, {
    silent: true,
    enumValues: true,
    // What has a default may be left out of a request.
    defaultNonNullable: false,
  }),
);
// The values of choices, as constants that say their own type: the generator's do not compile for choices deep in unions.
const constants = types
  .replaceAll(/^(export const \w+): ReadonlyArray<[\s\S]*?> = (\[[^\]]*\]);$/gm, '$1 = $2 as const;')
  .replaceAll(/^type (?:FlattenedDeepRequired|ReadonlyArray)<[\s\S]*?;$(?=\n(?:type|export))/gm, '');
const options = { ...(await prettier.resolveConfig(file)), parser: 'typescript' };
const text = await prettier.format(note + constants, options);

if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('packages/client/src/schema.ts is stale: run `npm run generate` and commit it.\n');
  process.exitCode = 1;
}
