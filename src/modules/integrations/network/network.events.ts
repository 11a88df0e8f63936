import { z } from 'zod';
import { declareEvent } from '../../../core/events/index.js';
import { VISIBILITIES } from './status.entity.js';

const id = z.string().regex(/^\d{1,19}$/);
const about = {
  network: z.string().meta({ description: 'Name of the network.' }),
  status_id: id,
  account_id: id.meta({ description: 'Who wrote it, or boosted.' }),
};

const declare = <Fields extends z.ZodRawShape>(type: string, summary: string, fields: Fields) =>
  declareEvent({
    type,
    topic: 'networks.{network}',
    permission: 'networks:read',
    summary,
    payload: z.strictObject(fields),
  });

export const networkPosted = declare(
  'network.posted',
  'A post or a boost is to be seen on a network.',
  about,
);

export const networkDeleted = declare('network.deleted', 'A post or a boost is gone from a network.', {
  ...about,
  visibility: z.enum(VISIBILITIES).meta({ description: 'For whom it was.' }),
  boost: z.boolean().meta({ description: 'Whether it was a boost.' }),
  media: z.boolean().meta({ description: 'Whether it had media.' }),
  tags: z.array(z.string()).meta({ description: 'Its hashtags, in lower case.' }),
  mentioned: z.array(id).meta({ description: 'Accounts that it named, and so could see it.' }),
});

export const networkNotified = declare('network.notified', 'An account was told something.', {
  network: about.network,
  notification_id: id,
  account_id: id.meta({ description: 'Who was told.' }),
});
