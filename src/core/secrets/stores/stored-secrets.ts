import { AppError } from '../../errors/index.js';
import type { SecretSource, SecretValue } from '../secret-source.js';

/** A store of secrets on the network, which gives all of them at once. */
export interface SecretStore {
  /** How people call it: `Vault secret/azt3knet`. */
  readonly name: string;
  /** The variable that names it. */
  readonly variable: string;
  /** All that it has, by name. @throws Error whose message holds no secret */
  fetch(): Promise<Readonly<Record<string, unknown>>>;
}

class SecretStoreUnusable extends AppError {
  constructor(store: string, reason: string, options: ErrorOptions) {
    super('unavailable', 'secret_store_unusable', `${store} gives no secrets: ${reason}`, [], options);
  }
}

/** What a store gave the last time that it answered. */
export class StoredSecrets implements SecretSource {
  private values: ReadonlyMap<string, string> = new Map();

  /** @param names what is taken from the store; whatever else it has is left alone */
  constructor(
    private readonly store: SecretStore,
    private readonly names: readonly string[],
  ) {}

  get name(): string {
    return this.store.name;
  }

  get variable(): string {
    return this.store.variable;
  }

  /** Asks the store; what it gave before stays when it fails. @throws SecretStoreUnusable */
  async refresh(): Promise<void> {
    try {
      const found = await this.store.fetch();
      const given = this.names.filter((name) => Object.hasOwn(found, name));
      this.values = new Map(given.map((name) => [name, textOf(name, found[name])]));
    } catch (error) {
      throw new SecretStoreUnusable(this.name, (error as Error).message, { cause: error });
    }
  }

  readNow(name: string): SecretValue | undefined {
    const text = this.values.get(name);
    return text === undefined ? undefined : { text, from: this.name };
  }

  read(name: string): Promise<SecretValue | undefined> {
    return Promise.resolve(this.readNow(name));
  }
}

function textOf(name: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') throw new Error(`its ${name} is not a text`);
  return value;
}
