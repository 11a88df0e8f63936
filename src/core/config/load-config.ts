import { resolve } from 'node:path';
import type { FieldIssue } from '../errors/index.js';
import { LiveSecrets, type SecretRules } from '../secrets/live-secrets.js';
import { parseSealingKeys } from '../secrets/sealing-keys.js';
import type { StoredSecrets } from '../secrets/stores/stored-secrets.js';
import { QUEUES, type ClusterOfBots, type Config, type LlmConfig, type S3Config } from './config.js';
import { ConfigError } from './config.errors.js';
import {
  defaultText,
  environmentSchema,
  isLive,
  NAMES,
  SECRET_NAMES,
  STORED_NAMES,
  type Environment,
  type EnvironmentName,
} from './config.schema.js';
import { guardOf } from './guard-config.js';
import { readLayers, type Layers } from './layers.js';
import { ruleIssues } from './rules.js';
import { voiceOf } from './voice-config.js';

/** The values of all variables, or every mistake in them. */
export interface ParsedEnvironment {
  values: Environment | undefined;
  issues: FieldIssue[];
}

/** Looks at every value, and at those that must fit each other. */
export function parseLayers({ given, issues }: Layers, cwd: string): ParsedEnvironment {
  const texts = Object.fromEntries(Object.entries(given).map(([name, { text }]) => [name, text]));
  const parsed = environmentSchema.safeParse(texts);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
    // A value of a profile was looked at with its line already.
    const told = new Set(issues.map(({ field }) => field));
    return { values: undefined, issues: [...issues, ...wrong.filter(({ field }) => !told.has(field))] };
  }
  return { values: parsed.data, issues: [...issues, ...ruleIssues(parsed.data, cwd)] };
}

/**
 * Reads the configuration: defaults ← profile ← `.env` in `cwd` ← stores of secrets ← secret files ← the environment.
 * @param stores that were asked; see {@link openConfig}
 * @throws ConfigError naming every variable that is wrong, or unknown and beginning with AZT3KNET_
 */
export function loadConfig(
  environment: Record<string, string | undefined> = process.env,
  cwd: string = process.cwd(),
  stores: readonly StoredSecrets[] = [],
): Config {
  const layers = readLayers(environment, cwd, stores);
  const { values, issues } = parseLayers(layers, cwd);
  if (values === undefined || issues.length > 0) throw new ConfigError(issues);
  const start = new Map(STORED_NAMES.map((name) => [name as string, values[name]]));
  // What the environment sets to nothing takes its default, whatever the sources below say.
  const names = STORED_NAMES.filter((name) => environment[name]?.trim() !== '');
  const secrets = new LiveSecrets(layers.secrets, stores, { names, ...SECRET_RULES }, start);
  return { ...configOf(values, cwd, secrets), secrets, warnings: layers.warnings };
}

function tlsOf(values: Environment, cwd: string): Config['api']['tls'] {
  const { API_TLS_CERT_FILE: cert, API_TLS_KEY_FILE: key } = values;
  if (cert === undefined || key === undefined) return undefined;
  return { certFile: resolve(cwd, cert), keyFile: resolve(cwd, key) };
}

/** User and password of one URL in the other, which says where to. */
function withLogin(url: string, login: string | undefined): string {
  if (login === undefined) return url;
  const { username, password } = new URL(login);
  return Object.assign(new URL(url), { username, password }).href;
}

/** New connections take a new user and password; a database that moves is another matter. */
function databaseOf(values: Environment, secrets: LiveSecrets): Config['database'] {
  const { DATABASE_URL: url, DATABASE_OWNER_URL: owner } = values;
  if (url === undefined) return undefined;
  return {
    get url() {
      return withLogin(url, secrets.now('DATABASE_URL'));
    },
    get ownerUrl() {
      return owner === undefined ? this.url : withLogin(owner, secrets.now('DATABASE_OWNER_URL'));
    },
  };
}

/** How secrets are followed while a process runs. */
const SECRET_RULES: Omit<SecretRules, 'names'> = {
  accept: (name, text) => {
    const parsed = environmentSchema.shape[name as EnvironmentName].safeParse(text);
    return parsed.success ? String(parsed.data) : undefined;
  },
  takesEffect: (name, before, after) => {
    if (!isLive(name as EnvironmentName)) return false;
    const url = name.endsWith('_URL');
    if (before === undefined) return !url && !name.startsWith('MINIO_');
    return !url || withLogin(after, before) === withLogin(before, before);
  },
};

function secretList(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',').map((each) => each.trim());
}

function s3Of(environment: Environment, secrets: LiveSecrets): S3Config | undefined {
  const {
    MINIO_ENDPOINT,
    MINIO_ACCESS_KEY,
    MINIO_SECRET_KEY,
    AZT3KNET_BLOB_BUCKET: bucket,
    AZT3KNET_BLOB_BUCKETS: more = [],
  } = environment;
  if (MINIO_ENDPOINT === undefined || MINIO_ACCESS_KEY === undefined || MINIO_SECRET_KEY === undefined) {
    return undefined;
  }
  const url = new URL(MINIO_ENDPOINT, 'http://localhost');
  if (environment.MINIO_USE_SSL === true) url.protocol = 'https:';
  return {
    endpoint: url.origin,
    get accessKey() {
      return secrets.now('MINIO_ACCESS_KEY') ?? MINIO_ACCESS_KEY;
    },
    get secretKey() {
      return secrets.now('MINIO_SECRET_KEY') ?? MINIO_SECRET_KEY;
    },
    region: environment.MINIO_REGION,
    bucket,
    buckets: [...new Set([bucket, ...more])],
  };
}

function clusterOf(values: Environment, cwd: string): ClusterOfBots | undefined {
  const { AZT3KNET_BOTS_HOST_URL: hostUrl, AZT3KNET_BOTS_KUBECONFIG: kubeconfig } = values;
  if (values.AZT3KNET_BOTS_EXECUTOR !== 'kubernetes' || hostUrl === undefined) return undefined;
  return {
    hostUrl,
    port: values.AZT3KNET_BOTS_PORT,
    namespace: values.AZT3KNET_BOTS_NAMESPACE,
    kubeconfig: kubeconfig && resolve(cwd, kubeconfig),
    images: { node: values.AZT3KNET_BOTS_NODE_IMAGE, python: values.AZT3KNET_BOTS_PYTHON_IMAGE },
  };
}

function llmOf(values: Environment, secrets: LiveSecrets): LlmConfig {
  const { OLLAMA_BASE_URL: ollama, AZT3KNET_OPENAI_BASE_URL: openai, AZT3KNET_OPENAI_MODEL: model } = values;
  return {
    backend: values.AZT3KNET_LLM_BACKEND,
    ollama: ollama && {
      urls: ollama,
      model: values.OLLAMA_MODEL,
      timeoutSeconds: values.OLLAMA_TIMEOUT,
    },
    openai:
      openai === undefined || model === undefined
        ? undefined
        : {
            urls: openai,
            model,
            timeoutSeconds: values.AZT3KNET_OPENAI_TIMEOUT,
            get apiKey() {
              return secrets.now('AZT3KNET_OPENAI_API_KEY');
            },
          },
    mode: values.AZT3KNET_LLM_MODE,
    cassette: values.AZT3KNET_LLM_CASSETTE,
    concurrency: values.AZT3KNET_LLM_CONCURRENCY,
    prices: { input: values.AZT3KNET_LLM_PRICE_INPUT, output: values.AZT3KNET_LLM_PRICE_OUTPUT },
  };
}

function configOf(
  values: Environment,
  cwd: string,
  secrets: LiveSecrets,
): Omit<Config, 'secrets' | 'warnings'> {
  const embedded = values.DATABASE_BACKEND === 'sqlite' || values.DATABASE_URL === undefined;
  return {
    environment: values.AZT3KNET_ENVIRONMENT,
    corsOrigins: values.API_CORS_ORIGINS ?? [],
    logLevel: values.AZT3KNET_LOG_LEVEL,
    defaultSeed: values.AZT3KNET_DEFAULT_SEED,
    previewLimit: values.AZT3KNET_PREVIEW_LIMIT,
    dataDir: resolve(cwd, values.AZT3KNET_DATA_DIR),
    timezone: values.AZT3KNET_TIMEZONE,
    api: {
      host: values.API_HOST,
      port: values.API_PORT,
      publicUrl: values.API_PUBLIC_URL,
      tls: tlsOf(values, cwd),
      shutdownDelaySeconds: values.API_SHUTDOWN_DELAY_SECONDS,
      trustedProxies: values.API_TRUST_PROXY ?? [],
      requestTimeoutSeconds: values.API_REQUEST_TIMEOUT_SECONDS,
      maxConnections: values.API_MAX_CONNECTIONS,
      maxRequests: values.API_MAX_REQUESTS,
    },
    sandbox: {
      port: values.AZT3KNET_SANDBOX_PORT,
      publicUrl: values.AZT3KNET_SANDBOX_PUBLIC_URL,
    },
    webhook: {
      url: values.AZT3KNET_WEBHOOK_URL,
      lookupUrl: values.AZT3KNET_WEBHOOK_LOOKUP_URL,
      get secrets() {
        return secretList(secrets.now('AZT3KNET_WEBHOOK_SECRETS'));
      },
      get incomingSecrets() {
        return secretList(secrets.now('AZT3KNET_WEBHOOK_INCOMING_SECRETS'));
      },
    },
    rateLimits: {
      windowSeconds: values.RATE_LIMIT_WINDOW_SECONDS,
      requests: values.RATE_LIMIT_REQUESTS,
      addressRequests: values.RATE_LIMIT_ADDRESS_REQUESTS,
      logins: values.RATE_LIMIT_LOGINS,
      keyRequests: values.RATE_LIMIT_KEY_REQUESTS,
      botRequests: values.RATE_LIMIT_BOT_REQUESTS,
      tokenRequests: values.RATE_LIMIT_TOKEN_REQUESTS,
      groups: Object.fromEntries(values.RATE_LIMIT_GROUPS ?? []),
    },
    database: embedded ? undefined : databaseOf(values, secrets),
    redisUrl: values.REDIS_URL,
    redisSentinels: values.REDIS_SENTINELS ?? [],
    redisSentinelMaster: values.REDIS_SENTINEL_MASTER,
    redisCaFile: values.REDIS_TLS_CA_FILE === undefined ? undefined : resolve(cwd, values.REDIS_TLS_CA_FILE),
    queues: {
      population: values.QUEUE_POPULATION,
      content: values.QUEUE_CONTENT,
      simulation: values.QUEUE_SIMULATION,
    },
    s3: s3Of(values, secrets),
    exportRetentionDays: values.AZT3KNET_EXPORT_RETENTION_DAYS,
    checkpointEvery: values.AZT3KNET_CHECKPOINT_EVERY,
    checkpointsKept: values.AZT3KNET_CHECKPOINTS_KEPT,
    bots: {
      folder: values.AZT3KNET_BOTS_DIR && resolve(cwd, values.AZT3KNET_BOTS_DIR),
      blueprints: values.AZT3KNET_BLUEPRINTS_DIR && resolve(cwd, values.AZT3KNET_BLUEPRINTS_DIR),
      apiUrl: values.AZT3KNET_BOTS_API_URL,
      kubernetes: clusterOf(values, cwd),
      healing: values.AZT3KNET_BOTS_HEALING,
      backoffSeconds: values.AZT3KNET_BOTS_BACKOFF_SECONDS,
      backoffMaxSeconds: values.AZT3KNET_BOTS_BACKOFF_MAX_SECONDS,
      healthySeconds: values.AZT3KNET_BOTS_HEALTHY_SECONDS,
      tokenMinutes: values.AZT3KNET_BOTS_TOKEN_MINUTES,
      stopWithServer: values.AZT3KNET_BOTS_STOP_WITH_SERVER,
    },
    observability: {
      prometheusPort: values.PROMETHEUS_PORT,
      otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
      serviceName: values.OTEL_SERVICE_NAME,
    },
    egressAllow: values.EGRESS_ALLOW ?? [],
    llm: llmOf(values, secrets),
    guard: guardOf(values, secrets),
    voice: voiceOf(values, cwd, secrets),
    translatesCommands: values.AZT3KNET_COMMAND_TRANSLATION === 'model',
    features: {
      metrics: values.ENABLE_METRICS,
      publicMetrics: values.ENABLE_PUBLIC_METRICS,
      tracing: values.ENABLE_TRACING,
      docs: values.ENABLE_DOCS,
      chat: values.ENABLE_CONVERSATIONAL_AI,
      voice: values.ENABLE_VOICE_INPUT,
    },
    jobRetentionDays: values.AZT3KNET_JOB_RETENTION_DAYS,
    stateRetentionDays: values.AZT3KNET_STATE_RETENTION_DAYS,
    eventRetentionDays: values.AZT3KNET_EVENT_RETENTION_DAYS,
    complianceEnabled: values.AZT3KNET_COMPLIANCE_ENABLED,
    secretsRefreshSeconds: values.AZT3KNET_SECRETS_REFRESH_SECONDS,
    allowChangedFiles: values.AZT3KNET_ALLOW_CHANGED_FILES,
    auth: {
      get secret() {
        return secrets.now('API_SECRET_KEY');
      },
      algorithm: values.API_ALGORITHM,
      accessTokenMinutes: values.API_ACCESS_TOKEN_EXPIRE_MINUTES,
      adminPassword: values.AZT3KNET_ADMIN_PASSWORD,
      adminApiKey: values.ADMIN_API_KEY,
      requireAdminTotp: values.API_REQUIRE_ADMIN_TOTP,
      requireTotp: values.API_REQUIRE_TOTP,
      get encryptionKeys() {
        return parseSealingKeys(secrets.now('AZT3KNET_ENCRYPTION_KEYS') ?? '') ?? [];
      },
    },
    worker: {
      queues: QUEUES,
      concurrency: 1,
      leaseSeconds: values.WORKER_LEASE_SECONDS,
      drainSeconds: values.WORKER_DRAIN_SECONDS,
      healing: values.WORKER_HEALING,
    },
    remote: { url: values.AZT3KNET_API_URL, token: values.AZT3KNET_API_TOKEN },
  };
}

const HEADER = `# Copy to .env and uncomment what should differ; the environment overrides this file, and this file the profiles of
# config/settings.yaml. A secret may come from a file: NAME_FILE=/path instead of NAME=value, for ${SECRET_NAMES.join(', ')}.`;

/** The text of `.env.example`: every variable, commented out with its default, in the order of the schema. */
export function environmentExample(): string {
  const entries = NAMES.map(
    (name) => `# ${environmentSchema.shape[name].description ?? ''}\n# ${name}=${defaultText(name)}\n`,
  );
  return `${HEADER}\n\n${entries.join('\n')}`;
}
