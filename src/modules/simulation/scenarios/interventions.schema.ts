import { z } from 'zod';
import { rankingSchema } from './feed.schema.js';
import { halfLife, probability, share } from './fields.js';

const tick = (what: string) => z.int().min(0).max(100_000).describe(`${what} 0 to 100,000.`);
const span = {
  start: tick('Tick from which it acts,').default(0),
  end: tick('Tick before which it ends; without it, it does not end.').optional(),
};
const topics = z.array(z.string().min(1).max(60)).min(1).max(50);

const contentSchema = z
  .strictObject({
    veracity: z
      .enum(['false', 'true', 'any'])
      .default('false')
      .describe('Whether it is about what is false, what is true, or both; see `information`.'),
    topics: topics
      .optional()
      .describe('Only posts with one of these hashtags, or by authors with one of these interests.'),
  })
  .prefault({})
  .describe('The posts it is about.');

/** Some people: a share of those who have one of some interests. */
export const peopleSchema = z
  .strictObject({
    share: share('Of the people described here, drawn by the seed.').default(1),
    interests: topics.optional().describe('Only people with one of these interests.'),
  })
  .prefault({})
  .describe('The people it is about.');

const detection = {
  ...span,
  content: contentSchema,
  sensitivity: probability('To find a post that it is about.').default(1),
  false_positives: probability('To take another post for one.').default(0),
  delay: tick('Ticks from a post to the moment it is found,').default(0),
};
const sanctions = {
  strikes: z
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .describe('Posts an author may lose before being suspended; 0: never is.'),
  suspension: tick('Ticks that a suspension takes,').default(144),
};
const discourages = z
  .number()
  .min(0)
  .max(20)
  .default(0.7)
  .describe('By which readers pass posts on less. In log-odds, 0 to 20.');
const kind = <K extends string>(name: K, what: string) => z.literal(name).describe(what);

const KINDS = [
  z.strictObject({ kind: kind('label', 'Marks posts as doubtful.'), ...detection, discourages }),
  z.strictObject({
    kind: kind('fact_check', 'Corrects posts.'),
    ...detection,
    discourages,
    unconvinces: share('Of their pull on opinions that they lose.').default(0.5),
  }),
  z.strictObject({
    kind: kind('downrank', 'Leaves posts out of feeds.'),
    ...detection,
    share: share('Of the sessions that would show them.').default(0.5),
  }),
  z.strictObject({ kind: kind('removal', 'Takes posts away.'), ...detection, ...sanctions }),
  z.strictObject({
    kind: kind('friction', 'Asks readers whether they mean to pass a post on.'),
    ...span,
    content: contentSchema,
    share: share('Of them who then do not.').default(0.3),
  }),
  z.strictObject({
    kind: kind('depth_limit', 'Lets posts be passed on no further.'),
    ...span,
    depth: z.int().min(0).max(1000).describe('Steps from the original, 0 to 1,000; 0 allows no reposts.'),
  }),
  z.strictObject({
    kind: kind('prebunk', 'Warns people beforehand.'),
    ...span,
    content: contentSchema,
    people: peopleSchema,
    discourages,
    half_life_ticks: halfLife('Time after which half of the warning is forgotten.').default(1000),
  }),
  z.strictObject({
    kind: kind('suspension', 'Suspends people from start to end.'),
    ...span,
    people: peopleSchema,
  }),
  z.strictObject({
    kind: kind('feed_change', 'Shows people another feed.'),
    ...span,
    people: peopleSchema,
    ranking: rankingSchema,
  }),
  z.strictObject({
    kind: kind('seeding', 'Makes people post at the start what they have drafted.'),
    start: span.start,
    content: contentSchema,
    people: peopleSchema,
    posts: z
      .int()
      .min(1)
      .max(100_000)
      .describe('How many post, one draft each, as far as there are as many; 1 to 100,000.'),
    by: z
      .enum(['followers', 'chance'])
      .default('chance')
      .describe('The most followed of them, or whoever is drawn.'),
  }),
  z.strictObject({
    kind: kind(
      'coordination',
      'People who act as one; the report names them, for the detection to be judged.',
    ),
    ...span,
    people: peopleSchema,
    pull: z.number().min(0).max(20).default(3).describe('On each other’s posts. In log-odds, 0 to 20.'),
  }),
  z.strictObject({
    kind: kind(
      'moderation',
      'Reviews what is reported, and what the guard would hold back, which then is posted too; what breaks the rules is what it would ' +
        'block or escalate.',
    ),
    ...span,
    sensitivity: detection.sensitivity,
    false_positives: detection.false_positives,
    delay: tick('Ticks that a post waits at least,').default(6),
    reports: z
      .int()
      .min(1)
      .max(100_000)
      .default(3)
      .describe('Reports after which a post is reviewed, 1 to 100,000.'),
    capacity: z.int().min(0).max(1_000_000).default(10).describe('Posts reviewed a tick, 0 to 1,000,000.'),
    ...sanctions,
  }),
] as const;

const NAMES = KINDS.map(({ shape }) => shape.kind.value);

export const interventionsSchema = z
  .array(
    z.discriminatedUnion('kind', KINDS, {
      error: ({ code }) => (code === 'invalid_union' ? `is one of ${NAMES.join(', ')}` : undefined),
    }),
  )
  .max(50)
  .default([])
  .describe('What is done to the network during the run, at most 50; in a tick they act in this order.');

export const informationSchema = z
  .strictObject({
    false_share: share('Of the drafts whose content is false, drawn by the seed.').default(0),
    emotion_pull: z
      .number()
      .min(-20)
      .max(20)
      .default(0)
      .describe('Between the calmest and the most moving text. In log-odds.'),
    novelty_pull: z
      .number()
      .min(-20)
      .max(20)
      .default(0)
      .describe('Between what is known and what is new. In log-odds.'),
    false_emotion: share('Of the way to full emotion that false content is ahead of true content.').default(
      0.3,
    ),
    false_novelty: share('Of the way to full novelty that false content is ahead of true content.').default(
      0.3,
    ),
  })
  .prefault({})
  .describe('What is said: whether it is true, how moving and how new it is.');

const start = z
  .enum(['uniform', 'centred', 'polarised'])
  .default('uniform')
  .describe('How opinions begin: spread evenly, around the middle, or in two camps.');
const pull = z
  .number()
  .min(0)
  .max(20)
  .default(0)
  .describe(
    'Between a post that stands where the reader does and one at the other end. In log-odds, 0 to 20.',
  );

export const opinionsSchema = z
  .discriminatedUnion(
    'rule',
    [
      z.strictObject({ rule: z.literal('none').describe('Opinions stay as they are.'), start, pull }),
      z.strictObject({
        rule: z
          .literal('bounded_confidence')
          .describe('Who is near enough is drawn nearer (Deffuant and others, 2000).'),
        start,
        pull,
        confidence: z
          .number()
          .min(0)
          .max(2)
          .default(0.5)
          .describe('The largest difference that is listened to, 0 to 2.'),
        rate: share('Of the difference that is given up.').default(0.1),
      }),
      z.strictObject({
        rule: z
          .literal('biased_assimilation')
          .describe('Evidence counts by how it fits (Dandekar and others, 2013).'),
        start,
        pull,
        bias: z.number().min(0).max(10).default(1).describe('0: none; 1 and above: polarising.'),
        weight: z
          .number()
          .min(0.01)
          .max(1000)
          .default(20)
          .describe('Of one’s own opinion, against 1 for what is read.'),
      }),
    ],
    {
      error: ({ code }) =>
        code === 'invalid_union' ? 'is none, bounded_confidence or biased_assimilation' : undefined,
    },
  )
  .default({ rule: 'none', start: 'uniform', pull: 0 })
  .describe('What people think about one question, from -1 to 1, and how reading changes it.');

export type ScenarioIntervention = z.output<typeof interventionsSchema>[number];
