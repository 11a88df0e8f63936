import type { SecretSource, SecretValue } from './secret-source.js';
import type { StoredSecrets } from './stores/stored-secrets.js';

/** What a look at the sources found; never a secret. */
export interface Refreshed {
  /** Stores that did not answer, and files that cannot be read, with the reason; what they gave before goes on. */
  failures: { source: string; reason: string }[];
  /** Secrets that have changed; `inUse` says whether this process has taken the new value on. */
  changes: { name: string; from: string; inUse: boolean }[];
}

/** The rules of the secrets that are followed. */
export interface SecretRules {
  /** What is followed. */
  names: readonly string[];
  /** A text as it is used; undefined: it breaks the rules of its variable. */
  accept: (name: string, text: string) => string | undefined;
  /** Whether a change from one value to the other takes effect while the process runs. */
  takesEffect: (name: string, before: string | undefined, after: string) => boolean;
}

/** The secrets as they are now: what the sources said at the start or at the last {@link refresh}. */
export class LiveSecrets implements SecretSource {
  /** What is in force, and what was last seen: they differ where a change waits for a restart. */
  private readonly values = new Map<string, string>();
  private readonly seen = new Map<string, string>();
  private readonly listeners = new Map<string, (() => void)[]>();

  constructor(
    private readonly source: SecretSource,
    private readonly stores: readonly StoredSecrets[],
    private readonly rules: SecretRules,
    start: ReadonlyMap<string, unknown>,
  ) {
    for (const [name, text] of start) {
      if (typeof text !== 'string') continue;
      this.values.set(name, text);
      this.seen.set(name, text);
    }
  }

  /** The value that is in force. */
  now(name: string): string | undefined {
    return this.values.get(name);
  }

  /** Calls a listener after a value has changed that is in use. */
  onChange(name: string, listener: () => void): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }

  read(name: string): Promise<SecretValue | undefined> {
    return this.source.read(name);
  }

  /** Asks every source again. What cannot be had or breaks the rules stays as it was. */
  async refresh(): Promise<Refreshed> {
    const found: Refreshed = { failures: [], changes: [] };
    for (const store of this.stores) {
      await store.refresh().catch((error: unknown) => {
        found.failures.push({ source: store.name, reason: (error as Error).message });
      });
    }
    for (const name of this.rules.names) await this.look(name, found);
    for (const { name, inUse } of found.changes) {
      if (inUse) for (const listener of this.listeners.get(name) ?? []) listener();
    }
    return found;
  }

  private async look(name: string, found: Refreshed): Promise<void> {
    try {
      const value = await this.source.read(name);
      if (value === undefined) return;
      const after = this.rules.accept(name, value.text);
      if (after === undefined) {
        found.failures.push({ source: value.from, reason: `its ${name} breaks the rules of that variable` });
        return;
      }
      if (this.seen.get(name) === after) return;
      this.seen.set(name, after);
      const before = this.values.get(name);
      if (before === after) return;
      const inUse = this.rules.takesEffect(name, before, after);
      if (inUse) this.values.set(name, after);
      found.changes.push({ name, from: value.from, inUse });
    } catch (error) {
      found.failures.push({ source: `${name}_FILE`, reason: (error as Error).message });
    }
  }
}
