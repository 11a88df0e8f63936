import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { FieldIssue } from '../errors/index.js';
// Not by their index, which loads what only an application needs.
import { SecretFiles } from '../secrets/secret-files.js';
import { GivenSecrets, Secrets, type SecretSource } from '../secrets/secret-source.js';
import type { StoredSecrets } from '../secrets/stores/stored-secrets.js';
import { NAMES, SECRET_NAMES, STORED_NAMES, type EnvironmentName } from './config.schema.js';
import { nearestName } from '../nearest-name.js';
import { unusedReferenceNames } from './reference-names.js';
import { readSettings } from './settings-file.js';

/** The text of a variable and where it came from. */
export interface Given {
  text: string;
  from: string;
}

/** Everything that was set, the layers put over each other. */
export interface Layers {
  given: Partial<Record<EnvironmentName, Given>>;
  /** Mistakes that are found before a value is looked at. */
  issues: FieldIssue[];
  /** What works and should be looked after. */
  warnings: string[];
  /** Names of the reference documents that were set and that nothing reads. */
  unused: string[];
  /** The same layers, for secrets that are asked for again. */
  secrets: SecretSource;
}

type Values = Record<string, string | undefined>;

const ENV_FILE = '.env';
const ENVIRONMENT = 'environment';
const OUR_PREFIX = 'AZT3KNET_';

/** The variables of `.env`; one that cannot be read is an issue. */
function readEnvFile(cwd: string): { values: Values; issues: FieldIssue[] } {
  const file = join(cwd, ENV_FILE);
  try {
    return { values: existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}, issues: [] };
  } catch (error) {
    const message = `${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`;
    return { values: {}, issues: [{ field: ENV_FILE, message }] };
  }
}

const secretFileNames: readonly string[] = SECRET_NAMES.map((name) => `${name}_FILE`);

function hint(name: string): string {
  const nearest = nearestName(name, NAMES);
  return nearest === undefined
    ? '`azt3knet config print` and .env.example list all'
    : `did you mean ${nearest}?`;
}

function unknownNames(values: Values): FieldIssue[] {
  const known = new Set([...NAMES, ...secretFileNames, ...unusedReferenceNames(NAMES)]);
  return Object.keys(values)
    .filter((name) => name.startsWith(OUR_PREFIX) && !known.has(name))
    .map((name) => ({ field: name, message: `unknown name; ${hint(name)}` }));
}

/** Puts a layer over those below; what is empty there takes the default. */
function putOver(given: Layers['given'], values: Values, from: string): void {
  for (const name of NAMES) {
    const text = values[name];
    if (text === undefined) continue;
    if (text.trim() === '') delete given[name];
    else given[name] = { text, from };
  }
}

function putSecretsOver(layers: Layers, files: SecretFiles): void {
  for (const name of SECRET_NAMES) {
    try {
      const secret = files.readNow(name);
      if (secret === undefined) continue;
      layers.given[name] = secret;
      const warning = files.warning(name);
      if (warning !== undefined) layers.warnings.push(`${name}_FILE: ${warning}`);
    } catch (error) {
      layers.issues.push({ field: `${name}_FILE`, message: (error as Error).message });
    }
  }
}

/** The last store is put first, so that the one before it is believed. */
function putStoredOver(given: Layers['given'], stores: readonly StoredSecrets[]): void {
  for (const store of stores.toReversed()) {
    for (const name of STORED_NAMES) {
      const secret = store.readNow(name);
      if (secret !== undefined) given[name] = secret;
    }
  }
}

/**
 * Reads defaults ← profile ← `.env` in `cwd` ← stores of secrets ← secret files ← the environment. Values are not looked
 * at yet, except those of the profiles.
 * @param stores that were asked, the first of them believed first
 */
export function readLayers(environment: Values, cwd: string, stores: readonly StoredSecrets[] = []): Layers {
  const { values: file, issues } = readEnvFile(cwd);
  const both = { ...file, ...environment };
  const settings = readSettings(both['AZT3KNET_SETTINGS_FILE']?.trim() || undefined, cwd);
  const profile = settings.profiles[both['AZT3KNET_ENVIRONMENT']?.trim() || 'development'] ?? {};
  const unused = [...unusedReferenceNames(NAMES)].filter((name) => both[name] !== undefined);
  const secretFiles = new SecretFiles(both, cwd);
  const layers: Layers = {
    given: {},
    issues: [...issues, ...settings.issues, ...unknownNames(both)],
    warnings: [],
    unused,
    secrets: new Secrets([
      new GivenSecrets(environment, ENVIRONMENT),
      secretFiles,
      ...stores,
      new GivenSecrets(file, ENV_FILE),
    ]),
  };
  putOver(layers.given, profile, settings.source);
  putOver(layers.given, file, ENV_FILE);
  putStoredOver(layers.given, stores);
  putSecretsOver(layers, secretFiles);
  putOver(layers.given, environment, ENVIRONMENT);
  return layers;
}
