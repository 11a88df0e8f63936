import type { z } from 'zod';
import { moveReferences, toJsonSchema, type Direction, type JsonSchema } from './json-schema.js';

const DEFINITIONS = '#/$defs/';
const COMPONENTS = '#/components/schemas/';

/** The named schemas of every route, as the OpenAPI document lists them. */
const components = new Map<string, JsonSchema>();

/**
 * A schema as the OpenAPI document has it; named ones become components.
 * @throws Error when one name stands for two shapes, e.g. one that has a default and goes both ways
 */
export function documented(schema: z.ZodType, io: Direction): JsonSchema {
  const { $defs = {}, ...json } = moveReferences(
    toJsonSchema(schema, io),
    DEFINITIONS,
    COMPONENTS,
  ) as JsonSchema;
  for (const [name, component] of Object.entries($defs as Record<string, JsonSchema>)) {
    const known = components.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(component)) {
      throw new Error(
        `the wire shape ${name} differs between what is sent and what is answered: name two shapes`,
      );
    }
    components.set(name, component);
  }
  return json;
}

/** All components so far, by name. */
export function documentedComponents(): Record<string, JsonSchema> {
  return Object.fromEntries([...components].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
