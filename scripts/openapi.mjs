// Writes docs/openapi.json from the built application, or with --check fails when it is stale. Needs no database:
// Nest's preview mode wires the modules without making a provider.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import prettier from 'prettier';
import { compose } from '../dist/src/composition.js';
import { loadConfig } from '../dist/src/core/config/index.js';
import { API_PREFIX, openApiDocument, OPERATIONS } from '../dist/src/core/http/index.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const file = join(root, 'docs', 'openapi.json');
const config = loadConfig({}, '/');
const nowhere = { url: 'postgres://nowhere/nothing' };
const database = { kind: 'external', owner: nowhere, application: nowhere, release: async () => {} };
const queue = { kind: 'postgres', connection: {}, relay: undefined, close: async () => {} };

const app = await NestFactory.create(
  compose('api', { config, database, queue, close: async () => {} }),
  new FastifyAdapter(),
  {
    preview: true,
    logger: false,
    abortOnError: false,
  },
);
app.setGlobalPrefix(API_PREFIX, { exclude: OPERATIONS });
const document = await prettier.format(JSON.stringify(openApiDocument(app)), {
  parser: 'json',
  printWidth: 110,
});

if (!process.argv.includes('--check')) {
  writeFileSync(file, document);
} else if (readFileSync(file, 'utf8') !== document) {
  process.stderr.write('docs/openapi.json is stale: run `npm run generate` and commit it.\n');
  process.exitCode = 1;
}
