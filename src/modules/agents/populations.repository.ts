import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { anywhere, Conditions, Listing, type Page, type PageRequest } from '../../core/database/index.js';
import type { Gender } from './agent.profile.js';
import { PopulationNameTaken } from './agents.errors.js';
import { Population } from './population.entity.js';
import { referenceColumn } from './population.reference.js';

/** Which populations: all conditions together. */
export interface PopulationFilter {
  country?: string | undefined;
  city?: string | undefined;
  gender?: Gender | undefined;
  seed?: string | undefined;
  /** A part of the name. */
  name?: string | undefined;
  tag?: string | undefined;
  created_after?: string | undefined;
  created_before?: string | undefined;
}

/** What people say about a population. */
export type PopulationLabels = Pick<Population, 'name' | 'notes' | 'tags'>;

export const POPULATION_SORTS = ['created_at', 'count', 'name'] as const;
export type PopulationSort = (typeof POPULATION_SORTS)[number];

export const POPULATION_LIST = new Listing<PopulationSort>({
  name: 'populations',
  select: 'populations.*',
  from: 'populations',
  id: 'populations.id',
  sorts: {
    created_at: { sql: 'populations.created_at', type: 'timestamptz' },
    count: { sql: 'populations.count', type: 'integer' },
    name: { sql: `COALESCE(populations.name, '') COLLATE "C"`, type: 'text' },
  },
});

export function populationConditions(filter: PopulationFilter): Conditions {
  return new Conditions()
    .add(filter.country, (country) => `populations.specification ->> 'country' = ${country}`)
    .add(filter.city, (city) => `lower(populations.specification ->> 'city') = lower(${city})`)
    .add(filter.gender, (gender) => `populations.specification ->> 'gender' = ${gender}`)
    .equal('populations.seed', filter.seed)
    .add(filter.name && anywhere(filter.name), (pattern) => `populations.name ILIKE ${pattern}`)
    .add(filter.tag, (tag) => `populations.tags @> ARRAY[${tag}]`)
    .within('populations.created_at', filter.created_after, filter.created_before);
}

@Injectable()
export class PopulationsRepository {
  /** A page of populations. @throws InvalidCursor */
  page(
    manager: EntityManager,
    filter: PopulationFilter,
    request: PageRequest<PopulationSort>,
  ): Promise<Page<Population>> {
    return POPULATION_LIST.page<Population>(manager, populationConditions(filter), request);
  }

  /** A population, held until the transaction ends: nobody else changes it or writes anything that refers to it. */
  async lock(manager: EntityManager, reference: string): Promise<Population | undefined> {
    const column = referenceColumn(reference);
    const [row] = await manager.query<Population[]>(
      `SELECT * FROM populations WHERE ${column} = $1 FOR UPDATE`,
      [reference],
    );
    return row;
  }

  /** @throws PopulationNameTaken */
  async label(manager: EntityManager, id: string, { name, notes, tags }: PopulationLabels): Promise<void> {
    try {
      const labels = [id, name, notes, tags];
      await manager.query('UPDATE populations SET name = $2, notes = $3, tags = $4 WHERE id = $1', labels);
    } catch (error) {
      const { driverError } = error as { driverError?: { constraint?: string } };
      throw driverError?.constraint === 'populations_name' ? new PopulationNameTaken(name ?? '') : error;
    }
  }

  /** Deletes a population with its agents and texts; what else refers to it must be gone. */
  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.query('DELETE FROM populations WHERE id = $1', [id]);
    await manager.query('DELETE FROM population_writings WHERE population_id = $1', [id]);
  }
}
