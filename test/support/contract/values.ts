import * as fc from 'fast-check';
import type { OpenApi, Schema } from './document.js';

const UUID = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;

const NUMBERS = [true, 0, -1, 1.5, 1e308, -0, Number.MAX_SAFE_INTEGER + 2];
const TEXTS = (
  '|\u0020|0|-1|NaN|null|\u0000|\uD800|\u202Egpj|\uFEFF|👩‍👩‍👧|İ|a\r\nX-Injected: 1|../../etc/passwd|%00|%ZZ|' +
  `{{ 7 times: 7 }}|' OR 1=1 --|=1+1|<script>|__proto__|constructor|toString|${UUID}|${UUID.toUpperCase()}|` +
  [64, 101, 10_000].map((length) => 'f'.repeat(length)).join('|')
).split('|');
const OBJECTS = [
  null,
  [],
  {},
  [null],
  [[1, 2]],
  ['a', 'b'],
  [18, 25],
  [25, 18],
  { a: { b: 1 } },
  { constructor: { prototype: 1 } },
  nested(30),
];

/** What nobody should send, whatever the field. */
export const hostile: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(...NUMBERS, ...TEXTS, ...OBJECTS);

/** Values of a field that are there, or that cost little: populations and runs of any size would be work, not a test. */
export type HomeValues = (field: string) => readonly unknown[] | undefined;

const MANY = 4;

/** Makes values from the schemas of a document: such as they allow, such as are just outside, and hostile ones. */
export class Values {
  constructor(
    private readonly openapi: OpenApi,
    private readonly home: HomeValues,
  ) {}

  /** Mostly what the schema allows. */
  any(schema: Schema, field: string): fc.Arbitrary<unknown> {
    return fc.oneof(
      { weight: 7, arbitrary: this.valid(schema, field) },
      { weight: 2, arbitrary: this.boundary(schema, field) },
      { weight: 1, arbitrary: fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 30 })) },
    );
  }

  /** What the schema allows. */
  valid(given: Schema, field: string): fc.Arbitrary<unknown> {
    const schema = this.resolved(given);
    const home = this.home(field);
    // The values of a list are those of its items.
    if (home !== undefined && home.length > 0 && schema.type !== 'array') return fc.constantFrom(...home);
    if ('const' in schema) return fc.constant(schema.const);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return fc.oneof(...choices.map((each) => this.valid(each, field)));
    const made = this.ofType(schema, field);
    return schema.examples === undefined ? made : fc.oneof(fc.constantFrom(...schema.examples), made);
  }

  /** A body: as the schema allows, or with something wrong in a field of it. */
  object(
    given: Schema,
    field: (schema: Schema, name: string) => fc.Arbitrary<unknown>,
  ): fc.Arbitrary<object> {
    const { properties = {}, required = [], oneOf } = this.resolved(given);
    if (oneOf !== undefined) return fc.oneof(...oneOf.map((each) => this.object(each, field)));
    const fields = Object.entries(properties).map(([name, schema]) => [name, field(schema, name)] as const);
    return fc.record(Object.fromEntries(fields), { requiredKeys: required as never[] });
  }

  /** At the bounds of a schema, and just outside. */
  private boundary(given: Schema, field: string): fc.Arbitrary<unknown> {
    const schema = this.resolved(given);
    // A large number of agents or ticks is allowed, and work.
    const costly = this.home(field) !== undefined;
    const { minimum, maximum, minLength = 0, maxLength = 0, maxItems = 0 } = schema;
    const edges: unknown[] = [
      ...(minimum === undefined ? [] : [minimum, minimum - 1]),
      ...(maximum === undefined ? [] : costly ? [maximum + 1] : [maximum, maximum + 1]),
      ...(schema.type === 'string'
        ? ['', 'x'.repeat(minLength), 'x'.repeat(maxLength), 'x'.repeat(maxLength + 1)]
        : []),
      ...(schema.type === 'array' ? [[], Array.from({ length: maxItems + 1 }, () => 'x')] : []),
      ...(schema.enum ?? []).flatMap((choice) => [String(choice).toUpperCase(), `${String(choice)} `]),
    ];
    return edges.length === 0 ? this.valid(schema, field) : fc.constantFrom(...edges);
  }

  private ofType(schema: Schema, field: string): fc.Arbitrary<unknown> {
    switch (schema.type) {
      case 'string':
        return text(schema);
      case 'integer':
        return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 2 ** 31 });
      case 'number':
        return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1e6, noNaN: true });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return this.list(schema, field);
      case 'object':
        return this.object(schema, (each, name) => this.valid(each, name));
      case undefined:
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  }

  private list(
    { items, prefixItems, minItems = 0, maxItems = MANY }: Schema,
    field: string,
  ): fc.Arbitrary<unknown> {
    if (prefixItems !== undefined) return fc.tuple(...prefixItems.map((each) => this.valid(each, field)));
    if (items === undefined || items === false) return fc.constant([]);
    const maxLength = Math.max(minItems, Math.min(maxItems, MANY));
    return fc.array(this.valid(items, field), { minLength: minItems, maxLength });
  }

  private resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : (this.openapi.components.schemas[name] ?? {});
  }
}

function text({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time') {
    const from = new Date('2020-01-01T00:00:00Z');
    const to = new Date('2030-01-01T00:00:00Z');
    return fc.date({ min: from, max: to, noInvalidDate: true }).map((date) => date.toISOString());
  }
  if (pattern !== undefined) return matching(new RegExp(pattern, 'u'), maxLength);
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) });
}

/** Texts that match a pattern, as far as the generator understands it. */
function matching(pattern: RegExp, maxLength: number): fc.Arbitrary<string> {
  const plain = fc.string({ unit: 'grapheme-ascii', maxLength }).filter((each) => pattern.test(each));
  if (/\\p\{|\(\?/.test(pattern.source.replaceAll('(?:', '('))) return plain;
  return fc.stringMatching(pattern, { maxLength });
}
