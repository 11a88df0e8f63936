import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { upgradeDatabase } from '../../src/core/database/index.js';
import { startTestServer } from './test-server.js';

/** The migrated database that every test's own is copied from. */
export const TEMPLATE_DATABASE = 'azt3knet_template';

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
  const { server, remove } = await startTestServer();
  const admin = new pg.Client(server.ownerUrl);
  await admin.connect();
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
  return remove;
}
