import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AWS_ENVIRONMENT, AwsSecretsServer } from '../support/aws-secrets-server.js';
import { Program } from '../support/program.js';
import { VaultServer } from '../support/vault-server.js';

const KEY = 'a key that only the store has, of some length';

describe('the program and its stores of secrets', () => {
  let vault: VaultServer;
  let aws: AwsSecretsServer;
  let program: Program;
  const withVault = (): Program => new Program({ VAULT_ADDR: vault.address, VAULT_TOKEN: vault.issue() });

  beforeAll(async () => {
    [vault, aws] = await Promise.all([VaultServer.start(), AwsSecretsServer.start()]);
    vault.put('secret/azt3knet', { API_SECRET_KEY: KEY });
    aws.secrets.set('lab', JSON.stringify({ API_SECRET_KEY: KEY }));
  });
  afterEach(() => {
    vault.sealed = false;
    program.remove();
  });
  afterAll(() => Promise.all([vault.close(), aws.close()]));

  it('says where a secret came from, never what it is', async () => {
    program = withVault();
    const { code, stdout } = await program.run('config', 'print');
    expect(code).toBe(0);
    expect(stdout).toMatch(/API_SECRET_KEY +\*\*\* {2}\(Vault secret\/azt3knet\)/);
    expect(stdout).not.toContain(KEY);
    expect(stdout).not.toContain('hvs.');
  });

  it.each(['cli', 'main'] as const)('does not start without its store, in one line (%s)', async (entry) => {
    program = withVault();
    vault.sealed = true;
    const child = program.start(entry === 'cli' ? ['secrets', 'status'] : [], entry);
    let told = '';
    child.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, told]).toEqual([
      7,
      'azt3knet: Vault secret/azt3knet gives no secrets: looking up the token: it is sealed or in maintenance (503)\n',
    ]);
  });

  it('lets the configuration be checked while the store is down', async () => {
    program = withVault();
    vault.sealed = true;
    const { code, stdout } = await program.run('config', 'check');
    expect(code).toBe(2);
    expect(stdout).toContain('VAULT_ADDR: Vault secret/azt3knet gives no secrets');
  });

  it('reads AWS Secrets Manager with the credentials of the environment', async () => {
    program = new Program({
      ...AWS_ENVIRONMENT,
      AWS_SECRETS_MANAGER_SECRET_ID: 'lab',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.endpoint,
    });
    const { code, stdout } = await program.run('config', 'print');
    expect([code, /API_SECRET_KEY +\*\*\* {2}\(AWS lab\)/.test(stdout)]).toEqual([0, true]);
  });
});
