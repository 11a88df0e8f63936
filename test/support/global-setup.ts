import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { upgradeDatabase } from '../../src/core/database/index.js';
import { acquireEmbeddedPostgres } from '../../src/core/database/embedded/index.js';
import { removeDataDir } from './data-dir.js';

/** The migrated database that every test's own is copied from. */
export const TEMPLATE_DATABASE = 'azt3knet_template';

/** What would save this server from a crash that no test makes: those of crashes have servers of their own. */
const FORGETFUL = ['fsync', 'synchronous_commit', 'full_page_writes'];

declare module 'vitest' {
  interface ProvidedContext {
    /** URLs of the template database on the server of this run. */
    postgres: { ownerUrl: string; applicationUrl: string };
  }
}

function withDatabase(url: string, database: string): string {
  const result = new URL(url);
  result.pathname = `/${database}`;
  return result.href;
}

/** One embedded server for the whole run; the tests copy its migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'azt3knet-tests-'));
  const server = await acquireEmbeddedPostgres({ dataDir });
  const admin = new pg.Client(server.ownerUrl);
  await admin.connect();
  for (const setting of FORGETFUL) await admin.query(`ALTER SYSTEM SET ${setting} = off`);
  await admin.query('SELECT pg_reload_conf()');
  await admin.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await admin.end();
  const urls = {
    ownerUrl: withDatabase(server.ownerUrl, TEMPLATE_DATABASE),
    applicationUrl: withDatabase(server.applicationUrl, TEMPLATE_DATABASE),
  };
  await upgradeDatabase({
    kind: 'external',
    owner: { url: urls.ownerUrl },
    application: { url: urls.applicationUrl },
    release: async () => {},
  });
  project.provide('postgres', urls);
  return async () => {
    await server.release();
    removeDataDir(dataDir);
  };
}
