import type { Config } from '../../core/config/index.js';
import type { Finding } from './finding.js';

/** Modes of `sslmode` with which PostgreSQL never speaks in the clear. */
const ENCRYPTED_MODES = new Set<string | null>(['require', 'verify-ca', 'verify-full']);
const THIS_MACHINE = /^(?:localhost|127(?:\.\d+){3}|\[::1\]|)$/u;
const CLEAR_SCHEMES = new Set(['http:', 'redis:']);

/** Whether what is said to this server can be read on the way: by no other machine where it is this one. */
function isClear(url: string): boolean {
  const { protocol, hostname, searchParams } = new URL(url);
  if (THIS_MACHINE.test(hostname)) return false;
  if (/^postgres(?:ql)?:$/u.test(protocol)) return !ENCRYPTED_MODES.has(searchParams.get('sslmode'));
  return CLEAR_SCHEMES.has(protocol);
}

/** Whether connections to other machines are encrypted. In production those that are not are worth a warning. */
export function checkEncryption(config: Config): Finding {
  const { database, redisUrl, s3, observability, llm } = config;
  const connections: [variable: string, urls: readonly (string | undefined)[]][] = [
    ['DATABASE_URL', [database?.url]],
    ['DATABASE_OWNER_URL', database?.ownerUrl === database?.url ? [] : [database?.ownerUrl]],
    ['REDIS_URL', [redisUrl]],
    ['MINIO_ENDPOINT', [s3?.endpoint]],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', [observability.otlpEndpoint]],
    ['OLLAMA_BASE_URL', llm.ollama?.urls ?? []],
    ['AZT3KNET_OPENAI_BASE_URL', llm.openai?.urls ?? []],
  ];
  const clear = connections
    .filter(([, urls]) => urls.some((url) => url !== undefined && isClear(url)))
    .map(([variable]) => variable);
  const name = 'encryption';
  if (clear.length === 0) return { name, status: 'ok', detail: 'data goes to other machines by TLS alone' };
  const detail = `${clear.join(', ')}: in the clear to another machine`;
  const advice = 'use TLS, as docs/operations.md says, or a network that is closed';
  return { name, status: config.environment === 'production' ? 'warn' : 'ok', detail, advice };
}
