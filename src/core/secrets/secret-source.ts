/** A secret and where it came from, for people to read. */
export interface SecretValue {
  text: string;
  from: string;
}

/**
 * A store of secrets, by the name of their variable. Files are one; a vault joins by implementing this. A secret is asked
 * for whenever it is needed, so that a rotation needs no restart.
 */
export interface SecretSource {
  /** The secret of this name; undefined when the store has none. @throws Error when it should and cannot be had */
  read(name: string): Promise<SecretValue | undefined>;
}

/** Asks several stores in order; the first that has a secret is believed. */
export class Secrets implements SecretSource {
  constructor(private readonly sources: readonly SecretSource[]) {}

  async read(name: string): Promise<SecretValue | undefined> {
    for (const source of this.sources) {
      const found = await source.read(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** Secrets that were given at the start and stay as they are. */
export class GivenSecrets implements SecretSource {
  constructor(
    private readonly values: Readonly<Record<string, string | undefined>>,
    private readonly from: string,
  ) {}

  read(name: string): Promise<SecretValue | undefined> {
    const text = this.values[name];
    return Promise.resolve(text === undefined || text.trim() === '' ? undefined : { text, from: this.from });
  }
}
