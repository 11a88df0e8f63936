import { z } from 'zod';
import { expressionProblem } from '../expressions/feed-expression.js';
import { share, weight } from './fields.js';

const pull = (what: string) => z.number().min(-20).max(20).describe(`${what} In log-odds, -20 to 20.`);

export const rankingSchema = z
  .discriminatedUnion(
    'kind',
    [
      z.strictObject({
        kind: z.literal('affinity').describe('Ties, shared interests, newness and popularity, by `weights`.'),
      }),
      z.strictObject({ kind: z.literal('chronological').describe('Newest first.') }),
      z.strictObject({
        kind: z.literal('popularity').describe('The hot score: points on a logarithmic scale, and newness.'),
      }),
      z.strictObject({
        kind: z.literal('engagement').describe('What the reader is predicted to do with a post.'),
        reaction: weight('A predicted reaction.').default(0.5),
        comment: weight('A predicted comment.').default(13.5),
        repost: weight('A predicted repost.').default(1),
        interest_pull: pull('What full likeness is predicted to add.').default(1.5),
        affinity_pull: pull('What full affinity is predicted to add.').default(1.5),
      }),
      z.strictObject({
        kind: z.literal('collaborative').describe('What users like the reader did something with.'),
        own: share('The reader’s own likeness to the topic beside that.').default(0.25),
      }),
      z.strictObject({
        kind: z
          .literal('bridging')
          .describe('What every community of interest approves of: the least of their rates of approval.'),
      }),
      z.strictObject({ kind: z.literal('random').describe('In an order drawn for each session.') }),
      z.strictObject({
        kind: z.literal('expression').describe('By an expression of your own.'),
        expression: z
          .string()
          .min(1)
          .max(2000)
          .superRefine((expression, context) => {
            const problem = expressionProblem(expression);
            if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
          })
          .describe(
            'CEL over the signals of a candidate, see docs/guides/simulate.md; its number is the score.',
          ),
      }),
    ],
    {
      error: ({ code }) =>
        code === 'invalid_union'
          ? 'is affinity, chronological, popularity, engagement, collaborative, bridging, random or expression'
          : undefined,
    },
  )
  .describe('What orders a session’s candidates.');

export const feedSchema = z
  .strictObject({
    size: z.int().min(1).max(100).default(12).describe('Posts shown in a session, 1 to 100.'),
    window_ticks: z
      .int()
      .min(1)
      .max(10_000)
      .default(72)
      .describe('Age in ticks after which a post is no longer shown, 1 to 10,000.'),
    discovery: z
      .int()
      .min(0)
      .max(200)
      .default(2)
      .describe('Candidates that a session draws from the whole network, followed or not, 0 to 200.'),
    half_life_ticks: z
      .number()
      .min(0.1)
      .max(100_000)
      .default(18)
      .describe('Ticks after which the recency part of a score has halved, 0.1 to 100,000.'),
    weights: z
      .strictObject({
        affinity: weight('Affinity to the author or reposter.').default(1),
        interest: weight('Likeness of the post’s topic and the reader’s interests.').default(1),
        recency: weight('Newness.').default(1),
        popularity: weight('What other readers did with the post.').default(0.6),
      })
      .prefault({})
      .describe('Weights of the parts of the affinity feed’s score; every part is between 0 and 1.'),
    ranking: rankingSchema.default({ kind: 'affinity' }),
    outside: share(
      'What is shown that comes from outside the network, as far as there is as much; without it, the score alone decides.',
    ).optional(),
  })
  .prefault({})
  .describe('What a session is shown.');
