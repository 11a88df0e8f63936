import { resolve } from 'node:path';
import type { SecretSource } from '../secrets/secret-source.js';
import { StoredSecrets } from '../secrets/stores/stored-secrets.js';
import { environmentSchema, STORED_NAMES, type Environment, type EnvironmentName } from './config.schema.js';
import { readLayers, type Layers } from './layers.js';
import type { Config } from './config.js';
import { loadConfig } from './load-config.js';

const TIMEOUT_MS = 5_000;
const KUBERNETES_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Reads one variable before the others are looked at; undefined: it is not set, or wrong, which is told later. */
function early<Name extends EnvironmentName>({ given }: Layers, name: Name): Environment[Name] | undefined {
  const parsed = environmentSchema.shape[name].safeParse(given[name]?.text);
  return parsed.success ? (parsed.data as Environment[Name]) : undefined;
}

function asked(secrets: SecretSource, name: string): () => Promise<string> {
  return async () => {
    const found = await secrets.read(name);
    if (found === undefined) throw new Error(`${name} is not there`);
    return found.text;
  };
}

async function vaultOf(layers: Layers, cwd: string): Promise<StoredSecrets | undefined> {
  const address = early(layers, 'VAULT_ADDR');
  const path = early(layers, 'VAULT_PATH');
  if (address === undefined || path === undefined) return undefined;
  const { VaultStore } = await import('../secrets/stores/vault-store.js');
  const caFile = early(layers, 'VAULT_CACERT');
  const server = {
    address,
    namespace: early(layers, 'VAULT_NAMESPACE'),
    caFile: caFile === undefined ? undefined : resolve(cwd, caFile),
    timeoutMs: TIMEOUT_MS,
  };
  const { secrets } = layers;
  const open = (login: ConstructorParameters<typeof VaultStore>[1]): StoredSecrets =>
    new StoredSecrets(new VaultStore(server, login, path), STORED_NAMES);
  if (early(layers, 'VAULT_TOKEN') !== undefined) {
    return open({ method: 'token', token: asked(secrets, 'VAULT_TOKEN') });
  }
  const roleId = early(layers, 'VAULT_ROLE_ID');
  if (roleId !== undefined && early(layers, 'VAULT_SECRET_ID') !== undefined) {
    return open({ method: 'approle', roleId, secretId: asked(secrets, 'VAULT_SECRET_ID') });
  }
  const role = early(layers, 'VAULT_KUBERNETES_ROLE');
  return role === undefined ? undefined : open({ method: 'kubernetes', role, tokenFile: KUBERNETES_TOKEN });
}

async function awsOf(layers: Layers): Promise<StoredSecrets | undefined> {
  const id = early(layers, 'AWS_SECRETS_MANAGER_SECRET_ID');
  const region = early(layers, 'AWS_REGION');
  if (id === undefined || region === undefined) return undefined;
  const { AwsStore } = await import('../secrets/stores/aws-store.js');
  const endpoint = early(layers, 'AWS_ENDPOINT_URL_SECRETS_MANAGER');
  return new StoredSecrets(new AwsStore({ id, region, endpoint, timeoutMs: TIMEOUT_MS }), STORED_NAMES);
}

/** The stores that the configuration names, in the order in which they are believed; none was asked yet. */
export async function secretStores(
  environment: Record<string, string | undefined>,
  cwd: string,
): Promise<StoredSecrets[]> {
  const layers = readLayers(environment, cwd);
  const stores = [await vaultOf(layers, cwd), await awsOf(layers)];
  return stores.filter((store) => store !== undefined);
}

/**
 * Reads the configuration as {@link loadConfig} does, with the secrets of the stores that it names.
 * @throws ConfigError, and AppError `secret_store_unusable` when a store gives none
 */
export async function openConfig(
  environment: Record<string, string | undefined> = process.env,
  cwd: string = process.cwd(),
): Promise<Config> {
  const stores = await secretStores(environment, cwd);
  for (const store of stores) await store.refresh();
  return loadConfig(environment, cwd, stores);
}
