/**
 * The examples of the reference documents that the product was specified by, with their place (`document:line`) and what
 * becomes of each: it `runs` as written; it is `replaced` by something else that runs; it starts containers, which a test
 * cannot (`container`: what it names is checked); or it belongs to a feature that is an `other part`.
 */
export interface Example {
  at: string;
  /** As written there; what another tool puts in front of `azt3knet` is cut off when it runs. */
  text: string;
  fate: 'runs' | 'replaced' | 'container' | 'other part';
  /** What runs in its place, or which feature it waits for. */
  by?: string;
  /** Printed once it works; a command with this runs until it is stopped. */
  until?: RegExp;
  /** What its output must contain. */
  says?: RegExp;
}

const POPULATION = `azt3knet populate \\
  --gender female \\
  --count 1000 \\
  --country MX \\
  --city "Mexico City" \\
  --age 18-25 \\
  --interests "street art,urban culture" \\
  --seed 20241005 \\
  --preview 10`;

/** In the order that they run: later ones need the agent and the job of earlier ones. */
export const COMMANDS: readonly Example[] = [
  { at: '002:384', text: './scripts/bootstrap_env.sh', fate: 'runs', says: /\.env/ },
  { at: '002:295', text: './scripts/bootstrap_env.sh', fate: 'runs', says: /it was there/ },
  { at: '001:319', text: 'scripts/bootstrap_env.py', fate: 'replaced', by: './scripts/bootstrap_env.sh' },
  { at: '002:400', text: 'azt3knet db upgrade', fate: 'runs', says: /up to date/ },
  { at: '002:175', text: 'azt3knet db upgrade', fate: 'runs' },
  { at: '001:258', text: 'Alembic migrations', fate: 'replaced', by: 'azt3knet db upgrade' },
  { at: '002:99', text: POPULATION, fate: 'runs', says: /Mexico City/ },
  { at: '002:410', text: 'azt3knet populate', fate: 'replaced', by: 'azt3knet populate --help' },
  { at: '002:144', text: 'azt3knet populate ...', fate: 'runs' },
  {
    at: '002:357',
    text: 'docker compose run --rm api azt3knet populate --gender female --count 10 --country MX --preview 3',
    fate: 'runs',
  },
  {
    at: '002:145',
    text: 'azt3knet populate ... --persist --export json --path data/fixtures/mx.json',
    fate: 'runs',
    says: /mx\.json/,
  },
  {
    at: '001:282',
    text: 'azt3knet agents provision',
    fate: 'replaced',
    by: 'azt3knet agents provision --gender female --count 10 --country MX --seed 1',
  },
  {
    at: '002:146',
    text: 'azt3knet content draft --agent <uuid> --template street_art_campaign',
    fate: 'runs',
    says: /#/,
  },
  {
    at: '002:147',
    text: 'azt3knet sim run --scenario metro_cdmx --ticks 120',
    fate: 'runs',
    says: /metro_cdmx/,
  },
  { at: '002:148', text: 'azt3knet jobs status <id>', fate: 'runs', says: /queued|running|failed|completed/ },
  { at: '002:149', text: 'azt3knet system check', fate: 'runs', says: /ok/ },
  {
    at: '002:151',
    text: '--seed',
    fate: 'replaced',
    by: 'azt3knet --seed 20241005 populate --gender female --count 2 --country MX --preview 1',
    says: /20241005/,
  },
  { at: '002:401', text: 'poetry run azt3knet worker', fate: 'runs', until: /Azt3kNet is running \(worker,/ },
  {
    at: '002:401',
    text: 'poetry run uvicorn azt3knet.api.main:app --reload',
    fate: 'replaced',
    by: 'azt3knet serve --mode api',
    until: /Azt3kNet is running \(API,/,
  },
  { at: '001:318', text: 'make run-api', fate: 'runs', until: /Azt3kNet is running \(API,/ },
  { at: '001:318', text: 'make run-worker', fate: 'runs', until: /Azt3kNet is running \(worker,/ },
  { at: '001:318', text: 'make sim', fate: 'runs', says: /metro_cdmx/ },
  { at: '001:318', text: 'make setup', fate: 'replaced', by: 'make --dry-run setup', says: /npm ci/ },
  { at: '001:318', text: 'make lint', fate: 'replaced', by: 'make --dry-run lint', says: /oxlint/ },
  { at: '001:318', text: 'make test', fate: 'replaced', by: 'make --dry-run test', says: /npm test/ },
  { at: '002:396', text: 'poetry install', fate: 'replaced', by: 'make --dry-run setup', says: /npm ci/ },
  { at: '002:417', text: 'poetry install', fate: 'replaced', by: 'make --dry-run setup', says: /npm ci/ },
  { at: '002:190', text: 'poetry run pytest', fate: 'replaced', by: 'make --dry-run test', says: /npm test/ },
  { at: '002:418', text: 'poetry run pytest', fate: 'replaced', by: 'make --dry-run test', says: /npm test/ },
  {
    at: '002:345',
    text: 'poetry run python scripts/setup_minio.py',
    fate: 'replaced',
    by: './scripts/setup_minio.sh',
  },
  { at: '002:301', text: './scripts/dev_up.sh', fate: 'container' },
  { at: '002:399', text: './scripts/dev_up.sh postgres redis ollama', fate: 'container' },
  { at: '002:363', text: './scripts/dev_down.sh', fate: 'container' },
  { at: '002:372', text: 'docker compose down --volumes', fate: 'container' },
  { at: '002:375', text: 'docker compose pull postgres', fate: 'container' },
  { at: '002:338', text: 'docker compose exec ollama ollama pull deepseek-r1:1.5b', fate: 'container' },
  { at: '002:380', text: 'ollama pull <model>', fate: 'other part', by: 'language models' },
];

export interface HttpExample {
  at: string;
  request: string;
  body?: object;
  status: number;
  /** Fields that the answer has. */
  fields?: readonly string[];
}

const SPECIFICATION = {
  gender: 'female',
  count: 1000,
  country: 'MX',
  city: 'Mexico City',
  age_range: [18, 25],
  interests: ['street art', 'urban culture'],
  seed: '20241005',
  preview: 10,
};
const SMALL = { gender: 'female', count: 5, country: 'MX' };

/** `<uuid>` is an agent, `<id>` a job. */
export const REQUESTS: readonly HttpExample[] = [
  {
    at: '002:113',
    request: 'POST /api/populate',
    body: SPECIFICATION,
    status: 200,
    fields: ['preview', 'seed'],
  },
  { at: '002:144', request: 'POST /api/populate', body: SMALL, status: 200, fields: ['seed'] },
  ...['female', 'male', 'non_binary', 'unspecified'].map((gender) => ({
    at: '002:128',
    request: 'POST /api/populate',
    body: { ...SMALL, gender },
    status: 200,
  })),
  { at: '002:132', request: 'POST /api/populate', body: { ...SMALL, age_range: [13, 90] }, status: 200 },
  { at: '002:132', request: 'POST /api/populate', body: { ...SMALL, age_range: [12, 90] }, status: 422 },
  { at: '002:133', request: 'POST /api/populate', body: { ...SMALL, interests: [] }, status: 422 },
  {
    at: '002:136',
    request: 'POST /api/populate',
    body: { ...SMALL, persist: true },
    status: 202,
    fields: ['job_id', 'links'],
  },
  {
    at: '002:145',
    request: 'POST /api/populate?export=json',
    body: SMALL,
    status: 202,
    fields: ['job_id', 'links'],
  },
  {
    at: '001:282',
    request: 'POST /api/agents/provision',
    body: SMALL,
    status: 202,
    fields: ['job_id', 'links'],
  },
  {
    at: '002:146',
    request: 'POST /api/content/draft',
    body: { agent: '<uuid>', template: 'street_art_campaign' },
    status: 201,
    fields: ['caption', 'alt_text', 'hashtags', 'variations', 'metadata', 'compliance_score'],
  },
  {
    at: '002:147',
    request: 'POST /api/simulations/metro_cdmx/run',
    body: { ticks: 120 },
    status: 202,
    fields: ['job_id', 'links'],
  },
  { at: '002:148', request: 'GET /api/jobs/<id>', status: 200, fields: ['status'] },
  { at: '002:149', request: 'GET /healthz', status: 200, fields: ['status'] },
  { at: '002:149', request: 'GET /metrics', status: 200 },
  { at: '002:353', request: 'GET /docs', status: 200 },
];

/** The record of an agent, 002:72–87. */
export const AGENT_FIELDS = [
  'id',
  'seed',
  'name',
  'username_hint',
  'country',
  'city',
  'locale',
  'timezone',
  'age',
  'gender',
  'interests',
  'bio',
  'posting_cadence',
  'tone',
  'behavioral_biases',
] as const;

/** Values of the environment that the documents write down; `unless` says in which company one is refused. */
export const ASSIGNMENTS: readonly { at: string; text: string; unless?: string }[] = [
  { at: '002:203', text: 'AZT3KNET_ENVIRONMENT=development' },
  { at: '002:203', text: 'AZT3KNET_ENVIRONMENT=production' },
  { at: '002:204', text: 'AZT3KNET_LOG_LEVEL=INFO' },
  { at: '002:204', text: 'AZT3KNET_LOG_LEVEL=DEBUG' },
  { at: '002:214', text: 'DATABASE_BACKEND=postgres' },
  { at: '002:214', text: 'DATABASE_BACKEND=sqlite' },
  { at: '002:232', text: 'MINIO_REGION=us-east-1' },
  { at: '002:271', text: 'MAILJET_SPF_INCLUDE=include:spf.mailjet.com' },
  { at: '002:310', text: 'POSTGRES_IMAGE=timescale/timescaledb-ha:pg16' },
  { at: '002:311', text: 'POSTGRES_ENABLE_TIMESCALEDB=true' },
  { at: '002:312', text: 'TIMESCALEDB_MAX_MEMORY=1GB' },
  { at: '002:315', text: 'POSTGRES_SHARED_BUFFERS=256MB' },
  { at: '002:392', text: 'export AZT3KNET_ENVIRONMENT=staging' },
  {
    at: '002:393',
    text: 'export AZT3KNET_COMPLIANCE_ENABLED=false',
    unless: 'AZT3KNET_ENVIRONMENT=staging',
  },
];

const names = (text: string): string[] => text.trim().split(/\s+/);

/** Every variable of 002:203–276 by what reads it. */
export const VARIABLES: Readonly<
  Record<'product' | 'containers' | 'language models' | 'mail' | 'gone', readonly string[]>
> = {
  product: names(`
    AZT3KNET_ENVIRONMENT AZT3KNET_LOG_LEVEL AZT3KNET_DEFAULT_SEED AZT3KNET_TIMEZONE AZT3KNET_PREVIEW_LIMIT
    API_HOST API_PORT DATABASE_BACKEND DATABASE_URL REDIS_URL QUEUE_POPULATION QUEUE_CONTENT
    QUEUE_SIMULATION MINIO_ENDPOINT MINIO_ACCESS_KEY MINIO_SECRET_KEY MINIO_REGION MINIO_USE_SSL
    AZT3KNET_BLOB_BUCKET AZT3KNET_BLOB_BUCKETS PROMETHEUS_PORT OTEL_EXPORTER_OTLP_ENDPOINT
    OTEL_SERVICE_NAME AZT3KNET_COMPLIANCE_ENABLED ENABLE_METRICS ENABLE_TRACING`),
  containers: names(`
    POSTGRES_IMAGE POSTGRES_ENABLE_TIMESCALEDB POSTGRES_SHARED_BUFFERS TIMESCALEDB_MAX_MEMORY
    MINIO_ENDPOINT_INTERNAL MINIO_ROOT_USER MINIO_ROOT_PASSWORD MINIO_PORT MINIO_CONSOLE_PORT
    GRAFANA_ADMIN_USER GRAFANA_ADMIN_PASSWORD`),
  'language models': names(`
    OLLAMA_BASE_URL OLLAMA_MODEL OLLAMA_TIMEOUT`),
  mail: names(`
    DESEC_API DESEC_DOMAIN DESEC_TOKEN DESEC_DYNDNS_UPDATE_URL DESEC_UPDATE_INTERVAL_HOURS MAILJET_API
    MAILJET_API_KEY MAILJET_API_SECRET MAILJET_SMTP_HOST MAILJET_SMTP_PORT MAILJET_SMTP_USER
    MAILJET_SMTP_PASS MAILJET_MX_HOSTS MAILJET_SPF_INCLUDE MAILJET_INBOUND_URL MAILJET_INBOUND_SECRET
    AZT3KNET_DOMAIN AZT3KNET_AGENT_MAIL_PREFIX AZT3KNET_MAIL_TTL`),
  gone: names(`
    SQLITE_URL ALEMBIC_CONFIG`),
};

/** What the Compose stack offers on this machine, 000:57, 001:320, 002:162–164, 002:298. */
export const CONTAINERS = [
  'api',
  'worker',
  'postgres',
  'redis',
  'minio',
  'ollama',
  'prometheus',
  'grafana',
] as const;
