import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { examineConfig, openConfig, type Config } from '../../src/core/config/index.js';
import { AwsStore } from '../../src/core/secrets/stores/aws-store.js';
import { VaultStore, type VaultLogin } from '../../src/core/secrets/stores/vault-store.js';
import { AWS_ENVIRONMENT, AwsSecretsServer } from '../support/aws-secrets-server.js';
import { makeAuthority } from '../support/certificates.js';
import { KUBERNETES, ROLE, VaultServer } from '../support/vault-server.js';

const KEY = 'a key that only the store has, of some length';
const PATH = 'secret/azt3knet';
let folder: string;

const other = (name: string): string => `${name} has a key of its own that is long enough`;
const changed = (name: string, inUse: boolean): object => ({ name, from: `Vault ${PATH}`, inUse });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azt3knet-stores-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('Vault', () => {
  let vault: VaultServer;
  const environment = (more: Record<string, string> = {}): Record<string, string> => ({
    VAULT_ADDR: vault.address,
    VAULT_TOKEN: vault.issue(),
    ...more,
  });
  const store = (login: VaultLogin, timeoutMs = 2_000): VaultStore => {
    const server = { address: vault.address, namespace: undefined, caFile: undefined, timeoutMs };
    return new VaultStore(server, login, PATH);
  };
  const appRole: VaultLogin = {
    method: 'approle',
    roleId: ROLE.role_id,
    secretId: () => Promise.resolve(ROLE.secret_id),
  };

  beforeEach(async () => {
    vault = await VaultServer.start();
    vault.put(PATH, { API_SECRET_KEY: KEY, API_PORT: '1', VAULT_TOKEN: 'no', UNKNOWN: 'x' });
  });
  afterEach(() => vault.close());

  it('gives the secrets and nothing else', async () => {
    const config = await openConfig(environment(), folder);
    expect(config.auth.secret).toBe(KEY);
    expect(config.api.port).toBe(8000);
  });

  it('is believed after the environment and files, and before .env and AWS', async () => {
    const secret = async (more: Record<string, string>) =>
      (await openConfig(environment(more), folder)).auth.secret;
    writeFileSync(join(folder, '.env'), `API_SECRET_KEY=${other('.env')}\n`);
    writeFileSync(join(folder, 'key'), other('a file'), { mode: 0o600 });
    expect(await secret({})).toBe(KEY);
    expect(await secret({ API_SECRET_KEY_FILE: 'key' })).toBe(other('a file'));
    expect(await secret({ API_SECRET_KEY_FILE: 'key', API_SECRET_KEY: other('it') })).toBe(other('it'));
    const aws = await AwsSecretsServer.start();
    for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
    const redis = 'redis://:word@aws';
    aws.secrets.set('lab', JSON.stringify({ API_SECRET_KEY: other('AWS'), REDIS_URL: redis }));
    const both = environment({
      AWS_SECRETS_MANAGER_SECRET_ID: 'lab',
      AWS_REGION: AWS_ENVIRONMENT.AWS_REGION,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.endpoint,
    });
    const { auth, redisUrl } = await openConfig(both, folder);
    expect([auth.secret, redisUrl]).toEqual([KEY, redis]);
    const { variables } = await examineConfig(both, folder);
    const shown = Object.fromEntries(variables.map(({ name, value, source }) => [name, [value, source]]));
    expect(shown['API_SECRET_KEY']).toEqual(['***', `Vault ${PATH}`]);
    expect(shown['REDIS_URL']).toEqual(['redis://***@aws', 'AWS lab']);
    expect(JSON.stringify(variables)).not.toContain(KEY);
    await aws.close();
  });

  it.each([
    ['is sealed', (server: VaultServer) => (server.sealed = true), /it is sealed or in maintenance \(503\)/],
    ['has revoked the token', (server: VaultServer) => server.revokeAll(), /it denies access \(403\)/],
    ['has no such secret', (server: VaultServer) => server.delete(PATH), /no such secret.*\(404\)/],
    [
      'gives what is no text',
      (server: VaultServer) => server.put(PATH, { API_SECRET_KEY: { a: 1 } }),
      /its API_SECRET_KEY is not a text/,
    ],
  ])('stops the start in one line when it %s', async (_, spoil, message) => {
    const given = environment();
    spoil(vault);
    const failed = openConfig(given, folder);
    await expect(failed).rejects.toMatchObject({ kind: 'unavailable', code: 'secret_store_unusable' });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.not.toThrow(/\n|hvs\./);
    const { problems } = await examineConfig(given, folder);
    expect(problems).toMatchObject([{ field: 'VAULT_ADDR', message: expect.stringMatching(message) }]);
  });

  it('stops the start when nothing answers, or too late', async () => {
    vault.lateMs = 500;
    const login: VaultLogin = { method: 'token', token: () => Promise.resolve(vault.issue()) };
    await expect(store(login, 100).fetch()).rejects.toThrow(/has not answered in full within 100 ms/);
    const given = environment();
    await vault.close();
    await expect(openConfig(given, folder)).rejects.toThrow(/127\.0\.0\.1:\d+ cannot be asked: ECONNREFUSED/);
    vault = await VaultServer.start();
  });

  it('is logged in to by a role, again when the token was revoked', async () => {
    const secrets = store(appRole);
    await secrets.fetch();
    await secrets.fetch();
    expect(vault.calls.filter((call) => call.includes('login'))).toHaveLength(1);
    vault.revokeAll();
    expect(await secrets.fetch()).toMatchObject({ API_SECRET_KEY: KEY });
    expect(vault.calls.filter((call) => call.includes('login'))).toHaveLength(2);
    const stranger = { ...appRole, secretId: () => Promise.resolve('another') };
    await expect(store(stranger).fetch()).rejects.toThrow(/logging in: it refuses .* \(400\)/);
  });

  it('has its token renewed when half of its time is over, and replaced when it cannot be', async () => {
    vault.lease = { seconds: 2, renewable: true };
    const secrets = store(appRole);
    await secrets.fetch();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await secrets.fetch();
    expect(vault.calls).toContain('POST auth/token/renew-self');
    expect(vault.calls.filter((call) => call.includes('login'))).toHaveLength(1);
    vault.revokeAll();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await secrets.fetch();
    expect(vault.calls.filter((call) => call.includes('login'))).toHaveLength(2);
  });

  it('takes a token that its agent writes anew into a file', async () => {
    const file = join(folder, 'token');
    writeFileSync(file, vault.issue(), { mode: 0o600 });
    const config = await openConfig({ VAULT_ADDR: vault.address, VAULT_TOKEN_FILE: file }, folder);
    vault.revokeAll();
    expect((await config.secrets.refresh()).failures).toHaveLength(1);
    writeFileSync(file, vault.issue());
    expect((await config.secrets.refresh()).failures).toEqual([]);
  });

  it('is told the service account of Kubernetes', async () => {
    const tokenFile = join(folder, 'account');
    const login: VaultLogin = { method: 'kubernetes', role: KUBERNETES.role, tokenFile };
    writeFileSync(tokenFile, 'of another\n');
    await expect(store(login).fetch()).rejects.toThrow(/logging in: it refuses/);
    writeFileSync(tokenFile, `${KUBERNETES.jwt}\n`);
    expect(await store(login).fetch()).toMatchObject({ API_SECRET_KEY: KEY });
  });

  it('has a certificate of a private authority, and namespaces', async () => {
    const authority = makeAuthority(folder);
    const secure = await VaultServer.start(authority.issue('vault'));
    secure.namespace = 'lab';
    secure.put('kv/deep/er', { API_SECRET_KEY: KEY });
    const given = { VAULT_ADDR: secure.address, VAULT_TOKEN: secure.issue(), VAULT_PATH: 'kv/deep/er' };
    await expect(openConfig(given, folder)).rejects.toThrow(/cannot be asked: UNABLE_TO_VERIFY/);
    const trusting = { ...given, VAULT_CACERT: authority.caFile };
    await expect(openConfig(trusting, folder)).rejects.toThrow(/\(404\)/);
    const config = await openConfig({ ...trusting, VAULT_NAMESPACE: 'lab' }, folder);
    expect(config.auth.secret).toBe(KEY);
    await secure.close();
  });

  it('is refused without a way to log in', async () => {
    const alone = openConfig({ VAULT_ADDR: vault.address }, folder);
    await expect(alone).rejects.toThrow(/VAULT_TOKEN: or VAULT_ROLE_ID .* is needed beside VAULT_ADDR/);
    const half = openConfig({ VAULT_ADDR: vault.address, VAULT_ROLE_ID: 'x' }, folder);
    await expect(half).rejects.toThrow(/VAULT_SECRET_ID: is needed beside VAULT_ROLE_ID/);
    expect(vault.calls).toEqual([]);
  });

  describe('while a process runs', () => {
    let config: Config;

    beforeEach(async () => {
      vault.put(PATH, {
        API_SECRET_KEY: KEY,
        DATABASE_URL: 'postgres://a:one@db/lab',
        REDIS_URL: 'redis://r',
      });
      config = await openConfig(environment(), folder);
    });

    it('gives new values, once', async () => {
      const heard: string[] = [];
      config.secrets.onChange('API_SECRET_KEY', () => heard.push(config.auth.secret ?? ''));
      const anew = `${KEY}, changed`;
      const url = 'postgres://b:two@db/lab';
      vault.put(PATH, { API_SECRET_KEY: anew, DATABASE_URL: url, REDIS_URL: 'redis://other' });
      const changes = [
        changed('DATABASE_URL', true),
        changed('REDIS_URL', false),
        changed('API_SECRET_KEY', true),
      ];
      expect(await config.secrets.refresh()).toEqual({ failures: [], changes });
      expect(heard).toEqual([anew]);
      expect(config.database).toMatchObject({ url, ownerUrl: url });
      expect(config.redisUrl).toBe('redis://r');
      expect(await config.secrets.refresh()).toEqual({ failures: [], changes: [] });
    });

    it('does not move to another database', async () => {
      vault.put(PATH, { API_SECRET_KEY: KEY, DATABASE_URL: 'postgres://b:two@other/lab' });
      const { changes } = await config.secrets.refresh();
      expect(changes).toEqual([changed('DATABASE_URL', false)]);
      expect(config.database?.url).toBe('postgres://a:one@db/lab');
    });

    it('may be down, lose a secret or hold a wrong one: the old value goes on', async () => {
      vault.sealed = true;
      const { failures } = await config.secrets.refresh();
      expect(failures).toMatchObject([{ source: `Vault ${PATH}`, reason: expect.stringContaining('503') }]);
      vault.sealed = false;
      vault.put(PATH, { API_SECRET_KEY: 'short' });
      const { failures: wrong, changes } = await config.secrets.refresh();
      const reason = 'its API_SECRET_KEY breaks the rules of that variable';
      expect([wrong, changes]).toEqual([[{ source: `Vault ${PATH}`, reason }], []]);
      expect([config.auth.secret, config.database?.url]).toEqual([KEY, 'postgres://a:one@db/lab']);
    });
  });
});

describe('AWS Secrets Manager', () => {
  let aws: AwsSecretsServer;
  const store = (id: string): AwsStore =>
    new AwsStore({ id, region: AWS_ENVIRONMENT.AWS_REGION, endpoint: aws.endpoint, timeoutMs: 1_000 });

  beforeEach(async () => {
    for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
    aws = await AwsSecretsServer.start();
    aws.secrets.set('lab', JSON.stringify({ API_SECRET_KEY: KEY }));
  });
  afterEach(() => aws.close());

  it('gives a JSON secret to who signs for it', async () => {
    expect(await store('lab').fetch()).toEqual({ API_SECRET_KEY: KEY });
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'another');
    await expect(store('lab').fetch()).rejects.toThrow('InvalidSignatureException');
  });

  it('says what is wrong, and nothing that is secret', async () => {
    await expect(store('none').fetch()).rejects.toThrow('ResourceNotFoundException');
    aws.secrets.set('text', `no JSON: ${KEY}`);
    await expect(store('text').fetch()).rejects.toThrow(/^its value is not a JSON object$/);
    aws.failure = { status: 500, type: 'InternalServiceError' };
    await expect(store('lab').fetch()).rejects.toThrow('InternalServiceError');
    const { endpoint } = aws;
    await aws.close();
    const gone = new AwsStore({ id: 'lab', region: 'x', endpoint, timeoutMs: 1_000 });
    await expect(gone.fetch()).rejects.toThrow('ECONNREFUSED');
    aws = await AwsSecretsServer.start();
  });
});
