import type { DomainEvent } from '../../core/events/index.js';
import type { Run } from './run.entity.js';

/** A run and its files are gone; on topic `runs.<id>`. */
export type RunDeleted = DomainEvent<
  'run.deleted',
  { run_id: string; scenario: string; population_id: string }
>;

export function runDeleted({
  id,
  scenario,
  population_id,
}: Pick<Run, 'id' | 'scenario' | 'population_id'>): RunDeleted {
  return {
    topic: `runs.${id}`,
    type: 'run.deleted',
    payload: { run_id: id, scenario, population_id },
  };
}
