import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../project.js';
import { environmentExample, loadConfig } from './load-config.js';

const empty = mkdtempSync(join(tmpdir(), 'azt3knet-config-'));
const load = (environment: Record<string, string>) => loadConfig(environment, empty);
const MINIO = { MINIO_ENDPOINT: 'localhost:9000', MINIO_ACCESS_KEY: 'key', MINIO_SECRET_KEY: 'secret' };

describe('loadConfig', () => {
  it('needs nothing', () => {
    expect(load({})).toMatchObject({
      environment: 'development',
      api: { port: 8000 },
      database: undefined,
      timezone: 'UTC',
      features: { metrics: true, publicMetrics: true, tracing: false, docs: true, chat: true, voice: true },
      observability: { prometheusPort: undefined, serviceName: 'azt3knet' },
      redisUrl: undefined,
      queues: { population: 'population', content: 'content', simulation: 'simulation' },
      complianceEnabled: true,
    });
  });

  it('reads .env, and the environment overrides it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'azt3knet-config-'));
    writeFileSync(join(folder, '.env'), 'API_PORT=9001\nAZT3KNET_PREVIEW_LIMIT=7\nAZT3KNET_DATA_DIR=data\n');
    expect(loadConfig({ API_PORT: '9002' }, folder)).toMatchObject({
      api: { port: 9002 },
      previewLimit: 7,
      dataDir: join(folder, 'data'),
    });
  });

  it.each(['postgres://u:p@h:5432/d', 'postgresql://u:p@h:5432/d', 'postgresql+asyncpg://u:p@h:5432/d'])(
    'takes %s',
    (url) => {
      expect(load({ DATABASE_URL: url }).database?.url).toMatch(/^postgres(ql)?:\/\/u:p@h:5432\/d$/);
    },
  );

  it('puts the embedded database in the place of sqlite', () => {
    expect(load({ DATABASE_BACKEND: 'sqlite', DATABASE_URL: 'postgres://u@h/d' }).database).toBeUndefined();
  });

  it('takes the documents’ upper-case log level, and an empty value for none', () => {
    expect(load({ AZT3KNET_LOG_LEVEL: 'INFO', REDIS_URL: '' })).toMatchObject({
      logLevel: 'info',
      redisUrl: undefined,
    });
  });

  it('keeps blobs in the data folder until there is an endpoint', () => {
    expect(load({ MINIO_ACCESS_KEY: 'a', MINIO_SECRET_KEY: 'b' }).s3).toBeUndefined();
    expect(load({ ...MINIO, AZT3KNET_BLOB_BUCKETS: 'media, azt3knet,more' }).s3).toEqual({
      endpoint: 'http://localhost:9000',
      accessKey: 'key',
      secretKey: 'secret',
      region: 'us-east-1',
      bucket: 'azt3knet',
      buckets: ['azt3knet', 'media', 'more'],
    });
  });

  it.each([
    ['minio:9000', undefined, 'http://minio:9000'],
    ['minio:9000', 'true', 'https://minio:9000'],
    ['http://minio:9000/', 'true', 'https://minio:9000'],
    ['http://minio', 'false', 'http://minio'],
    ['https://s3.eu-west-1.amazonaws.com', undefined, 'https://s3.eu-west-1.amazonaws.com'],
  ])('reads the endpoint %s with MINIO_USE_SSL=%s', (endpoint, ssl, expected) => {
    const use = ssl === undefined ? {} : { MINIO_USE_SSL: ssl };
    expect(load({ ...MINIO, ...use, MINIO_ENDPOINT: endpoint }).s3?.endpoint).toBe(expected);
  });

  it.each([
    [{ MINIO_ENDPOINT: 'http://localhost:9000' }, /MINIO_ACCESS_KEY: .*MINIO_SECRET_KEY: is needed beside/],
    [{ ...MINIO, MINIO_ENDPOINT: 'ftp://h' }, /MINIO_ENDPOINT: expected http:/],
    [{ ...MINIO, MINIO_ENDPOINT: 'http://user:hidden@h' }, /MINIO_ENDPOINT: expected http:(?!.*hidden)/],
    [{ ...MINIO, MINIO_ENDPOINT: 'http://h/path' }, /MINIO_ENDPOINT: expected http:/],
    [{ ...MINIO, MINIO_ENDPOINT: 'https://h', MINIO_USE_SSL: 'no' }, /MINIO_USE_SSL: false contradicts/],
    [{ AZT3KNET_BLOB_BUCKET: 'Upper' }, /AZT3KNET_BLOB_BUCKET: expected 3 to 63 lower-case/],
    [{ AZT3KNET_BLOB_BUCKETS: 'good,x' }, /AZT3KNET_BLOB_BUCKETS.*: expected 3 to 63 lower-case/],
    [{ AZT3KNET_EXPORT_RETENTION_DAYS: '-1' }, /AZT3KNET_EXPORT_RETENTION_DAYS: expected a whole number/],
  ] as [Record<string, string>, RegExp][])('refuses the storage %o', (environment, message) => {
    expect(() => load(environment)).toThrow(message);
  });

  it.each([
    [{ API_PORT: '80000' }, 'configuration: API_PORT: expected a whole number from 0 to 65535'],
    [{ API_CORS_ORIGINS: '*' }, /API_CORS_ORIGINS.*: expected http:\/\/host:port/],
    [
      { API_CORS_ORIGINS: 'http://a.example,http://b.example/path' },
      /API_CORS_ORIGINS.*: expected http:\/\/host:port/,
    ],
    [{ API_PORT: 'x' }, 'configuration: API_PORT: expected a whole number from 0 to 65535'],
    [{ DATABASE_URL: 'mysql://h/d' }, /DATABASE_URL: expected a URL that begins with postgres:/],
    [{ REDIS_URL: 'http://h' }, /REDIS_URL: expected a URL that begins with redis:/],
    [{ AZT3KNET_ENVIRONMENT: 'test' }, /AZT3KNET_ENVIRONMENT: /],
    [{ AZT3KNET_TIMEZONE: 'Mars/Olympus' }, /AZT3KNET_TIMEZONE: expected a time zone such as/],
    [{ ENABLE_TRACING: 'true' }, /OTEL_EXPORTER_OTLP_ENDPOINT: is needed beside ENABLE_TRACING/],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /OTEL_EXPORTER_OTLP_ENDPOINT: expected a URL/],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'no value' }, /OTEL_EXPORTER_OTLP_HEADERS: expected name=value/],
    [{ PROMETHEUS_PORT: '8000' }, /PROMETHEUS_PORT: must differ from API_PORT/],
    [{ API_TLS_CERT_FILE: 'cert.pem' }, /API_TLS_KEY_FILE: is needed beside API_TLS_CERT_FILE/],
    [
      { API_TLS_CERT_FILE: 'cert.pem', API_TLS_KEY_FILE: 'key.pem' },
      /API_TLS_CERT_FILE: .*cert\.pem cannot be read: ENOENT/,
    ],
    [{ REDIS_TLS_CA_FILE: 'ca.pem' }, /REDIS_TLS_CA_FILE: needs a REDIS_URL that begins with rediss/],
    [{ AZT3KNET_SETTINGS_FILE: 'none.yaml' }, /AZT3KNET_SETTINGS_FILE: none.yaml cannot be read: ENOENT/],
    [
      { API_PORT: 'x', QUEUE_CONTENT: '', AZT3KNET_NO: '1' },
      /AZT3KNET_NO: unknown name.*; API_PORT: expected a whole/,
    ],
    [
      { AZT3KNET_PREVEW_LIMIT: '5' },
      /AZT3KNET_PREVEW_LIMIT: unknown name; did you mean AZT3KNET_PREVIEW_LIMIT\?$/,
    ],
    [{ AZT3KNET_QUITE_ANOTHER: '5' }, /AZT3KNET_QUITE_ANOTHER: unknown name; `azt3knet config print` and/],
    [{ AZT3KNET_LOG_LEVEL: 'loud' }, /AZT3KNET_LOG_LEVEL: expected fatal, error, .* trace or silent$/],
    [{ AZT3KNET_COMPLIANCE_ENABLED: 'maybe' }, /AZT3KNET_COMPLIANCE_ENABLED: expected true or false/],
    [
      { AZT3KNET_COMPLIANCE_ENABLED: 'false', AZT3KNET_ENVIRONMENT: 'production' },
      /in the development environment only/,
    ],
    [
      { AZT3KNET_COMPLIANCE_ENABLED: 'false', AZT3KNET_ENVIRONMENT: 'staging' },
      /in the development environment only/,
    ],
    [{ DATABASE_OWNER_URL: 'postgres://u@h/d' }, /needs DATABASE_URL/],
    [{ QUEUE_CONTENT: 'population' }, /must differ/],
    [{ AZT3KNET_BOTS_EXECUTOR: 'kubernetes' }, /AZT3KNET_BOTS_HOST_URL: is needed beside AZT3KNET_BOTS_EXEC/],
    [
      { AZT3KNET_BOTS_EXECUTOR: 'kubernetes', AZT3KNET_BOTS_HOST_URL: 'http://bots:8090' },
      /AZT3KNET_BOTS_HOST_URL: must name an address, or service.namespace/,
    ],
    [
      {
        AZT3KNET_BOTS_EXECUTOR: 'kubernetes',
        AZT3KNET_BOTS_HOST_URL: 'http://10.0.0.1:8090',
        AZT3KNET_BOTS_TOKEN_MINUTES: '2',
      },
      /AZT3KNET_BOTS_TOKEN_MINUTES: must be at least 5/,
    ],
    [{ AZT3KNET_BOTS_NAMESPACE: 'Bots!' }, /AZT3KNET_BOTS_NAMESPACE: expected the name of a namespace/],
    ...['google', 'azure', 'Vosk'].map((provider) => [
      { STT_PROVIDER: provider },
      /STT_PROVIDER: expected vosk, openai, pocketsphinx or none: no recogniser of an outside cloud is spoken to$/,
    ]),
    [{ STT_PROVIDER: 'openai' }, /AZT3KNET_VOICE_OPENAI_URL: is needed beside STT_PROVIDER=openai/],
    [{ AZT3KNET_VOICE_BACKEND: 'vosk' }, /AZT3KNET_VOICE_BACKEND: unknown name/],
    [{ API_SECRET_KEY: 'short' }, /API_SECRET_KEY: expected at least 32 characters/],
    [{ AZT3KNET_ADMIN_PASSWORD: 'short' }, /expected at least 12 characters/],
  ] as [Record<string, string>, string | RegExp][])('refuses %o in one line', (environment, message) => {
    expect(() => load(environment)).toThrow(message);
    expect(() => load(environment)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('\n') as string }),
    );
  });

  it('knows the names of the reference documents that nothing reads', () => {
    const documented = { AZT3KNET_DOMAIN: 'agents.example', DESEC_DOMAIN: 'm', AZT3KNET_MAIL_TTL: '60' };
    expect(load(documented).warnings).toEqual([]);
  });

  it('takes the documents’ variables of the chat as they are written there', () => {
    const documented = {
      STT_PROVIDER: 'vosk',
      ENABLE_CONVERSATIONAL_AI: 'true',
      ENABLE_VOICE_INPUT: 'true',
    };
    const { voice, features } = load(documented);
    expect(voice.recogniser).toEqual({ backend: 'vosk', url: 'ws://127.0.0.1:2700' });
    expect(features).toMatchObject({ chat: true, voice: true });
    const off = load({ ENABLE_CONVERSATIONAL_AI: 'false', ENABLE_VOICE_INPUT: 'no' });
    expect(off.features).toMatchObject({ chat: false, voice: false });
  });

  it('agrees with .env.example', () => {
    expect(readFileSync(join(PROJECT_ROOT, '.env.example'), 'utf8')).toBe(environmentExample());
  });
});
