import { z } from 'zod';
import { halfLife, logOdds, probability, share } from './fields.js';

const actsSchema = z
  .strictObject({
    quote: probability('To pass a post on with words of one’s own.').default(0),
    follow: probability('To follow the author of a post from outside the network, or of a repost.').default(
      0,
    ),
    unfollow: probability('To unfollow its author.').default(0),
    mute: probability('To see nothing of its author any longer.').default(0),
    block: probability('To cut every tie with its author, both ways.').default(0),
    report: probability('To report it.').default(0),
    dismiss: probability('To want less like it.').default(0),
  })
  .prefault({})
  .describe(
    'Further acts on a neutral post of a stranger. What appeals is quoted and followed more, and refused less, in the same log-odds.',
  );

const burstsSchema = z
  .strictObject({
    gain: z
      .number()
      .min(0)
      .max(50)
      .default(0)
      .describe(
        'What one notification adds to the factor on an agent’s activity, 0 to 50; all together add 50 at most.',
      ),
    half_life_ticks: halfLife('Time after which what was added has halved.').default(6),
  })
  .prefault({})
  .describe('How reactions, comments, reposts and new followers make agents come back.');

const churnSchema = z
  .strictObject({
    leaving: probability('To leave the network after a session that was only reading.').default(0),
    returning: probability('To come back, for each tick away.').default(0),
  })
  .prefault({})
  .describe('How agents leave and return.');

export const behaviourSchema = z
  .strictObject({
    sessions_per_day: z
      .number()
      .min(0)
      .max(200)
      .default(6)
      .describe('Mean sessions a day of an agent that posts daily, 0 to 200; other cadences scale with it.'),
    lurking: probability('That a session is only reading.').default(0.4),
    reaction: probability('To react to a neutral post of a stranger.').default(0.02),
    comment: probability('To comment on a neutral post of a stranger.').default(0.004),
    repost: probability('To repost a neutral post of a stranger.').default(0.004),
    interest_pull: logOdds('Added to every act when the topic matches the reader’s interests.').default(1.5),
    affinity_pull: logOdds('Added to every act at full affinity to the author or reposter.').default(1.5),
    quality_pull: logOdds('Between the poorest and the best text.').default(1),
    reply_share: share('Comments that answer another comment, when there are any.').default(0.4),
    answering: probability('To answer the latest comment addressed to oneself.').default(0.35),
    affinity_gain: share(
      'Of the way to 1 that an interaction moves an edge; 0 keeps affinities as they are.',
    ).default(0.1),
    affinity_decay: share('Of an edge’s affinity that being ignored takes away.').default(0.005),
    rhythm: z
      .array(z.number().min(0).max(10))
      .length(24)
      .default(() => Array.from({ length: 24 }, () => 1))
      .describe('Factor on activity for each hour of the day from 0:00, 24 numbers of 0 to 10.'),
    week: z
      .array(z.number().min(0).max(10))
      .length(7)
      .default(() => Array.from({ length: 7 }, () => 1))
      .describe('Factor on activity for each day of the week from Monday, 7 numbers of 0 to 10.'),
    acts: actsSchema,
    bursts: burstsSchema,
    churn: churnSchema,
  })
  .prefault({})
  .describe('What people do with what they are shown.');
