import { z } from 'zod';
import { wire } from '../../../core/http/index.js';

const share = z.number().meta({ description: 'From 0 to 1.' });
const shareOrNull = z
  .number()
  .nullable()
  .meta({ description: 'From 0 to 1; null where exposures were not logged.' });
const nats = z.number().nullable().meta({ description: 'In nats; null where exposures were not logged.' });
const index = z.number().meta({ description: 'From -1, closed groups, to 1.' });
const count = z.int();

const Spread = wire(
  'Spread',
  z
    .strictObject({ mean: z.number(), median: z.number(), p90: z.number(), max: z.number() })
    .describe('Mean, median, 90th percentile and largest.'),
);

const GroupMeasuresDto = wire(
  'GroupMeasures',
  z.strictObject({
    group: z.string(),
    agents: count,
    posts: count,
    reactions: count,
    comments: count,
    reposts: count,
    quotes: count,
    exposures: count.nullable(),
    silent: share,
    reached: shareOrNull,
    attention: shareOrNull,
    topic_entropy: nats,
    labelled_prevalence: shareOrNull,
    opinion_mean: z.number().nullable(),
  }),
);

/** What is measured of a whole run. */
export const RunMeasuresDto = wire(
  'RunMeasures',
  z
    .strictObject({
      rates: z.strictObject({
        idle_sessions: share,
        silent_agents: share,
        reactions: z.number().meta({ description: 'For each exposure.' }),
        comments: z.number(),
        reposts: z.number(),
        quotes: z.number(),
      }),
      reach: z.strictObject({ agents: share, views: Spread }),
      diversity: z.strictObject({ authors: z.number(), topics: z.number() }).nullable().meta({
        description: 'Mean entropy of what an agent sees, in nats; null where exposures were not logged.',
      }),
      attention_gini: share,
      cascades: z.strictObject({ count, size: Spread, depth: Spread, breadth: Spread, virality: Spread }),
      polarisation: z.strictObject({
        follow_ei_index: index,
        follow_modularity: z.number(),
        repost_ei_index: index,
        repost_modularity: z.number(),
        opinion: z
          .strictObject({ topic: z.string().nullable(), variance: z.number(), bimodality: z.number() })
          .nullable()
          .meta({
            description:
              'Null where the scenario names no opinion and has none of its own; the topic is null for its own.',
          }),
      }),
      labelled_prevalence: shareOrNull,
      compliance_ratio: share,
      groups: z.strictObject({ by: z.string(), list: z.array(GroupMeasuresDto) }),
    })
    .describe('What is measured of a whole run; docs/guides/metrics.md defines each.'),
);

const measured = z.number().nullable();

/** What is measured of a tick. */
export const tickMeasureFields = {
  silent: measured.meta({
    description: 'Share of all agents that have done nothing up to the end of the tick.',
  }),
  author_entropy: measured.meta({ description: 'Of the authors of what was shown in the tick, in nats.' }),
  topic_entropy: measured.meta({ description: 'Of the topics of what was shown in the tick, in nats.' }),
  attention_gini: measured.meta({
    description: 'Over all agents, of how often their posts were shown in the tick.',
  }),
  labelled_prevalence: measured.meta({
    description: 'Share of what was shown in the tick that carries a label.',
  }),
  compliance_ratio: measured.meta({
    description: 'Share of the posts up to the tick’s end without a label.',
  }),
  repost_ei_index: measured.meta({ description: 'Of reposts by group, up to the end of the tick.' }),
  repost_modularity: measured.meta({ description: 'Of reposts by group, up to the end of the tick.' }),
  largest_cascade: measured.meta({ description: 'Its nodes, up to the end of the tick.' }),
  deepest_cascade: measured.meta({ description: 'Its steps, up to the end of the tick.' }),
};
