import { Inject, Injectable } from '@nestjs/common';
import type { PlatformAdapter } from './adapter.js';
import { NetworkError } from '../integrations.errors.js';

/** The adapters of this installation. */
export const ADAPTERS = Symbol('platform adapters');

/** Finds adapters by their names. */
@Injectable()
export class AdapterRegistry {
  private readonly adapters: ReadonlyMap<string, PlatformAdapter>;

  constructor(@Inject(ADAPTERS) adapters: readonly PlatformAdapter[]) {
    this.adapters = new Map(adapters.map((adapter) => [adapter.name, adapter]));
    if (this.adapters.size < adapters.length) throw new Error('two adapters have one name');
  }

  get names(): string[] {
    return [...this.adapters.keys()];
  }

  /** @throws NetworkError `adapter_not_found` */
  get(name: string): PlatformAdapter {
    const adapter = this.adapters.get(name);
    if (adapter === undefined) throw NetworkError.notFound('adapter', name);
    return adapter;
  }
}
