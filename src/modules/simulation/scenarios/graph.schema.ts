import { z } from 'zod';
import { GROUPINGS } from '../groups.rules.js';
import { probability, share, weight } from './fields.js';

const meanFollows = z
  .number()
  .min(0)
  .max(500)
  .default(20)
  .describe('Mean number of accounts an agent follows, 0 to 500.');
const reciprocity = probability('That a link is followed from both ends; 1 is the undirected model.').default(
  1,
);

const affinitySchema = z
  .strictObject({
    interests: weight('Likeness of interests.').default(1),
    place: weight('The same city counts full, the same country half.').default(0),
    age: weight('Full for the same age, nothing from 30 years on.').default(0),
    language: weight('The same language.').default(0),
    past: weight('The weights of an imported network, relative to its largest.').default(0),
    ceiling: share('Affinity of two who are close in every way; interactions may raise it further.').default(
      0.5,
    ),
    export: z
      .enum(['csv', 'parquet'])
      .optional()
      .describe(
        'Leaves every follow with its affinity before and after the run as a file, affinity.csv or affinity.parquet.',
      ),
  })
  .describe(
    'What a follow is worth at the start: the ceiling times the weighted mean of the parts. Without it, interests.',
  );

/** What every model has. */
const shared = { affinity: affinitySchema.optional() };

const homophilousSchema = z.strictObject({
  model: z
    .literal('homophilous_attachment')
    .optional()
    .describe('Preferential attachment to the alike; what a graph without a model means.'),
  mean_follows: meanFollows,
  homophily: share('Follows that go to the most alike of eight proposals instead of the first.').default(0.5),
  hubs: share(
    'Proposals that copy the target of an earlier follow, so that the popular gain followers.',
  ).default(0.8),
  reciprocity: probability('That a follow is returned.').default(0.15),
  ...shared,
});

const barabasiAlbertSchema = z.strictObject({
  model: z.literal('barabasi_albert').describe('Growth with preferential attachment.'),
  links: z.int().min(1).max(100).default(10).describe('Links that each newcomer makes, 1 to 100.'),
  reciprocity,
  ...shared,
});

const wattsStrogatzSchema = z.strictObject({
  model: z.literal('watts_strogatz').describe('A ring of neighbours in which some links go anywhere.'),
  neighbours: z
    .int()
    .min(2)
    .max(500)
    .multipleOf(2, 'is even')
    .default(20)
    .describe('Links of each agent in the ring, an even number, 2 to 500.'),
  rewiring: probability('That a link is laid anew.').default(0.1),
  reciprocity,
  ...shared,
});

const erdosRenyiSchema = z.strictObject({
  model: z.literal('erdos_renyi').describe('Pure chance: every follow is equally likely.'),
  mean_follows: meanFollows,
  ...shared,
});

const stochasticBlockSchema = z
  .strictObject({
    model: z.literal('stochastic_block').describe('Blocks with a density of follows each.'),
    probabilities: z
      .array(z.array(z.number().min(0).max(1)).min(1).max(50))
      .min(1)
      .max(50)
      .describe('Probability that someone of the row’s block follows someone of the column’s; 1 to 50 rows.'),
    shares: z
      .array(z.number().min(0).max(1))
      .min(1)
      .max(50)
      .optional()
      .describe('Sizes of the blocks as shares of all agents, in the agents’ order; this or by.'),
    by: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,63}$/u, `is ${GROUPINGS.join(', ')} or an attribute of the population file`)
      .optional()
      .describe(
        `Agents with the same value are a block, the largest first, the rest with the last: ${GROUPINGS.join(', ')} or an attribute of the population file; this or shares.`,
      ),
    ...shared,
  })
  .refine(({ probabilities: rows }) => rows.every((row) => row.length === rows.length), {
    path: ['probabilities'],
    error: 'has as many columns as rows',
  })
  .refine(({ shares, by }) => (shares === undefined) !== (by === undefined), {
    path: ['shares'],
    error: 'give exactly one of shares and by',
  })
  .refine(({ shares, probabilities: rows }) => shares === undefined || shares.length === rows.length, {
    path: ['shares'],
    error: 'has one share for each row of probabilities',
  })
  .refine(({ shares }) => shares === undefined || Math.abs(shares.reduce((a, b) => a + b, 0) - 1) < 1e-9, {
    path: ['shares'],
    error: 'adds up to 1',
  });

const configurationSchema = z.strictObject({
  model: z
    .literal('configuration')
    .describe('Links at random, of which everyone has as many as it is to have.'),
  degrees: z
    .array(z.int().min(0).max(100_000))
    .min(1)
    .max(100_000)
    .describe('Links of each agent; where there are more agents, they take the numbers in turn.'),
  reciprocity,
  ...shared,
});

const importedSchema = z.strictObject({
  model: z.literal('imported').describe('A network of a file, which is sent with each run.'),
  file: z
    .string()
    .max(200)
    .regex(/^[^/\\\0]+\.(?:csv|graphml|gexf)$/u, 'is the name of a file that ends in .csv, .graphml or .gexf')
    .describe('Name of the file: an edge list (.csv), GraphML (.graphml) or GEXF (.gexf).'),
  ...shared,
});

const MODELS = [
  homophilousSchema,
  barabasiAlbertSchema,
  wattsStrogatzSchema,
  erdosRenyiSchema,
  stochasticBlockSchema,
  configurationSchema,
  importedSchema,
] as const;

const NAMES =
  'homophilous_attachment, barabasi_albert, watts_strogatz, erdos_renyi, stochastic_block, configuration or imported';

export const graphSchema = z
  .discriminatedUnion('model', MODELS, {
    error: ({ code }) => (code === 'invalid_union' ? `is ${NAMES}` : undefined),
  })
  .prefault({})
  .describe('Who follows whom.');

export type GraphSpecification = z.output<typeof graphSchema>;
