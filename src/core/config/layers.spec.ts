import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NAMES, isSecret } from './config.schema.js';
import { examineConfig } from './examine-config.js';
import { loadConfig } from './load-config.js';

const SETTINGS = { AZT3KNET_SETTINGS_FILE: 'config/settings.yaml' };
let folder: string;
const write = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};
const load = (environment: Record<string, string> = {}) => loadConfig(environment, folder);
const examine = (environment: Record<string, string> = {}) => examineConfig(environment, folder);
const entry = async (name: string, environment: Record<string, string> = {}) =>
  (await examine(environment)).variables.find((variable) => variable.name === name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azt3knet-layers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the layers', () => {
  it('lie over each other: profile, .env, secret file, environment', () => {
    write('config/settings.yaml', 'staging:\n  API_PORT: 1001\n  ENABLE_DOCS: false\n  API_HOST: profile\n');
    write('.env', 'AZT3KNET_ENVIRONMENT=staging\nAPI_HOST=file\nREDIS_URL=redis://file\n');
    write('redis', 'redis://:zebra-owl@secret\n');
    const environment = { ...SETTINGS, REDIS_URL_FILE: 'redis' };
    expect(load(environment)).toMatchObject({
      environment: 'staging',
      api: { port: 1001, host: 'file' },
      features: { docs: false },
      redisUrl: 'redis://:zebra-owl@secret',
    });
    expect(load({ ...environment, REDIS_URL: 'redis://environment' }).redisUrl).toBe('redis://environment');
    expect(load({ ...environment, REDIS_URL: '' }).redisUrl).toBeUndefined();
    expect(load({ ...environment, AZT3KNET_ENVIRONMENT: 'production' }).api.port).toBe(8000);
  });

  it('say where each value comes from, in the order of the schema', async () => {
    write('config/settings.yaml', 'development:\n  API_PORT: 1001\n');
    write('.env', 'API_HOST=file\n');
    const secret = write('redis', 'redis://h\n');
    const environment = { ...SETTINGS, REDIS_URL_FILE: 'redis', OTEL_SERVICE_NAME: 'lab' };
    const found = (await examine(environment)).variables;
    expect(found.map(({ name }) => name)).toEqual(NAMES);
    const sources = Object.fromEntries(found.map(({ name, source }) => [name, source]));
    expect(sources).toMatchObject({
      API_PORT: 'config/settings.yaml',
      API_HOST: '.env',
      REDIS_URL: secret,
      OTEL_SERVICE_NAME: 'environment',
      QUEUE_CONTENT: 'default',
    });
  });

  it.each([
    ['production:\n  API_PORT: none\n', /API_PORT: expected a whole .*\(config\/settings\.yaml:2:13\)/],
    ['development:\n  API_PROT: 1\n', /API_PROT: is not known here.*settings\.yaml:2:13/],
    ['development:\n  REDIS_URL: redis://h\n', /REDIS_URL: is a secret: use REDIS_URL_FILE.*:2:14\)/],
    ['development:\n  AZT3KNET_ENVIRONMENT: staging\n', /AZT3KNET_ENVIRONMENT: belongs into the environ/],
    ['testing: {}\n', /testing: .*settings\.yaml:1:/],
    ['development: [\n', /settings\.yaml:/],
  ])('refuse the settings %j with file and line', (text, message) => {
    write('config/settings.yaml', text);
    expect(() => load(SETTINGS)).toThrow(message);
    expect(() => load(SETTINGS)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('\n') as string }),
    );
  });

  it('refuse a .env that cannot be read', () => {
    mkdirSync(join(folder, '.env'));
    expect(() => load()).toThrow(/^configuration: \.env: .*\.env cannot be read: EISDIR$/);
  });

  it('take a profile without anything of its own', () => {
    write('config/settings.yaml', 'development:\nstaging: {}\n');
    expect(load(SETTINGS).api.port).toBe(8000);
    write('config/settings.yaml', '# nothing yet\n');
    expect(load(SETTINGS).api.port).toBe(8000);
  });
});

describe('secret files', () => {
  it('lose their last line break and nothing else', () => {
    write('password', '  two  spaces \r\n');
    expect(load({ AZT3KNET_ADMIN_PASSWORD_FILE: 'password' }).auth.adminPassword).toBe('  two  spaces ');
  });

  it('are warned of when others may read them', () => {
    write('password', 'correct horse', 0o644);
    const environment = { AZT3KNET_ADMIN_PASSWORD_FILE: 'password' };
    expect(load(environment).warnings).toEqual([
      expect.stringMatching(/^AZT3KNET_ADMIN_PASSWORD_FILE: .*mode 644\): chmod 600$/),
    ]);
    write('password', 'correct horse', 0o600);
    expect(load(environment).warnings).toEqual([]);
  });

  it('are told when they cannot be used, without what is in them', () => {
    expect(() => load({ REDIS_URL_FILE: 'none' })).toThrow(/REDIS_URL_FILE: .*none cannot be used: ENOENT/);
    write('empty', '\n');
    expect(() => load({ REDIS_URL_FILE: 'empty' })).toThrow(/empty cannot be used: it is empty/);
    write('short', 'hunter2');
    expect(() => load({ API_SECRET_KEY_FILE: 'short' })).toThrow(/API_SECRET_KEY: .*32(?!.*hunter2)/);
  });

  it('are read anew when a secret is asked for again', async () => {
    write('headers', 'authorization=Bearer%20one');
    const { secrets } = load({ OTEL_EXPORTER_OTLP_HEADERS_FILE: 'headers' });
    const read = async () => (await secrets.read('OTEL_EXPORTER_OTLP_HEADERS'))?.text;
    expect(await read()).toBe('authorization=Bearer%20one');
    write('headers', 'authorization=Bearer%20two');
    expect(await read()).toBe('authorization=Bearer%20two');
    rmSync(join(folder, 'headers'));
    await expect(read()).rejects.toThrow(/cannot be used: ENOENT/);
    expect(await secrets.read('API_SECRET_KEY')).toBeUndefined();
  });

  it('exist for every variable whose name speaks of a secret', () => {
    const telling = NAMES.filter((name) => /(?:SECRET|PASSWORD|PASS|TOKEN|_KEY|HEADERS)$/.test(name));
    expect(telling.filter((name) => !isSecret(name))).toEqual([]);
  });
});

describe('what people are shown', () => {
  it('holds no secret', async () => {
    const environment = {
      DATABASE_URL: 'postgresql+asyncpg://user:hidden@host:5432/db?sslmode=require&sslpassword=hidden',
      REDIS_URL: 'rediss://:hidden@host/0',
      API_SECRET_KEY: 'hidden://hidden-hidden-hidden-hidden-hidden',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://me:hidden@collector.example/otlp',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=hidden',
    };
    expect(JSON.stringify(await examine(environment))).not.toContain('hidden');
    expect((await entry('DATABASE_URL', environment))?.value).toBe(
      'postgresql+asyncpg://user:***@host:5432/db?sslmode=require&sslpassword=***',
    );
    expect(await entry('API_SECRET_KEY', environment)).toMatchObject({ value: '***', secret: true });
    expect(await entry('API_SECRET_KEY')).toMatchObject({ value: null, source: 'default' });
  });

  it('tells where the data are in full', async () => {
    expect(await entry('AZT3KNET_DATA_DIR')).toMatchObject({
      value: join(folder, '.azt3knet'),
      source: 'default',
    });
    expect((await entry('AZT3KNET_DATA_DIR', { AZT3KNET_DATA_DIR: '../lab' }))?.value).toBe(
      join(folder, '..', 'lab'),
    );
    expect((await entry('AZT3KNET_DATA_DIR', { AZT3KNET_DATA_DIR: '/srv/lab' }))?.value).toBe('/srv/lab');
  });

  it('names all problems at once, with their source', async () => {
    write('.env', 'API_PORT=none\nENABLE_METRICS=maybe\n');
    expect(await examine({ AZT3KNET_NO: '1', DESEC_DOMAIN: 'm' })).toMatchObject({
      problems: [
        { field: 'AZT3KNET_NO', source: null },
        { field: 'API_PORT', source: '.env' },
        { field: 'ENABLE_METRICS', source: '.env' },
      ],
      warnings: ['DESEC_DOMAIN: not used by this version'],
    });
  });
});
