import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { FieldIssue } from '../errors/index.js';
import { readPem, readTlsFiles, TlsFileError } from '../tls/index.js';
import type { Environment } from './config.schema.js';
import { guessableSecrets } from './guessable.js';

/** Runs a check of files; what it says is an issue of a variable. */
function fileIssues(check: () => unknown): FieldIssue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof TlsFileError) return [...error.issues];
    throw error;
  }
}

function tlsIssues(environment: Environment, cwd: string): FieldIssue[] {
  const { API_TLS_CERT_FILE: cert, API_TLS_KEY_FILE: key, REDIS_TLS_CA_FILE: ca, REDIS_URL } = environment;
  const issues: FieldIssue[] = [];
  if (cert !== undefined && key !== undefined) {
    const files = { certFile: resolve(cwd, cert), keyFile: resolve(cwd, key) };
    issues.push(...fileIssues(() => readTlsFiles(files)));
  } else if (cert !== undefined) {
    issues.push({ field: 'API_TLS_KEY_FILE', message: 'is needed beside API_TLS_CERT_FILE' });
  } else if (key !== undefined) {
    issues.push({ field: 'API_TLS_CERT_FILE', message: 'is needed beside API_TLS_KEY_FILE' });
  }
  if (ca !== undefined && REDIS_URL?.startsWith('rediss:') !== true) {
    issues.push({ field: 'REDIS_TLS_CA_FILE', message: 'needs a REDIS_URL that begins with rediss://' });
  } else if (ca !== undefined) {
    issues.push(...fileIssues(() => readPem('REDIS_TLS_CA_FILE', resolve(cwd, ca))));
  }
  return issues;
}

/** What is missing beside, or contradicts, the endpoint of the object storage. */
function storageIssues(environment: Environment): FieldIssue[] {
  const endpoint = environment.MINIO_ENDPOINT;
  if (endpoint === undefined) return [];
  const issues = (['MINIO_ACCESS_KEY', 'MINIO_SECRET_KEY'] as const)
    .filter((field) => environment[field] === undefined)
    .map((field) => ({ field, message: 'is needed beside MINIO_ENDPOINT' }));
  const contradiction = environment.MINIO_USE_SSL === false && /^https:/i.test(endpoint);
  if (!contradiction) return issues;
  return [...issues, { field: 'MINIO_USE_SSL', message: 'false contradicts the https:// of MINIO_ENDPOINT' }];
}

/** What the stores of secrets need beside what names them. */
function storeIssues(environment: Environment, cwd: string): FieldIssue[] {
  const { VAULT_ADDR, VAULT_CACERT: ca, VAULT_TOKEN, VAULT_ROLE_ID, VAULT_SECRET_ID } = environment;
  const issues: FieldIssue[] = [];
  if (VAULT_ADDR !== undefined) {
    if (VAULT_TOKEN === undefined && VAULT_ROLE_ID !== undefined && VAULT_SECRET_ID === undefined) {
      issues.push({ field: 'VAULT_SECRET_ID', message: 'is needed beside VAULT_ROLE_ID' });
    }
    const logins = [VAULT_TOKEN, VAULT_ROLE_ID, environment.VAULT_KUBERNETES_ROLE];
    if (logins.every((login) => login === undefined)) {
      const message =
        'or VAULT_ROLE_ID with VAULT_SECRET_ID or VAULT_KUBERNETES_ROLE is needed beside VAULT_ADDR';
      issues.push({ field: 'VAULT_TOKEN', message });
    }
    if (ca !== undefined) issues.push(...fileIssues(() => readPem('VAULT_CACERT', resolve(cwd, ca))));
  }
  if (environment.AWS_SECRETS_MANAGER_SECRET_ID !== undefined && environment.AWS_REGION === undefined) {
    issues.push({ field: 'AWS_REGION', message: 'is needed beside AWS_SECRETS_MANAGER_SECRET_ID' });
  }
  return issues;
}

/** What the language models need beside what names them. */
function llmIssues(environment: Environment): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const { AZT3KNET_LLM_BACKEND: backend, AZT3KNET_LLM_MODE: mode } = environment;
  const { OLLAMA_BASE_URL: ollama, AZT3KNET_OPENAI_BASE_URL: openai } = environment;
  if (openai !== undefined && environment.AZT3KNET_OPENAI_MODEL === undefined) {
    issues.push({ field: 'AZT3KNET_OPENAI_MODEL', message: 'is needed beside AZT3KNET_OPENAI_BASE_URL' });
  }
  if (backend === 'ollama' && ollama === undefined) {
    issues.push({ field: 'OLLAMA_BASE_URL', message: 'is needed beside AZT3KNET_LLM_BACKEND=ollama' });
  }
  if (backend === 'openai' && openai === undefined) {
    issues.push({
      field: 'AZT3KNET_OPENAI_BASE_URL',
      message: 'is needed beside AZT3KNET_LLM_BACKEND=openai',
    });
  }
  if (mode !== 'live' && environment.AZT3KNET_LLM_CASSETTE === undefined) {
    issues.push({ field: 'AZT3KNET_LLM_CASSETTE', message: `is needed beside AZT3KNET_LLM_MODE=${mode}` });
  }
  return issues;
}

/** What the classifiers elsewhere need beside what names them. */
function guardIssues(environment: Environment): FieldIssue[] {
  const { AZT3KNET_GUARD_JUDGE: judge, OLLAMA_BASE_URL, AZT3KNET_OPENAI_BASE_URL } = environment;
  if (judge === 'ollama' && OLLAMA_BASE_URL === undefined)
    return [{ field: 'OLLAMA_BASE_URL', message: 'is needed beside AZT3KNET_GUARD_JUDGE=ollama' }];
  if (judge === 'openai' && AZT3KNET_OPENAI_BASE_URL === undefined)
    return [{ field: 'AZT3KNET_OPENAI_BASE_URL', message: 'is needed beside AZT3KNET_GUARD_JUDGE=openai' }];
  return [];
}

/** What a recogniser of speech needs beside its name. */
function voiceIssues({ STT_PROVIDER: provider, AZT3KNET_VOICE_OPENAI_URL: url }: Environment): FieldIssue[] {
  if (provider !== 'openai' || url !== undefined) return [];
  return [{ field: 'AZT3KNET_VOICE_OPENAI_URL', message: 'is needed beside STT_PROVIDER=openai' }];
}

/** What pods of bots need: to find their host, and tokens that live longer than a Secret takes to reach them. */
function botIssues(environment: Environment): FieldIssue[] {
  if (environment.AZT3KNET_BOTS_EXECUTOR !== 'kubernetes') return [];
  const { AZT3KNET_BOTS_HOST_URL: url, AZT3KNET_BOTS_TOKEN_MINUTES: minutes } = environment;
  const issues: FieldIssue[] = [];
  if (url === undefined)
    issues.push({
      field: 'AZT3KNET_BOTS_HOST_URL',
      message: 'is needed beside AZT3KNET_BOTS_EXECUTOR=kubernetes',
    });
  else if (
    isIP(new URL(url).hostname.replace(/^\[|\]$/g, '')) === 0 &&
    !/^https?:\/\/[^.:]+\.[^.:]+/.test(url)
  )
    issues.push({ field: 'AZT3KNET_BOTS_HOST_URL', message: 'must name an address, or service.namespace' });
  if (minutes < 5)
    issues.push({
      field: 'AZT3KNET_BOTS_TOKEN_MINUTES',
      message: 'must be at least 5 with AZT3KNET_BOTS_EXECUTOR=kubernetes: a Secret reaches its pod late',
    });
  return issues;
}

/** What is wrong with variables that must fit each other, or with the files that they name. */
export function ruleIssues(environment: Environment, cwd: string): FieldIssue[] {
  const issues: FieldIssue[] = [
    ...tlsIssues(environment, cwd),
    ...storageIssues(environment),
    ...storeIssues(environment, cwd),
    ...guessableSecrets(environment),
    ...llmIssues(environment),
    ...guardIssues(environment),
    ...voiceIssues(environment),
    ...botIssues(environment),
  ];
  if (!environment.AZT3KNET_COMPLIANCE_ENABLED && environment.AZT3KNET_ENVIRONMENT !== 'development') {
    issues.push({
      field: 'AZT3KNET_COMPLIANCE_ENABLED',
      message: 'false is accepted in the development environment only',
    });
  }
  if (environment.DATABASE_OWNER_URL !== undefined && environment.DATABASE_URL === undefined) {
    issues.push({ field: 'DATABASE_OWNER_URL', message: 'needs DATABASE_URL beside it' });
  }
  if (environment.REDIS_SENTINELS !== undefined && environment.REDIS_URL === undefined) {
    issues.push({ field: 'REDIS_SENTINELS', message: 'needs REDIS_URL beside it' });
  }
  const queues = [environment.QUEUE_POPULATION, environment.QUEUE_CONTENT, environment.QUEUE_SIMULATION];
  if (new Set(queues).size !== queues.length) {
    issues.push({ field: 'QUEUE_POPULATION', message: 'the three queue names must differ' });
  }
  if (environment.ENABLE_TRACING && environment.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) {
    issues.push({
      field: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      message: 'is needed beside ENABLE_TRACING: nothing is sent to hosts that nobody named',
    });
  }
  if (environment.AZT3KNET_WEBHOOK_URL !== undefined && environment.AZT3KNET_WEBHOOK_SECRETS === undefined) {
    issues.push({ field: 'AZT3KNET_WEBHOOK_SECRETS', message: 'is needed beside AZT3KNET_WEBHOOK_URL' });
  }
  const { PROMETHEUS_PORT: port } = environment;
  if (port !== undefined && port !== 0 && port === environment.API_PORT) {
    issues.push({ field: 'PROMETHEUS_PORT', message: 'must differ from API_PORT' });
  }
  const { AZT3KNET_SANDBOX_PORT: sandbox } = environment;
  if (sandbox !== undefined && sandbox !== 0 && [environment.API_PORT, port].includes(sandbox)) {
    issues.push({
      field: 'AZT3KNET_SANDBOX_PORT',
      message: 'must differ from API_PORT and PROMETHEUS_PORT',
    });
  }
  return issues;
}
