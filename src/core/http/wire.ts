import { z } from 'zod';

/** Everything the API answers says so. */
export const synthetic = z.literal(true).meta({ description: 'Everything here is synthetic.' });

/** An id in a path or a field; lower case afterwards. */
export const uuid = z
  .uuid('must be a UUID')
  .overwrite((text) => text.toLowerCase())
  .meta({ examples: ['0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11'] });

/** A moment, RFC 3339 in UTC. */
export const time = z.iso.datetime().meta({ examples: ['2026-01-15T10:30:00.000Z'] });

/** A moment that a list is bounded by. The calendar of PostgreSQL has no year 0. */
const bound = z.iso
  .datetime()
  .max(40)
  .refine((text) => !text.startsWith('0000'), 'must be a time such as 2026-01-15T10:30:00Z');

/** Two filters of a list: `<what>_after`, included, and `<what>_before`, excluded. */
export function timeRange<const What extends string>(what: What) {
  const [from, to] = ['2026-01-15T00:00:00Z', '2026-01-16T00:00:00Z'];
  return {
    [`${what}_after`]: bound.optional().meta({ description: 'From this moment on.', examples: [from] }),
    [`${what}_before`]: bound.optional().meta({ description: 'Before this moment.', examples: [to] }),
  } as Record<`${What}_after` | `${What}_before`, z.ZodOptional<z.ZodISODateTime>>;
}

/** The parameters of `/…/{id}`. */
export const IdParams = z.strictObject({ id: uuid });
export type IdParams = z.infer<typeof IdParams>;

/** Paths of what belongs to a resource, by name. */
export const links = z
  .record(z.string(), z.string())
  .meta({ description: 'Paths of what belongs to this.', examples: [{ self: '/api/v1/…' }] });

/**
 * Names a shape: it stands under this name in the OpenAPI document and in the client.
 * One schema validates, documents and serialises; a name can be given once.
 */
export function wire<S extends z.ZodType>(name: string, schema: S): S {
  return schema.meta({ id: name });
}

/** Where a list goes on. */
export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: 'Give this as `cursor` for the next page; null on the last one.' });

/** A page of a list: `{synthetic, <field>: [...], next_cursor}`. */
export function page<Field extends string, Item extends z.ZodType>(name: string, field: Field, item: Item) {
  const shape = {
    synthetic,
    [field]: z.array(item),
    next_cursor: nextCursor,
  } as { synthetic: typeof synthetic; next_cursor: typeof nextCursor } & Record<Field, z.ZodArray<Item>>;
  return wire(name, z.strictObject(shape));
}

const LIMIT_MAX = 1_000;
const LIMIT_DEFAULT = 100;

/** The query of a list: its filters, and which page. */
export function pageQuery<Filters extends z.ZodRawShape>(filters: Filters) {
  return z.strictObject({
    ...filters,
    limit: z
      .int()
      .min(1)
      .max(LIMIT_MAX)
      .default(LIMIT_DEFAULT)
      .meta({ description: 'How many at most.', examples: [20] }),
    cursor: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .meta({ description: '`next_cursor` of the page before.' }),
  });
}

/** How a list is sorted: one of the fields, or one with a minus before it for descending. */
export function sortBy<const Field extends string>(
  fields: readonly Field[],
  by: NoInfer<Field | `-${Field}`>,
) {
  const choices = fields.flatMap((field): (Field | `-${Field}`)[] => [field, `-${field}`]);
  return (z.enum(choices) as z.ZodType<Field | `-${Field}`>)
    .default(by as never)
    .meta({ description: 'The order; a minus before the field: descending.' });
}

/** The body of an answer that is a file. */
export class FileAnswer {
  constructor(readonly mediaTypes: readonly string[]) {}
}

/** An answer that is a file of one of these media types. */
export function file(...mediaTypes: string[]): FileAnswer {
  return new FileAnswer(mediaTypes);
}

// Control and format characters, unpaired surrogates and line separators have no place in a seed.
const SEED = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]{1,200}$/u;

/** What makes a result reproducible. */
export const seed = z
  .string()
  .regex(SEED, 'must be a text of 1 to 200 characters without control characters')
  .meta({
    description:
      'The same seed gives the same result; without it the configured or a new one, which the answer tells.',
    examples: ['20241005'],
  });
