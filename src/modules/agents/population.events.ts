import { z } from 'zod';
import { declareEvent } from '../../core/events/index.js';
import { POPULATION_FORMATS } from './population.export.js';

export const populationCompleted = declareEvent({
  type: 'population.completed',
  topic: 'populations.{population_id}',
  permission: 'populations:read',
  summary: 'A population was persisted, exported, or both.',
  payload: z.strictObject({
    population_id: z.uuid(),
    count: z.int(),
    seed: z.string(),
    persisted: z.boolean(),
    created: z.boolean().meta({ description: 'False when all that was asked for was there already.' }),
    export: z
      .looseObject({ format: z.enum(POPULATION_FORMATS), bytes: z.number(), sha256: z.string() })
      .nullable(),
  }),
});

export const populationUpdated = declareEvent({
  type: 'population.updated',
  topic: 'populations.{population_id}',
  permission: 'populations:read',
  summary: 'Somebody named, tagged or annotated a population.',
  payload: z.strictObject({
    population_id: z.uuid(),
    name: z.string().nullable(),
    notes: z.string().nullable(),
    tags: z.array(z.string()),
  }),
});

export const populationDeleted = declareEvent({
  type: 'population.deleted',
  topic: 'populations.{population_id}',
  permission: 'populations:read',
  summary: 'A population is gone, and its agents with it.',
  payload: z.strictObject({ population_id: z.uuid(), name: z.string().nullable(), count: z.int() }),
});
