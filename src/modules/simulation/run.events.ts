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

export const runWaiting = declareEvent({
  type: 'run.waiting',
  topic: 'runs.{run_id}',
  permission: 'simulations:read',
  summary: 'A run waits for decisions of a tick; `GET /runs/{id}/decisions` has what is asked.',
  payload: z.strictObject({
    run_id: z.uuid(),
    tick: z.int().meta({ description: 'From 0.' }),
    agents: z.int().meta({ description: 'For how many agents decisions are missing.' }),
    due_at: z.iso.datetime().meta({ description: 'When it goes on without them.' }),
  }),
});

export const runDeleted = declareEvent({
  type: 'run.deleted',
  topic: 'runs.{run_id}',
  permission: 'simulations:read',
  summary: 'A run and its files are gone.',
  payload: z.strictObject({ run_id: z.uuid(), scenario: z.string(), population_id: z.uuid().nullable() }),
});
