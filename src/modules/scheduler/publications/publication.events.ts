import { z } from 'zod';
import { declareEvent } from '../../../core/events/index.js';
import { PUBLICATION_STATES } from './publication.rules.js';

const about = {
  campaign_id: z.uuid(),
  publication_id: z.uuid(),
  agent_id: z.uuid(),
};

const declare = <Fields extends z.ZodRawShape>(type: string, summary: string, fields: Fields) =>
  declareEvent({
    type,
    topic: 'campaigns.{campaign_id}',
    permission: 'campaigns:read',
    summary,
    payload: z.strictObject({ ...about, ...fields }),
  });

export const publicationChanged = declare('publication.changed', 'A publication went on to another state.', {
  state: z.enum(PUBLICATION_STATES),
  reason: z.string().nullable(),
});

export const publicationReminded = declare(
  'publication.reminded',
  'A publication waits for people, and its time comes nearer.',
  { due_at: z.iso.datetime(), escalated: z.boolean() },
);
