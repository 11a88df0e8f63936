import { z } from 'zod';
import { declareEvent } from '../../core/events/index.js';
import { decisionAction } from '../compliance/index.js';

export const draftCreated = declareEvent({
  type: 'draft.created',
  topic: 'agents.{agent_id}',
  permission: 'drafts:read',
  summary: 'One agent has a new draft.',
  payload: z.strictObject({
    draft_id: z.uuid(),
    agent_id: z.uuid(),
    population_id: z.uuid().nullable(),
    action: decisionAction.meta({ description: 'What the guard decided.' }),
  }),
});

export const draftDeleted = declareEvent({
  type: 'draft.deleted',
  topic: 'agents.{agent_id}',
  permission: 'drafts:read',
  summary: 'A draft is gone.',
  payload: z.strictObject({
    draft_id: z.uuid(),
    agent_id: z.uuid(),
    population_id: z.uuid().nullable(),
  }),
});

export const draftsCompleted = declareEvent({
  type: 'drafts.completed',
  topic: 'populations.{population_id}',
  permission: 'populations:read',
  summary: 'A population has its drafts.',
  payload: z.strictObject({
    population_id: z.uuid(),
    template: z.string().meta({ examples: ['street_art_campaign'] }),
    seed: z.string(),
    drafts: z.int(),
    job_id: z.uuid(),
  }),
});
