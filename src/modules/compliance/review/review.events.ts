import { z } from 'zod';
import { declareEvent } from '../../../core/events/index.js';
import { OUTCOMES, REVIEW_STATUSES, SEVERITIES } from './review.rules.js';

const about = {
  review_id: z.uuid().meta({ description: 'That of the decision, too.' }),
  severity: z.enum(SEVERITIES),
  status: z.enum(REVIEW_STATUSES),
};
const outcome = z.enum(Object.values(OUTCOMES)).meta({ description: 'What may happen to the text now.' });

const declare = <Fields extends z.ZodRawShape>(type: string, summary: string, fields: Fields) =>
  declareEvent({
    type,
    topic: 'reviews.{review_id}',
    permission: 'reviews:read',
    summary,
    payload: z.strictObject({ ...about, ...fields }),
  });

export const reviewOpened = declare('review.opened', 'A decision waits for a person.', {
  due_at: z.iso.datetime(),
});

export const reviewClaimed = declare('review.claimed', 'Somebody works on it.', {
  claimed_until: z.iso.datetime(),
});

export const reviewReturned = declare('review.returned', 'Who worked on it has given it back.', {});

export const reviewEscalated = declare('review.escalated', 'It was handed to those who have more say.', {});

export const reviewReminded = declare('review.reminded', 'It waits still, and its time comes nearer.', {
  due_at: z.iso.datetime(),
});

export const reviewAdvanced = declare(
  'review.advanced',
  'There is an opinion, and it takes another person’s.',
  {},
);

export const reviewClosed = declare('review.closed', 'People have decided.', { outcome });

export const reviewAppealed = declare('review.appealed', 'Somebody wants it looked at again.', {
  due_at: z.iso.datetime(),
});
