import { z } from 'zod';
import { declareEvent } from '../../../core/events/index.js';

export const publicationReported = declareEvent({
  type: 'publication.reported',
  topic: 'publications.{adapter}',
  permission: 'networks:read',
  summary: 'A platform says what became of a publication.',
  payload: z.strictObject({
    adapter: z.string().meta({ description: 'Name of the adapter.' }),
    what: z.enum(['published', 'removed', 'failed']),
    remote_id: z.string().max(200),
    reason: z.string().max(1_000).nullable(),
  }),
});
