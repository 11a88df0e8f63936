import { z } from 'zod';

export type JsonSchema = { [key: string]: unknown };

/** Whether a shape is what a client sends or what it gets: a default is optional in one and certain in the other. */
export type Direction = 'input' | 'output';

const SAFE = Number.MAX_SAFE_INTEGER;

/** Drops what says nothing to a reader: patterns beside their format, and the bounds of every integer. */
function simplify({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }): void {
  if (jsonSchema['format'] !== undefined) delete jsonSchema['pattern'];
  if (zodSchema instanceof z.ZodRecord) delete jsonSchema['propertyNames'];
  if (jsonSchema['minimum'] === -SAFE) delete jsonSchema['minimum'];
  if (jsonSchema['maximum'] === SAFE) delete jsonSchema['maximum'];
}

/** A schema as JSON Schema 2020-12 unless asked otherwise, with the named schemas that it uses apart in its definitions. */
export function toJsonSchema(
  schema: z.ZodType,
  io: Direction,
  target: 'draft-7' | 'draft-2020-12' = 'draft-2020-12',
): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    target,
    override: (context) => simplify(context as never),
  });
  return json;
}

/** Rewrites every reference below a value. */
export function moveReferences(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((each) => moveReferences(each, from, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) =>
      key === '$ref' && typeof child === 'string' && child.startsWith(from)
        ? [key, to + child.slice(from.length)]
        : [key, moveReferences(child, from, to)],
    ),
  );
}
