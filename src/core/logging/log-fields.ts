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

/** What people search a log for, by the names that input has for it. */
const SEARCHED: Readonly<Record<string, string>> = {
  job_id: 'job_id',
  agent_id: 'agent_id',
  agent: 'agent_id',
  seed: 'seed',
  scenario: 'scenario',
  run_id: 'run_id',
  population_id: 'population_id',
  population: 'population_id',
};
const LONGEST = 200;

/** The fields that lines about some input carry, as far as the input names them. */
export function searchedFields(...sources: readonly unknown[]): LogFields {
  const fields: Record<string, unknown> = {};
  for (const source of sources) {
    if (typeof source !== 'object' || source === null) continue;
    for (const [name, field] of Object.entries(SEARCHED)) {
      const value: unknown = (source as Record<string, unknown>)[name];
      if (typeof value === 'string' && value.length <= LONGEST) fields[field] = value;
    }
  }
  return fields;
}
