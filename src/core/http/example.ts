import type { JsonSchema } from './json-schema.js';

const DEFINITIONS = '#/$defs/';

/** A value for each form of a text. */
const TEXTS: Readonly<Record<string, string>> = {
  uuid: '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11',
  'date-time': '2026-01-15T10:30:00.000Z',
  date: '2026-01-15',
  uri: 'https://lab.example',
};

/**
 * An example of what a schema describes: its own where it has one, or else one made of those of its parts. Of an object it has
 * what is needed, and what has an example of its own.
 * @param schema with its definitions in `$defs`
 */
export function exampleOf(schema: JsonSchema): unknown {
  return new ExampleMaker((schema['$defs'] ?? {}) as Record<string, JsonSchema>).of(schema);
}

class ExampleMaker {
  constructor(private readonly definitions: Record<string, JsonSchema>) {}

  of(schema: JsonSchema): unknown {
    const given = this.given(schema);
    if (given !== undefined) return given;
    const resolved = this.resolved(schema);
    switch (resolved['type']) {
      case 'object':
        return this.ofObject(resolved);
      case 'array':
        return [this.of((resolved['items'] ?? {}) as JsonSchema)];
      case 'integer':
      case 'number':
        return resolved['minimum'] ?? 1;
      case 'boolean':
        return true;
      default:
        return TEXTS[String(resolved['format'])] ?? 'text';
    }
  }

  /** What a schema says itself. */
  private given(schema: JsonSchema): unknown {
    const { examples, const: constant, enum: choices, default: fallback } = this.resolved(schema);
    const [example] = (examples ?? []) as unknown[];
    const [choice] = (choices ?? []) as unknown[];
    return example ?? constant ?? fallback ?? choice;
  }

  private ofObject({ properties = {}, required = [] }: JsonSchema): object {
    const needed = new Set(required as string[]);
    const fields = Object.entries(properties as Record<string, JsonSchema>);
    return Object.fromEntries(
      fields.flatMap(([name, field]) => {
        if (!needed.has(name) && this.resolved(field)['examples'] === undefined) return [];
        return [[name, this.of(field)]];
      }),
    );
  }

  /** What a reference stands for; of several forms the first. */
  private resolved(schema: JsonSchema): JsonSchema {
    const { $ref: reference, anyOf, oneOf } = schema;
    if (typeof reference === 'string') {
      const { $ref: _, ...own } = schema;
      return { ...this.resolved(this.definitions[reference.slice(DEFINITIONS.length)] ?? {}), ...own };
    }
    const [first] = (anyOf ?? oneOf ?? []) as JsonSchema[];
    return first === undefined ? schema : { ...this.resolved(first), ...schema };
  }
}
