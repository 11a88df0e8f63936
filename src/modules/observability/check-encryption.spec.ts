import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../core/config/index.js';
import { checkEncryption } from './check-encryption.js';

const SECRETS = {
  AZT3KNET_ADMIN_PASSWORD: 'murals-along-the-green-line',
  API_SECRET_KEY: 'a-secret-that-is-long-enough-for-tests-0123456789',
};
const found = (environment: Record<string, string>) =>
  checkEncryption(loadConfig({ ...SECRETS, ...environment }, '/nowhere'));

describe('encryption to other machines', () => {
  it.each([
    {},
    {
      DATABASE_URL: 'postgres://u:green-line-murals-2026@localhost/d',
      REDIS_URL: 'redis://127.0.0.1:6379',
      OLLAMA_BASE_URL: 'http://[::1]:1',
    },
    {
      DATABASE_URL: 'postgres://u:green-line-murals-2026@db/d?sslmode=verify-full',
      REDIS_URL: 'rediss://queue:6379',
    },
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:4318' },
  ])('is there: %j', (environment) => {
    expect(found(environment)).toMatchObject({
      status: 'ok',
      detail: 'data goes to other machines by TLS alone',
    });
  });

  it.each([
    ['DATABASE_URL', 'postgres://u:green-line-murals-2026@db/d'],
    ['DATABASE_URL', 'postgres://u:green-line-murals-2026@db/d?sslmode=prefer'],
    ['REDIS_URL', 'redis://queue:6379'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector:4318'],
    ['OLLAMA_BASE_URL', 'https://a:1,http://b:1'],
  ])('is missing: %s=%s', (variable, value) => {
    const detail = `${variable}: in the clear to another machine`;
    expect(found({ [variable]: value })).toMatchObject({ status: 'ok', detail });
    expect(found({ [variable]: value, AZT3KNET_ENVIRONMENT: 'production' })).toMatchObject({
      status: 'warn',
      detail,
    });
  });
});
