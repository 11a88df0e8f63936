import { resolve } from 'node:path';
import type { FieldIssue } from '../errors/index.js';
import { defaultText, isSecret, NAMES, type EnvironmentName } from './config.schema.js';
import { readLayers, type Given } from './layers.js';
import { parseLayers } from './load-config.js';
import { secretStores } from './stores.js';
import { redacted, withoutPasswords } from './redact.js';

/** A variable as it is in effect; a secret without its text. */
export interface ConfigEntry {
  name: EnvironmentName;
  /** Null: not set, and without a default. */
  value: string | null;
  /** `default`, a profile's file, `.env`, a secret's file or `environment`. */
  source: string;
  secret: boolean;
}

/** What the next start would find. */
export interface ConfigReport {
  /** In the order of `.env.example`. */
  variables: ConfigEntry[];
  problems: (FieldIssue & { source: string | null })[];
  warnings: string[];
}

/** Where the data are depends on the folder that a command is started in: the path says so in full. */
function absolute(entry: ConfigEntry, cwd: string): ConfigEntry {
  if (entry.name !== 'AZT3KNET_DATA_DIR' || entry.value === null) return entry;
  return { ...entry, value: resolve(cwd, entry.value) };
}

function entryOf(name: EnvironmentName, given: Given | undefined): ConfigEntry {
  const secret = isSecret(name);
  if (given === undefined) return { name, value: defaultText(name) || null, source: 'default', secret };
  const value = secret ? redacted(name, given.text) : withoutPasswords(given.text);
  return { name, value, source: given.from, secret };
}

/** Looks at everything that a start with this environment in this folder would, and never throws for what it finds. */
export async function examineConfig(
  environment: Record<string, string | undefined> = process.env,
  cwd: string = process.cwd(),
): Promise<ConfigReport> {
  const stores = await secretStores(environment, cwd);
  const silent: FieldIssue[] = [];
  for (const store of stores) {
    await store.refresh().catch((error: unknown) => {
      silent.push({ field: store.variable, message: (error as Error).message });
    });
  }
  const layers = readLayers(environment, cwd, stores);
  const issues = [...silent, ...parseLayers(layers, cwd).issues];
  const variables = NAMES.map((name) => absolute(entryOf(name, layers.given[name]), cwd));
  const sources = new Map<string, string>(
    variables.filter(({ source }) => source !== 'default').map(({ name, source }) => [name, source]),
  );
  return {
    variables,
    problems: issues.map((issue) => ({ ...issue, source: sources.get(issue.field) ?? null })),
    warnings: [...layers.warnings, ...layers.unused.map((name) => `${name}: not used by this version`)],
  };
}
