import { z } from 'zod';

const id = z.string().max(200).optional();
const count = z.int().min(0).max(1_000_000_000).optional();

/**
 * What is known about a text besides itself. Whatever is left out is the empty text, 0 or false for the conditions of rules.
 */
export const guardContext = z.strictObject({
  agent: z
    .strictObject({ id, age_days: count.describe('Days since it was made'), posts: count })
    .optional()
    .describe('Who wrote it'),
  campaign: z.strictObject({ id, name: id }).optional().describe('What it is written for'),
  platform: z
    .strictObject({
      name: id,
      max_length: count.describe('In UTF-16 units'),
      max_hashtags: count,
      max_mentions: count,
      max_links: count,
      requires_disclosure: z.boolean().optional().describe('Whether a text has to say that it is synthetic'),
      disclosed: z.boolean().optional().describe('Whether the label that says so goes with it'),
    })
    .optional()
    .describe('Where it is to appear, and what that allows; 0 where it sets no limit'),
  history: z
    .strictObject({
      decisions: count.describe('On texts of the same author'),
      blocked: count.describe('Of them, how many were blocked'),
      reviewed: count.describe('Of them, how many went to review'),
      same_text: count.describe('How often the same text was decided on before'),
      same_text_agents: count.describe('How many other agents wrote the same text'),
      shared_links_agents: count.describe('How many other agents spread one of its links'),
    })
    .optional(),
  rate: z
    .strictObject({ last_minute: count, last_hour: count, last_day: count })
    .optional()
    .describe('How many texts the author wrote'),
});

/** @see guardContext */
export type GuardContext = z.infer<typeof guardContext>;
export type ContextGroup = keyof GuardContext;

type FieldType = 'string' | 'int' | 'bool';

const CEL_TYPES: Readonly<Record<string, FieldType>> = { string: 'string', number: 'int', boolean: 'bool' };

/** The fields of each group with their types in conditions. */
export const CONTEXT_FIELDS = Object.fromEntries(
  Object.entries(guardContext.shape).map(([group, shape]) => [
    group,
    Object.fromEntries(
      Object.entries(shape.unwrap().shape).map(([field, schema]) => [
        field,
        CEL_TYPES[schema.unwrap().def.type] ?? 'string',
      ]),
    ),
  ]),
) as Readonly<Record<ContextGroup, Readonly<Record<string, FieldType>>>>;
