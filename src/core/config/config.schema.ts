import { z } from 'zod';
import { CASSETTE_NAME, CASSETTE_NAME_RULE } from '../llm/cassettes/cassette-name.js';
import {
  text,
  flag,
  oneOf,
  integer,
  postgresUrl,
  redisUrl,
  hostList,
  originList,
  addressList,
  groupLimits,
  egressList,
  file,
  httpUrl,
  publicUrl,
  originUrl,
  socketUrl,
  serverList,
  price,
  timeZone,
  headerList,
  SECRET,
  LIVE_SECRET,
  STORE_SECRET,
  sealingKeyList,
  webhookSecrets,
  queueName,
  BUCKET,
  BUCKET_RULE,
  objectStorageUrl,
} from './values.js';

/** What self-healing may do: only look, wait for approval, or act by itself. */
export const HEALING_MODES = ['observe', 'propose', 'act'] as const;
export type HealingMode = (typeof HEALING_MODES)[number];

/**
 * Every variable that Azt3kNet reads, in the order of `.env.example`: name → schema over its text, with the description
 * that the example file prints. A value that is absent or empty takes the default. Secrets carry `.meta(SECRET)`.
 */
export const environmentSchema = z.object({
  // Core runtime
  AZT3KNET_ENVIRONMENT: oneOf('development', 'staging', 'production')
    .default('development')
    .describe('development, staging or production: the profile of config/settings.yaml that applies'),
  AZT3KNET_SETTINGS_FILE: file
    .optional()
    .describe('file of the profiles; unset: the config/settings.yaml that Azt3kNet comes with'),
  AZT3KNET_LOG_LEVEL: text
    .toLowerCase()
    .pipe(oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'))
    .default('info')
    .describe('fatal, error, warn, info, debug, trace or silent; upper case is fine'),
  AZT3KNET_DEFAULT_SEED: text
    .max(200)
    .optional()
    .describe('seed of a request that names none; without it one is generated and told'),
  AZT3KNET_TIMEZONE: timeZone
    .default('UTC')
    .describe('time zone that people read and plan in; stored and answered times are UTC'),
  AZT3KNET_PREVIEW_LIMIT: integer(1, 10_000)
    .prefault('100')
    .describe('most records that an answer shows without persisting them'),
  AZT3KNET_DATA_DIR: text
    .default('.azt3knet')
    .describe('folder of the embedded database, generated secrets, exports and reports'),
  API_HOST: text.default('127.0.0.1').describe('address that the API listens on'),
  API_PORT: integer(0, 65_535).prefault('8000').describe('port that the API listens on; 0 picks a free one'),
  API_PUBLIC_URL: publicUrl
    .optional()
    .describe(
      'URL that others reach the API at, which links to exports begin with; unset: the address it listens on',
    ),
  API_CORS_ORIGINS: originList
    .optional()
    .describe('origins of pages that may call the API from a browser, separated by commas'),
  API_TLS_CERT_FILE: file
    .optional()
    .describe('PEM file of the certificate with its chain: the API answers HTTPS; renewals are picked up'),
  API_TLS_KEY_FILE: file.optional().describe('PEM file of the private key of that certificate'),
  API_SHUTDOWN_DELAY_SECONDS: integer(0, 300)
    .prefault('0')
    .describe('seconds that a stopping API still answers while /readyz says no, for load balancers'),
  API_TRUST_PROXY: addressList
    .optional()
    .describe(
      'addresses or ranges (10.0.0.0/8) of proxies whose X-Forwarded-For is believed; unset: of nobody',
    ),
  API_REQUEST_TIMEOUT_SECONDS: integer(1, 3_600)
    .prefault('30')
    .describe('seconds in which a request must have come, body included, and in which an answer must go on'),
  API_MAX_CONNECTIONS: integer(1, 1_000_000)
    .prefault('4096')
    .describe('connections that one process holds; further ones are hung up on'),
  API_MAX_REQUESTS: integer(1, 1_000_000)
    .prefault('512')
    .describe('requests that one process works on at once; further ones are answered 503'),

  // Sandbox network
  AZT3KNET_SANDBOX_PORT: integer(0, 65_535)
    .optional()
    .describe(
      'port of API_HOST that the sandbox network answers on, as a Mastodon server does; 0 picks a free one; unset: none',
    ),
  AZT3KNET_SANDBOX_PUBLIC_URL: originUrl
    .optional()
    .describe(
      'URL that clients reach the sandbox network at, without a path; unset: the address that it listens on',
    ),

  // Publishing by webhook
  AZT3KNET_WEBHOOK_URL: httpUrl
    .optional()
    .describe(
      'server that the adapter webhook sends publications to; EGRESS_ALLOW must list it; unset: none',
    ),
  AZT3KNET_WEBHOOK_LOOKUP_URL: httpUrl
    .optional()
    .describe(
      'where that server says whether a publication has arrived; EGRESS_ALLOW must list it; unset: it cannot be asked',
    ),
  AZT3KNET_WEBHOOK_SECRETS: webhookSecrets
    .optional()
    .describe(
      'what they are signed with: whsec_ and base64 of 24 to 64 bytes; two separated by a comma while one takes the place of the other',
    )
    .meta(LIVE_SECRET),
  AZT3KNET_WEBHOOK_INCOMING_SECRETS: webhookSecrets
    .optional()
    .describe(
      'what that server signs its messages to /api/v1/publications/webhook with; others than those above',
    )
    .meta(LIVE_SECRET),

  // Storage and queues
  DATABASE_BACKEND: oneOf('postgres', 'sqlite')
    .default('postgres')
    .describe('postgres, or sqlite of older set-ups: the embedded PostgreSQL takes its place'),
  DATABASE_URL: postgresUrl
    .optional()
    .describe(
      'external PostgreSQL 16+ (postgres://, postgresql:// or postgresql+asyncpg://); unset: embedded',
    )
    .meta(LIVE_SECRET),
  DATABASE_OWNER_URL: postgresUrl
    .optional()
    .describe('role that owns the schema and runs migrations, when DATABASE_URL names a lesser one')
    .meta(LIVE_SECRET),
  REDIS_URL: redisUrl
    .optional()
    .describe('queues and events on Redis (redis://, rediss://); unset: on PostgreSQL')
    .meta(SECRET),
  REDIS_SENTINELS: hostList
    .optional()
    .describe(
      'Sentinels of that Redis, host:port, separated by commas: they name the host; user, password and database are those of REDIS_URL',
    ),
  REDIS_SENTINEL_MASTER: text
    .max(200)
    .default('mymaster')
    .describe('name that the Sentinels know the master by'),
  REDIS_TLS_CA_FILE: file
    .optional()
    .describe(
      'PEM file of the authority that signed the certificate of a rediss:// server, if a private one',
    ),
  QUEUE_POPULATION: queueName.default('population').describe('name of the queue of population jobs'),
  QUEUE_CONTENT: queueName.default('content').describe('name of the queue of content jobs'),
  QUEUE_SIMULATION: queueName.default('simulation').describe('name of the queue of simulation jobs'),
  WORKER_LEASE_SECONDS: integer(3, 600)
    .prefault('20')
    .describe('seconds without a sign of life after which the jobs of a worker are given to others'),
  WORKER_DRAIN_SECONDS: integer(0, 3_600)
    .prefault('10')
    .describe('seconds that a worker which is told to stop lets its jobs finish; then it hands them back'),
  WORKER_HEALING: oneOf(...HEALING_MODES)
    .default('act')
    .describe(
      'what self-healing does with workers and queues that say nothing else: observe, propose (and wait for approval) or act',
    ),

  // Object storage (MinIO / S3-compatible)
  MINIO_ENDPOINT: objectStorageUrl
    .optional()
    .describe('S3-compatible server for exports, run files and backups; unset: files in the data folder'),
  MINIO_ACCESS_KEY: text.optional().describe('name of the key for the object storage').meta(LIVE_SECRET),
  MINIO_SECRET_KEY: text.optional().describe('secret of the key for the object storage').meta(LIVE_SECRET),
  MINIO_REGION: text
    .regex(/^[A-Za-z0-9-]{1,64}$/, 'expected letters, digits and dashes')
    .default('us-east-1')
    .describe('region that requests to the object storage name'),
  MINIO_USE_SSL: flag
    .optional()
    .describe('true: HTTPS to an endpoint that is given without scheme or with http://'),
  AZT3KNET_BLOB_BUCKET: text
    .regex(BUCKET, BUCKET_RULE)
    .default('azt3knet')
    .describe('bucket that holds exports, run files and backups'),
  AZT3KNET_BLOB_BUCKETS: text
    .transform((value) => value.split(',').map((name) => name.trim()))
    .pipe(z.array(z.string().regex(BUCKET, BUCKET_RULE)))
    .optional()
    .describe('more buckets that `azt3knet storage setup` creates, separated by commas'),
  AZT3KNET_EXPORT_RETENTION_DAYS: integer(0, 36_500)
    .prefault('0')
    .describe('days after which `azt3knet storage sweep` deletes an export; 0 keeps them'),

  AZT3KNET_CHECKPOINT_EVERY: integer(0, 100_000)
    .prefault('25')
    .describe(
      'ticks between checkpoints of a run that names no number, as far as they cost little; 0 makes none',
    ),
  AZT3KNET_CHECKPOINTS_KEPT: integer(1, 1_000)
    .prefault('3')
    .describe('latest checkpoints that are kept of a run while it is not completed'),

  // Bots
  AZT3KNET_BOTS_DIR: file
    .optional()
    .describe(
      'folder of what bots need while they run; unset: in the data folder, or where their users can reach it',
    ),
  AZT3KNET_BLUEPRINTS_DIR: file
    .optional()
    .describe('folder with more blueprints of bots than the shipped ones, which go first'),
  AZT3KNET_BOTS_API_URL: originUrl
    .optional()
    .describe('API that bots are led to; unset: the one on API_PORT of this machine'),
  AZT3KNET_BOTS_EXECUTOR: oneOf('process', 'kubernetes')
    .default('process')
    .describe('where bots run: in processes of the machines of servers and workers, or in pods of a cluster'),
  AZT3KNET_BOTS_HOST_URL: originUrl
    .optional()
    .describe(
      'where pods of bots reach these servers, as an address or as service.namespace, e.g. http://azt3knet-bots.azt3knet:8090',
    ),
  AZT3KNET_BOTS_PORT: integer(1, 65_535)
    .prefault('8090')
    .describe(
      'port of API_HOST on which pods of bots are heard; with AZT3KNET_BOTS_EXECUTOR=kubernetes alone',
    ),
  AZT3KNET_BOTS_NAMESPACE: text
    .max(63)
    .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, 'expected the name of a namespace, such as azt3knet-bots')
    .default('azt3knet-bots')
    .describe('namespace of the pods of bots'),
  AZT3KNET_BOTS_KUBECONFIG: file
    .optional()
    .describe('file that names the cluster; unset: the one that this server runs in, by its service account'),
  AZT3KNET_BOTS_NODE_IMAGE: text
    .max(500)
    .default('node:24-bookworm-slim')
    .describe('image of pods that run blueprints of Node.js; with sh, date and stat'),
  AZT3KNET_BOTS_PYTHON_IMAGE: text
    .max(500)
    .default('python:3.13-slim-bookworm')
    .describe('the same for those of Python'),
  AZT3KNET_BOTS_HEALING: oneOf(...HEALING_MODES)
    .default('act')
    .describe(
      'what self-healing does with bots that say nothing else: observe, propose (and wait for approval) or act',
    ),
  AZT3KNET_BOTS_BACKOFF_SECONDS: integer(0, 3_600)
    .prefault('10')
    .describe('pause before a bot that ended is started again; it doubles each time'),
  AZT3KNET_BOTS_BACKOFF_MAX_SECONDS: integer(1, 86_400).prefault('300').describe('longest of these pauses'),
  AZT3KNET_BOTS_HEALTHY_SECONDS: integer(1, 86_400)
    .prefault('600')
    .describe('seconds in good health after which the pauses begin anew'),
  AZT3KNET_BOTS_TOKEN_MINUTES: integer(1, 1_440)
    .prefault('15')
    .describe('life of the tokens of bots, in minutes; each is renewed in time'),
  AZT3KNET_BOTS_STOP_WITH_SERVER: flag
    .prefault('true')
    .describe(
      'false: bots go on when the server that runs them is stopped, and its next start takes them over',
    ),

  // Observability
  PROMETHEUS_PORT: integer(0, 65_535)
    .optional()
    .describe('port of API_HOST that answers /metrics alone, without a token; for workers the only one'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl
    .optional()
    .describe('OTLP/HTTP collector that traces go to, e.g. http://localhost:4318'),
  OTEL_EXPORTER_OTLP_HEADERS: headerList
    .optional()
    .describe('headers for that collector: name=value, several separated by commas')
    .meta(LIVE_SECRET),
  OTEL_SERVICE_NAME: text.max(200).default('azt3knet').describe('name of this service in traces'),

  // Outgoing requests
  EGRESS_ALLOW: egressList
    .optional()
    .describe(
      'servers that may be asked: host, *.host, http://host:port, and ranges of private addresses they may have; unset: none',
    ),

  // Language models
  AZT3KNET_LLM_BACKEND: oneOf('auto', 'ollama', 'openai', 'rules')
    .default('auto')
    .describe('what answers: ollama, openai, rules (no model), or auto: the first of them that does'),
  OLLAMA_BASE_URL: serverList
    .optional()
    .describe(
      'Ollama, e.g. http://127.0.0.1:11434; several servers with the same models separated by commas',
    ),
  OLLAMA_MODEL: text.max(200).default('deepseek-r1:1.5b').describe('model that Ollama is asked for'),
  OLLAMA_TIMEOUT: integer(1, 3_600)
    .prefault('120')
    .describe('seconds in which Ollama must have answered a call in full'),
  AZT3KNET_OPENAI_BASE_URL: serverList
    .optional()
    .describe(
      'OpenAI-compatible servers (vLLM, llama.cpp) with their version, e.g. http://127.0.0.1:8080/v1',
    ),
  AZT3KNET_OPENAI_MODEL: text.max(200).optional().describe('model that they are asked for'),
  AZT3KNET_OPENAI_API_KEY: text
    .max(4_096)
    .optional()
    .describe('key for them, if they want one')
    .meta(LIVE_SECRET),
  AZT3KNET_OPENAI_TIMEOUT: integer(1, 3_600)
    .prefault('120')
    .describe('seconds in which they must have answered a call in full'),
  AZT3KNET_LLM_MODE: oneOf('live', 'record', 'replay', 'auto')
    .default('live')
    .describe(
      'live: ask models; record: and keep the answers in AZT3KNET_LLM_CASSETTE; replay: that alone; auto: that first',
    ),
  AZT3KNET_LLM_CASSETTE: text
    .regex(CASSETTE_NAME, CASSETTE_NAME_RULE)
    .optional()
    .describe('cassette of these modes, unless a run names its own'),
  AZT3KNET_LLM_CONCURRENCY: integer(1, 1_000)
    .prefault('32')
    .describe('calls of models at once, of one process; how many each server bears is found out'),
  AZT3KNET_LLM_PRICE_INPUT: price
    .prefault('0')
    .describe('price of a million tokens that models read, for forecasts and totals'),
  AZT3KNET_LLM_PRICE_OUTPUT: price.prefault('0').describe('price of a million tokens that models write'),

  // Classifiers elsewhere that the guard asks besides its own
  AZT3KNET_GUARD_JUDGE: oneOf('off', 'ollama', 'openai')
    .default('off')
    .describe(
      'language model that the guard asks about texts besides its own classifiers: off, ollama or openai',
    ),
  AZT3KNET_GUARD_JUDGE_MODEL: text
    .max(200)
    .optional()
    .describe('model that judges; unset: the one that the backend is asked for'),
  AZT3KNET_GUARD_JUDGE_CASSETTE: text
    .regex(CASSETTE_NAME, CASSETTE_NAME_RULE)
    .optional()
    .describe('cassette that keeps what the judge said and gives it again; unset: as AZT3KNET_LLM_MODE says'),
  AZT3KNET_GUARD_MODERATION_URL: publicUrl
    .optional()
    .describe('OpenAI-compatible moderation, with its version: https://api.openai.com/v1; unset: none'),
  AZT3KNET_GUARD_MODERATION_MODEL: text
    .max(200)
    .optional()
    .describe('model that it is asked for; unset: its own choice'),
  AZT3KNET_GUARD_MODERATION_API_KEY: text
    .max(4_096)
    .optional()
    .describe('key for it, if it wants one')
    .meta(LIVE_SECRET),
  AZT3KNET_GUARD_CLASSIFIER_URL: publicUrl
    .optional()
    .describe('any classifier that answers POST as docs/guides/classifiers.md says; unset: none'),
  AZT3KNET_GUARD_CLASSIFIER_TOKEN: text
    .max(4_096)
    .optional()
    .describe('bearer token for it, if it wants one')
    .meta(LIVE_SECRET),
  AZT3KNET_GUARD_TIMEOUT: integer(1, 60)
    .prefault('10')
    .describe('seconds after which the guard decides without those that have not answered'),

  // The chat
  STT_PROVIDER: z
    .enum(
      ['vosk', 'openai', 'pocketsphinx', 'none'],
      'expected vosk, openai, pocketsphinx or none: no recogniser of an outside cloud is spoken to',
    )
    .default('none')
    .describe(
      'what hears speech in the chat: vosk (its server), openai (a transcription endpoint, as whisper servers have), pocketsphinx (a program of this machine) or none',
    ),
  AZT3KNET_VOICE_VOSK_URL: socketUrl
    .default('ws://127.0.0.1:2700')
    .describe('Vosk server; it is told what is spoken and asks for no login'),
  AZT3KNET_VOICE_OPENAI_URL: publicUrl
    .optional()
    .describe('server with /audio/transcriptions, with its version, e.g. http://127.0.0.1:8080/v1'),
  AZT3KNET_VOICE_OPENAI_MODEL: text.max(200).default('whisper-1').describe('model that it is asked for'),
  AZT3KNET_VOICE_OPENAI_API_KEY: text
    .max(4_096)
    .optional()
    .describe('key for it, if it wants one')
    .meta(LIVE_SECRET),
  AZT3KNET_VOICE_POCKETSPHINX: file
    .default('/usr/bin/pocketsphinx_continuous')
    .describe('the program pocketsphinx_continuous, of the package pocketsphinx'),
  AZT3KNET_VOICE_POCKETSPHINX_MODEL: file
    .default('/usr/share/pocketsphinx/model/en-us')
    .describe(
      'folder of its model of English (en-us, cmudict-en-us.dict), of the package pocketsphinx-en-us',
    ),
  AZT3KNET_VOICE_CONFIDENCE: integer(0, 100)
    .prefault('60')
    .describe('per cent of confidence below which what was heard is asked back and not obeyed'),
  AZT3KNET_VOICE_SECONDS: integer(1, 60).prefault('20').describe('longest utterance'),
  AZT3KNET_VOICE_TIMEOUT: integer(1, 60)
    .prefault('15')
    .describe('seconds that a recogniser has for its answer, and a speaker to go on'),
  AZT3KNET_VOICE_UTTERANCES: integer(1, 1_000)
    .prefault('8')
    .describe('utterances that one process listens to at once; further ones are refused'),
  AZT3KNET_COMMAND_TRANSLATION: oneOf('off', 'model')
    .default('off')
    .describe(
      'model: a sentence that the chat does not understand is given to the language model, whose suggestion is asked about and never done by itself',
    ),

  // Retention
  AZT3KNET_JOB_RETENTION_DAYS: integer(0, 36_500)
    .prefault('90')
    .describe('days that a finished job is kept to which no run and no batch belongs; 0: for ever'),
  AZT3KNET_STATE_RETENTION_DAYS: integer(0, 36_500)
    .prefault('0')
    .describe('days that superseded states of agents are kept; 0: for ever'),
  AZT3KNET_EVENT_RETENTION_DAYS: integer(1, 3650)
    .prefault('7')
    .describe('days that events can be read again from a position'),

  // Feature flags
  ENABLE_METRICS: flag.prefault('true').describe('measure, and answer /metrics'),
  ENABLE_PUBLIC_METRICS: flag
    .prefault('false')
    .describe('/metrics on the API port without a token; the development profile says true'),
  ENABLE_TRACING: flag.prefault('false').describe('send traces to OTEL_EXPORTER_OTLP_ENDPOINT'),
  ENABLE_DOCS: flag.prefault('true').describe('Swagger UI at /docs and ReDoc at /redoc'),
  ENABLE_CONVERSATIONAL_AI: flag
    .prefault('true')
    .describe('the chat: /ws/command, /api/v1/commands and the commands chat and command of the terminal'),
  ENABLE_VOICE_INPUT: flag
    .prefault('true')
    .describe(
      'speech in the chat; false refuses it whatever STT_PROVIDER says, and no recogniser is spoken to',
    ),
  AZT3KNET_COMPLIANCE_ENABLED: flag
    .prefault('true')
    .describe('false switches the guard off and marks its decisions unchecked; development only'),
  AZT3KNET_ALLOW_CHANGED_FILES: flag
    .prefault('false')
    .describe(
      'true: production starts with policies, scenarios or templates other than those that were shipped',
    ),

  // Access
  API_SECRET_KEY: z
    .string()
    .min(32, 'expected at least 32 characters')
    .optional()
    .describe(
      'what other keys are made of, and with HS256 signs tokens (32 characters or more); unset: generated into the data folder',
    )
    .meta(LIVE_SECRET),
  API_ALGORITHM: oneOf('RS256', 'RS384', 'RS512', 'HS256', 'HS384', 'HS512')
    .default('RS256')
    .describe(
      'RS256, RS384, RS512: a key set that rotates; HS256, HS384, HS512: API_SECRET_KEY itself signs',
    ),
  API_ACCESS_TOKEN_EXPIRE_MINUTES: integer(1, 1440)
    .prefault('30')
    .describe('life of an access token, in minutes'),
  API_REQUIRE_ADMIN_TOTP: flag
    .prefault('false')
    .describe('administrators enrol an authenticator before they do anything else'),
  API_REQUIRE_TOTP: flag
    .prefault('false')
    .describe('everybody who logs in enrols an authenticator before anything else'),
  ADMIN_API_KEY: z
    .string()
    .min(32, 'expected at least 32 characters')
    .max(200)
    .optional()
    .describe(
      'a key that acts as the user admin, in X-API-Key (32 characters or more), for tools that know no other; unset: none',
    )
    .meta(SECRET),
  AZT3KNET_ENCRYPTION_KEYS: sealingKeyList
    .optional()
    .describe(
      'keys of stored credentials, id:base64 of 32 bytes, the first seals; unset: one made from API_SECRET_KEY',
    )
    .meta(LIVE_SECRET),
  AZT3KNET_ADMIN_PASSWORD: z
    .string()
    .min(12, 'expected at least 12 characters')
    .max(200)
    .optional()
    .describe(
      'first password of the user admin (12 characters or more), also instead of a generated one that nobody has changed; later it says nothing: azt3knet users reset-password admin; unset: generated at the first start',
    )
    .meta(SECRET),

  // Stores of secrets
  VAULT_ADDR: httpUrl
    .optional()
    .describe('HashiCorp Vault that secrets come from, e.g. https://vault.example:8200'),
  VAULT_PATH: text
    .regex(/^[^/\s?#]+(?:\/[^/\s?#]+)+$/, 'expected mount/path, such as secret/azt3knet')
    .default('secret/azt3knet')
    .describe('mount and path of a KV version 2 secret whose keys are the names of variables'),
  VAULT_NAMESPACE: text.max(200).optional().describe('namespace of Vault Enterprise'),
  VAULT_CACERT: file
    .optional()
    .describe('PEM file of the authority that signed the certificate of Vault, if a private one'),
  VAULT_TOKEN: text.optional().describe('token for Vault; it is renewed in time').meta(STORE_SECRET),
  VAULT_ROLE_ID: text.optional().describe('AppRole instead of a token: id of the role'),
  VAULT_SECRET_ID: text.optional().describe('AppRole: secret of the role').meta(STORE_SECRET),
  VAULT_KUBERNETES_ROLE: text
    .optional()
    .describe('role of the Kubernetes method instead, with the service account of the pod'),
  AWS_SECRETS_MANAGER_SECRET_ID: text
    .optional()
    .describe('name or ARN of a JSON secret of AWS whose keys are the names of variables'),
  AWS_REGION: text
    .regex(/^[A-Za-z0-9-]{1,64}$/, 'expected letters, digits and dashes')
    .optional()
    .describe('region of that secret; credentials are found as the SDK of AWS does, not in .env'),
  AWS_ENDPOINT_URL_SECRETS_MANAGER: httpUrl.optional().describe('another server for that secret'),
  AZT3KNET_SECRETS_REFRESH_SECONDS: integer(1, 86_400)
    .prefault('60')
    .describe('seconds between two looks at files and stores of secrets while a server runs'),

  // Rate limits
  RATE_LIMIT_REQUESTS: integer(0, 1_000_000_000)
    .prefault('1200')
    .describe(
      'requests of a user, with all keys and sessions, in a window; 0: no limit. 1200 are four browser tabs that refresh ten ' +
        'panels every 5 s and ten commands that follow a job; the 100 of older set-ups serve one command at a time',
    ),
  RATE_LIMIT_KEY_REQUESTS: integer(0, 1_000_000_000)
    .prefault('600')
    .describe(
      'of these, requests with one API key, which count for both, so that a program in a loop leaves its owner some; 0: no limit besides',
    ),
  RATE_LIMIT_BOT_REQUESTS: integer(0, 1_000_000_000)
    .prefault('600')
    .describe(
      'requests of one bot, all its instances together, in a window; they do not count for its owner, who can stop it; 0: no limit',
    ),
  RATE_LIMIT_ADDRESS_REQUESTS: integer(0, 1_000_000_000)
    .prefault('300')
    .describe(
      'requests of an address (IPv4, /64 of IPv6) without valid credentials in a window; 0: no limit',
    ),
  RATE_LIMIT_LOGINS: integer(0, 1_000_000)
    .prefault('10')
    .describe('attempts to log in of an address in a window; 0: no limit'),
  RATE_LIMIT_TOKEN_REQUESTS: integer(0, 1_000_000)
    .prefault('60')
    .describe(
      'requests of an address for tokens of service accounts (/oauth/token) in a window; 0: no limit',
    ),
  RATE_LIMIT_GROUPS: groupLimits
    .optional()
    .describe(
      'limits of route groups besides, for each user: group=requests, e.g. simulations=60,exports=30',
    ),
  RATE_LIMIT_WINDOW_SECONDS: integer(1, 3_600)
    .prefault('60')
    .describe('length of the windows of these limits, in seconds'),

  // Command line
  AZT3KNET_API_URL: text
    .optional()
    .describe('server that the commands work on, e.g. https://lab.example; unset: this machine'),
  AZT3KNET_API_TOKEN: text
    .optional()
    .describe('access token for that server; unset: the one that azt3knet login keeps')
    .meta(SECRET),
});

export type Environment = z.infer<typeof environmentSchema>;
export type EnvironmentName = keyof Environment;

/** The names in their order. */
export const NAMES = Object.keys(environmentSchema.shape) as EnvironmentName[];

/** Whether a variable's value is a secret. */
export function isSecret(name: EnvironmentName): boolean {
  return environmentSchema.shape[name].meta()?.['secret'] === true;
}

/** The variables that hold secrets; each may come from the file that `<name>_FILE` names. */
export const SECRET_NAMES = NAMES.filter(isSecret);

/** Those of them that Vault and AWS Secrets Manager may give. */
export const STORED_NAMES = SECRET_NAMES.filter(
  (name) => environmentSchema.shape[name].meta()?.['opens'] !== true,
);

/** Whether a new value of a secret is taken on while the process runs. */
export function isLive(name: EnvironmentName): boolean {
  return environmentSchema.shape[name].meta()?.['live'] === true;
}

/** The text that a variable has when nobody sets it; empty: it has none. */
export function defaultText(name: EnvironmentName): string {
  const parsed = environmentSchema.shape[name].safeParse(undefined);
  return parsed.success && parsed.data !== undefined ? String(parsed.data) : '';
}
