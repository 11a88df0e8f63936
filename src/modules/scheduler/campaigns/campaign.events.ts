import { z } from 'zod';
import { declareEvent } from '../../../core/events/index.js';
import { CAMPAIGN_STATES } from './campaign.rules.js';

const declare = <Fields extends z.ZodRawShape>(type: string, summary: string, fields: Fields) =>
  declareEvent({
    type,
    topic: 'campaigns.{campaign_id}',
    permission: 'campaigns:read',
    summary,
    payload: z.strictObject({ campaign_id: z.uuid(), ...fields }),
  });

export const campaignChanged = declare('campaign.changed', 'A campaign was made, changed or went on.', {
  name: z.string(),
  state: z.enum(CAMPAIGN_STATES),
  version: z.int(),
});

export const campaignDeleted = declare('campaign.deleted', 'A campaign is gone, with its publications.', {
  name: z.string(),
});

export const campaignPlanned = declare('campaign.planned', 'More of a campaign is planned.', {
  publications: z.int().meta({ description: 'How many were added.' }),
  complete: z.boolean().meta({ description: 'Whether these were the last.' }),
});
