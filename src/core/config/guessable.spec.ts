import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigError } from './config.errors.js';
import { isGuessable } from './guessable.js';
import { loadConfig } from './load-config.js';

const KEY = 'q8Zk2vW1rT6yB4nM7xL0pJ5hG3fD9sAe';

describe('a secret', () => {
  it.each([
    'minioadmin',
    'azt3knet-minio',
    'FILL_IN',
    'postgres',
    'change-me-change-me-change-me-change-me',
    'CHANGE_THIS_SECRET_IN_PRODUCTION',
    'your-super-secret-jwt-key-with-1234',
    'azt3knet-admin-2024',
    'Password1234!',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    '00000000000000000000000000000000',
  ])('is guessed: %s', (secret) => expect(isGuessable(secret)).toBe(true));

  it.each([KEY, 'correct horse battery staple', 'tr0ub4dor&3xyz', 'ñandú-con-prisa'])(
    'is not guessed: %s',
    (secret) => expect(isGuessable(secret)).toBe(false),
  );

  it('of chance is not guessed', () => {
    for (let n = 0; n < 500; n += 1) {
      expect(isGuessable(randomBytes(24).toString('base64url'))).toBe(false);
      expect(isGuessable(randomBytes(16).toString('hex'))).toBe(false);
    }
  });
});

const load = (environment: Record<string, string>) =>
  loadConfig({ AZT3KNET_ENVIRONMENT: 'production', ...environment }, '/');

describe('the production environment', () => {
  const storage = { MINIO_ENDPOINT: 'http://minio:9000', MINIO_ACCESS_KEY: 'lab' };

  it.each([
    ['API_SECRET_KEY', { API_SECRET_KEY: 'change-me-change-me-change-me-change-me' }],
    ['AZT3KNET_ADMIN_PASSWORD', { AZT3KNET_ADMIN_PASSWORD: 'adminadminadmin' }],
    ['MINIO_SECRET_KEY', { ...storage, MINIO_SECRET_KEY: 'minioadmin' }],
    ['MINIO_SECRET_KEY', { ...storage, MINIO_SECRET_KEY: 'Zk2vW1rT6y' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://azt3knet:azt3knet@db/azt3knet' }],
    ['REDIS_URL', { REDIS_URL: 'redis://:s%65cret@redis' }],
  ])(
    'does not start with a default %s, and does not repeat it',
    (field, environment: Record<string, string>) => {
      const values = { AZT3KNET_ENVIRONMENT: 'development', ...environment };
      expect(() => loadConfig(values, '/')).not.toThrow();
      const attempt = () => load(environment);
      expect(attempt).toThrow(ConfigError);
      expect(attempt).toThrow(
        expect.objectContaining({ issues: expect.arrayContaining([expect.objectContaining({ field })]) }),
      );
      expect(attempt).not.toThrow(/minioadmin|adminadmin|change-me|s%65cret/);
    },
  );

  it('starts with others', () => {
    const environment = {
      ...storage,
      MINIO_SECRET_KEY: KEY,
      API_SECRET_KEY: KEY,
      AZT3KNET_ADMIN_PASSWORD: 'correct horse battery',
      DATABASE_URL: `postgres://azt3knet:${KEY}@db/azt3knet`,
      REDIS_URL: 'redis://redis',
    };
    expect(load(environment).environment).toBe('production');
  });
});
