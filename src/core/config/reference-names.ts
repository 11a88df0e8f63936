/**
 * Variables of the reference documents that belong to the containers around the product, to its Python ancestor or to
 * features that are yet to come. Setting one is no mistake: a configuration written from the documents starts.
 */
const REFERENCE_NAMES = [
  'SQLITE_URL',
  'ALEMBIC_CONFIG',
  'POSTGRES_IMAGE',
  'POSTGRES_ENABLE_TIMESCALEDB',
  'POSTGRES_SHARED_BUFFERS',
  'TIMESCALEDB_MAX_MEMORY',
  'MINIO_ENDPOINT',
  'MINIO_ENDPOINT_INTERNAL',
  'MINIO_ACCESS_KEY',
  'MINIO_SECRET_KEY',
  'MINIO_REGION',
  'MINIO_USE_SSL',
  'AZT3KNET_BLOB_BUCKET',
  'AZT3KNET_BLOB_BUCKETS',
  'MINIO_ROOT_USER',
  'MINIO_ROOT_PASSWORD',
  'MINIO_PORT',
  'MINIO_CONSOLE_PORT',
  'OLLAMA_BASE_URL',
  'OLLAMA_MODEL',
  'OLLAMA_TIMEOUT',
  'DESEC_API',
  'DESEC_DOMAIN',
  'DESEC_TOKEN',
  'DESEC_DYNDNS_UPDATE_URL',
  'DESEC_UPDATE_INTERVAL_HOURS',
  'MAILJET_API',
  'MAILJET_API_KEY',
  'MAILJET_API_SECRET',
  'MAILJET_SMTP_HOST',
  'MAILJET_SMTP_PORT',
  'MAILJET_SMTP_USER',
  'MAILJET_SMTP_PASS',
  'MAILJET_MX_HOSTS',
  'MAILJET_SPF_INCLUDE',
  'MAILJET_INBOUND_URL',
  'MAILJET_INBOUND_SECRET',
  'AZT3KNET_DOMAIN',
  'AZT3KNET_AGENT_MAIL_PREFIX',
  'AZT3KNET_MAIL_TTL',
  'GRAFANA_ADMIN_USER',
  'GRAFANA_ADMIN_PASSWORD',
];

/** The names that are known and that nothing reads, given those that something does. */
export function unusedReferenceNames(read: readonly string[]): Set<string> {
  return new Set(REFERENCE_NAMES.filter((name) => !read.includes(name)));
}
