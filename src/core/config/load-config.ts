import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { FieldIssue } from '../errors/index.js';
import { ConfigError } from './config.errors.js';
import { environmentSchema, type Environment, type EnvironmentName } from './config.schema.js';

/** The queues, by what they carry. */
export const QUEUES = ['population', 'content', 'simulation'] as const;
export type QueueKey = (typeof QUEUES)[number];

/** The whole configuration of a process, validated once; paths are absolute. */
export interface Config {
  environment: Environment['AZT3KNET_ENVIRONMENT'];
  logLevel: Environment['AZT3KNET_LOG_LEVEL'];
  defaultSeed: string | undefined;
  previewLimit: number;
  dataDir: string;
  api: { host: string; port: number };
  /** Absent: the embedded PostgreSQL. */
  database: { url: string; ownerUrl: string } | undefined;
  /** Absent: queues and events on PostgreSQL. */
  redisUrl: string | undefined;
  queues: Record<QueueKey, string>;
  /** Days that published events are kept. */
  eventRetentionDays: number;
  complianceEnabled: boolean;
  auth: {
    secret: string | undefined;
    algorithm: Environment['API_ALGORITHM'];
    accessTokenMinutes: number;
    adminPassword: string | undefined;
  };
}

const NAMES = Object.keys(environmentSchema.shape) as EnvironmentName[];

function unknownNames(values: Record<string, string | undefined>): FieldIssue[] {
  return Object.keys(values)
    .filter((name) => name.startsWith('AZT3KNET_') && !NAMES.some((known) => known === name))
    .map((name) => ({
      field: name,
      message: `unknown name; known are ${NAMES.filter((known) => known.startsWith('AZT3KNET_')).join(', ')}`,
    }));
}

function readEnvironment(values: Record<string, string | undefined>): Environment {
  const present = Object.fromEntries(
    NAMES.map((name) => [name, values[name]] as const).filter(
      ([, value]) => value !== undefined && value.trim() !== '',
    ),
  );
  const parsed = environmentSchema.safeParse(present);
  const issues = unknownNames(values);
  if (!parsed.success) {
    issues.push(
      ...parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
    );
  }
  if (!parsed.success || issues.length > 0) throw new ConfigError(issues);
  return parsed.data;
}

/** Rules between variables. */
function checkTogether(environment: Environment): void {
  const issues: FieldIssue[] = [];
  if (!environment.AZT3KNET_COMPLIANCE_ENABLED && environment.AZT3KNET_ENVIRONMENT !== 'development') {
    issues.push({
      field: 'AZT3KNET_COMPLIANCE_ENABLED',
      message: 'false is accepted in the development environment only',
    });
  }
  if (environment.DATABASE_OWNER_URL !== undefined && environment.DATABASE_URL === undefined) {
    issues.push({ field: 'DATABASE_OWNER_URL', message: 'needs DATABASE_URL beside it' });
  }
  const queues = [environment.QUEUE_POPULATION, environment.QUEUE_CONTENT, environment.QUEUE_SIMULATION];
  if (new Set(queues).size !== queues.length) {
    issues.push({ field: 'QUEUE_POPULATION', message: 'the three queue names must differ' });
  }
  if (issues.length > 0) throw new ConfigError(issues);
}

/**
 * Reads the configuration: defaults ← `.env` in `cwd` ← the environment.
 * @throws ConfigError naming every variable that is wrong, or unknown and beginning with AZT3KNET_
 */
export function loadConfig(
  environment: Record<string, string | undefined> = process.env,
  cwd: string = process.cwd(),
): Config {
  const file = join(cwd, '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const values = readEnvironment({ ...fromFile, ...environment });
  checkTogether(values);
  const embedded = values.DATABASE_BACKEND === 'sqlite' || values.DATABASE_URL === undefined;
  return {
    environment: values.AZT3KNET_ENVIRONMENT,
    logLevel: values.AZT3KNET_LOG_LEVEL,
    defaultSeed: values.AZT3KNET_DEFAULT_SEED,
    previewLimit: values.AZT3KNET_PREVIEW_LIMIT,
    dataDir: resolve(cwd, values.AZT3KNET_DATA_DIR),
    api: { host: values.API_HOST, port: values.API_PORT },
    database:
      embedded || values.DATABASE_URL === undefined
        ? undefined
        : { url: values.DATABASE_URL, ownerUrl: values.DATABASE_OWNER_URL ?? values.DATABASE_URL },
    redisUrl: values.REDIS_URL,
    queues: {
      population: values.QUEUE_POPULATION,
      content: values.QUEUE_CONTENT,
      simulation: values.QUEUE_SIMULATION,
    },
    eventRetentionDays: values.AZT3KNET_EVENT_RETENTION_DAYS,
    complianceEnabled: values.AZT3KNET_COMPLIANCE_ENABLED,
    auth: {
      secret: values.API_SECRET_KEY,
      algorithm: values.API_ALGORITHM,
      accessTokenMinutes: values.API_ACCESS_TOKEN_EXPIRE_MINUTES,
      adminPassword: values.AZT3KNET_ADMIN_PASSWORD,
    },
  };
}

/** The text of `.env.example`: every variable, commented out with its default, in the order of the schema. */
export function environmentExample(): string {
  const entries = NAMES.map((name) => {
    const schema = environmentSchema.shape[name];
    const parsed = schema.safeParse(undefined);
    const value = parsed.success && parsed.data !== undefined ? String(parsed.data) : '';
    return `# ${schema.description ?? ''}\n# ${name}=${value}\n`;
  });
  return `# Copy to .env and uncomment what should differ; the environment overrides this file.\n\n${entries.join('\n')}`;
}
