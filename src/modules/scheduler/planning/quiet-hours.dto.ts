import { z } from 'zod';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:30');

/** From one time of the day to another, over midnight where that is earlier. */
export const quietHours = z
  .strictObject({ from: clock.meta({ examples: ['22:30'] }), to: clock.meta({ examples: ['07:00'] }) })
  // Some would read it as never, others as always.
  .refine(({ from, to }) => from !== to, {
    path: ['to'],
    message: 'must not be the time of from; null, in place of both, is never quiet',
  });
