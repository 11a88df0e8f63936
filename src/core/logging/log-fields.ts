import { AsyncLocalStorage } from 'node:async_hooks';

export type LogFields = Readonly<Record<string, unknown>>;

const scope = new AsyncLocalStorage<LogFields>();

/** Runs `work`; every line that is logged meanwhile carries these fields, and those of the scopes around it. */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  return scope.run({ ...scope.getStore(), ...fields }, work);
}

/** The fields of the current scope. */
export function currentLogFields(): LogFields {
  return scope.getStore() ?? {};
}
