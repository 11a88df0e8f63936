import type { RouteGroup } from '../http/route-groups.js';
import type { LiveSecrets } from '../secrets/live-secrets.js';
import type { SealingKey } from '../secrets/sealing-keys.js';
import type { GuardConfig } from './guard-config.js';
import type { VoiceConfig } from './voice-config.js';
import type { Environment } from './config.schema.js';

/** The queues, by what they carry. */
export const QUEUES = ['population', 'content', 'simulation'] as const;
export type QueueKey = (typeof QUEUES)[number];

/** A server that speaks the protocol of S3. */
export interface S3Config {
  /** `http://host:port` or `https://host:port`. */
  endpoint: string;
  accessKey: string;
  secretKey: string;
  region: string;
  /** Holds everything. */
  bucket: string;
  /** That one, and others that a setup creates. */
  buckets: string[];
}

/** Servers of language models that speak the same protocol. */
export interface LlmServersConfig {
  /** Base URLs, without a slash at the end. */
  urls: readonly string[];
  model: string;
  timeoutSeconds: number;
}

/** Language models. */
export interface LlmConfig {
  backend: Environment['AZT3KNET_LLM_BACKEND'];
  ollama: LlmServersConfig | undefined;
  openai: (LlmServersConfig & { apiKey: string | undefined }) | undefined;
  mode: Environment['AZT3KNET_LLM_MODE'];
  /** There unless the mode is `live`. */
  cassette: string | undefined;
  /** Calls at once. */
  concurrency: number;
  /** Of a million tokens. */
  prices: { input: number; output: number };
}

/** Where bots run in pods. */
export interface ClusterOfBots {
  /** Where pods call the servers. */
  hostUrl: string;
  /** On which these listen. */
  port: number;
  namespace: string;
  /** Absent: the cluster that this server runs in. */
  kubeconfig: string | undefined;
  images: Readonly<Record<'node' | 'python', string>>;
}

/** The whole configuration of a process, validated once; paths are absolute. */
export interface Config {
  environment: Environment['AZT3KNET_ENVIRONMENT'];
  /** Origins of pages that may call the API from a browser. */
  corsOrigins: readonly string[];
  logLevel: Environment['AZT3KNET_LOG_LEVEL'];
  defaultSeed: string | undefined;
  previewLimit: number;
  dataDir: string;
  /** What people read and plan in. */
  timezone: string;
  api: {
    host: string;
    port: number;
    /** Where others reach it, without a slash at the end; absent: nobody said. */
    publicUrl: string | undefined;
    /** Absent: plain HTTP. */
    tls: { certFile: string; keyFile: string } | undefined;
    shutdownDelaySeconds: number;
    /** Addresses and ranges of proxies that are believed. */
    trustedProxies: readonly string[];
    /** For a request to come in whole, and for an answer to go on. */
    requestTimeoutSeconds: number;
    maxConnections: number;
    /** Requests at once. */
    maxRequests: number;
  };
  sandbox: {
    /** Absent: the sandbox network is not served; 0: a free one. */
    port: number | undefined;
    /** Where clients reach it, an origin; absent: nobody said. */
    publicUrl: string | undefined;
  };
  /** Publishing to a server of the operator's. */
  webhook: {
    url: string | undefined;
    /** Where it can be asked what became of a message; absent: nowhere. */
    lookupUrl: string | undefined;
    /** What is sent is signed with; now. */
    secrets: readonly string[];
    /** What comes from there is signed with; now. */
    incomingSecrets: readonly string[];
  };
  /** Requests in a window; 0: no limit. */
  rateLimits: {
    windowSeconds: number;
    /** Of a user or a key. */
    requests: number;
    /** Of an address without valid credentials. */
    addressRequests: number;
    /** Attempts to log in of an address. */
    logins: number;
    /** Of service accounts for tokens, of an address. */
    tokenRequests: number;
    /** With one API key, within those of its user. */
    keyRequests: number;
    /** Of a bot, beside those of its owner. */
    botRequests: number;
    /** Of a user or a key on the routes of a group. */
    groups: Partial<Record<RouteGroup, number>>;
  };
  /** Absent: the embedded PostgreSQL. */
  database: { url: string; ownerUrl: string } | undefined;
  /** Absent: queues and events on PostgreSQL. */
  redisUrl: string | undefined;
  /** Sentinels that know which server is the master, `host:port` each; none: the URL names it. */
  redisSentinels: readonly string[];
  redisSentinelMaster: string;
  /** PEM file of the authority behind a rediss:// server. */
  redisCaFile: string | undefined;
  queues: Record<QueueKey, string>;
  /** Absent: blobs are files in the data folder. */
  s3: S3Config | undefined;
  /** 0 keeps exports for ever. */
  exportRetentionDays: number;
  checkpointEvery: number;
  checkpointsKept: number;
  bots: {
    /** Absent: in the data folder, or where their users can reach it. */
    folder: string | undefined;
    /** More blueprints than the shipped ones. */
    blueprints: string | undefined;
    /** API that they are led to; absent: the one of this machine. */
    apiUrl: string | undefined;
    /** Absent: bots run in processes. */
    kubernetes: ClusterOfBots | undefined;
    healing: Environment['AZT3KNET_BOTS_HEALING'];
    backoffSeconds: number;
    backoffMaxSeconds: number;
    healthySeconds: number;
    tokenMinutes: number;
    stopWithServer: boolean;
  };
  observability: {
    /** Absent: /metrics on the API port only. */
    prometheusPort: number | undefined;
    otlpEndpoint: string | undefined;
    serviceName: string;
  };
  /** Servers that may be asked, and ranges that they may be in: entries of `AllowList` of core/egress. */
  egressAllow: readonly string[];
  llm: LlmConfig;
  guard: GuardConfig;
  voice: VoiceConfig;
  /** Whether a language model may suggest what a sentence of the chat means that is not understood. */
  translatesCommands: boolean;
  /** What is switched on and off, `ENABLE_*`. */
  features: {
    metrics: boolean;
    publicMetrics: boolean;
    tracing: boolean;
    docs: boolean;
    chat: boolean;
    voice: boolean;
  };
  /** Days that finished jobs are kept; 0: for ever. */
  jobRetentionDays: number;
  /** Days that superseded states of agents are kept; 0: for ever. */
  stateRetentionDays: number;
  /** Days that published events are kept. */
  eventRetentionDays: number;
  complianceEnabled: boolean;
  /** Whether production starts with other policies, scenarios or templates than those that were shipped. */
  allowChangedFiles: boolean;
  auth: {
    secret: string | undefined;
    algorithm: Environment['API_ALGORITHM'];
    accessTokenMinutes: number;
    adminPassword: string | undefined;
    adminApiKey: string | undefined;
    requireAdminTotp: boolean;
    requireTotp: boolean;
    /** Keys of stored credentials that were given; the first seals. */
    encryptionKeys: readonly SealingKey[];
  };
  /** What a worker of this process takes on: jobs of these queues, so many of each at once. */
  worker: {
    queues: readonly QueueKey[];
    concurrency: number;
    /** A worker that was not heard of for so long has lost its jobs. */
    leaseSeconds: number;
    /** How long a worker that stops lets its jobs finish; 0: it hands them back at once. */
    drainSeconds: number;
    /** What self-healing does with workers and queues that say nothing else. */
    healing: Environment['WORKER_HEALING'];
  };
  /** The server that the command line works on; without a URL, this machine. */
  remote: { url: string | undefined; token: string | undefined };
  /** Asked for secrets that are needed anew while the process runs. What above is one of them is always the present one. */
  secrets: LiveSecrets;
  /** How often their sources are looked at. */
  secretsRefreshSeconds: number;
  /** What works and an operator should look after. */
  warnings: readonly string[];
}
