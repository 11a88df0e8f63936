import type { DomainEvent } from '../../core/events/index.js';
import type { Population } from './population.entity.js';

/** Somebody named, tagged or annotated a population; on topic `populations.<id>`. */
export type PopulationUpdated = DomainEvent<
  'population.updated',
  { population_id: string; name: string | null; notes: string | null; tags: string[] }
>;

/** A population is gone, and its agents with it; on topic `populations.<id>`. */
export type PopulationDeleted = DomainEvent<
  'population.deleted',
  { population_id: string; name: string | null; count: number }
>;

export function populationUpdated({
  id,
  name,
  notes,
  tags,
}: Pick<Population, 'id' | 'name' | 'notes' | 'tags'>): PopulationUpdated {
  return {
    topic: `populations.${id}`,
    type: 'population.updated',
    payload: { population_id: id, name, notes, tags },
  };
}

export function populationDeleted({ id, name, count }: Population): PopulationDeleted {
  return {
    topic: `populations.${id}`,
    type: 'population.deleted',
    payload: { population_id: id, name, count },
  };
}
