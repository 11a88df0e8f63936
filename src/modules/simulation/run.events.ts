import { z } from 'zod';
import { declareEvent } from '../../core/events/index.js';

export const runCompleted = declareEvent({
  type: 'run.completed',
  topic: 'runs.{run_id}',
  permission: 'simulations:read',
  summary: 'A run is done: its files and its report are there.',
  payload: z.strictObject({
    run_id: z.uuid(),
    scenario: z.string().meta({ examples: ['metro_cdmx'] }),
    seed: z.string(),
    ticks: z.int(),
    checksum: z.string().meta({ description: 'Fingerprint of every event of the run.' }),
    posts: z.number(),
    exposures: z.number(),
    reactions: z.number(),
    comments: z.number(),
    reposts: z.number(),
  }),
});

export const runDeleted = declareEvent({
  type: 'run.deleted',
  topic: 'runs.{run_id}',
  permission: 'simulations:read',
  summary: 'A run and its files are gone.',
  payload: z.strictObject({ run_id: z.uuid(), scenario: z.string(), population_id: z.uuid().nullable() }),
});
