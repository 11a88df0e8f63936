import { z } from 'zod';
import { accepted, AppError, type FieldIssue } from '../errors/index.js';

// An answer must not grow with nonsense that is sent.
const MAX_ISSUES = 50;
const MAX_FIELD_LENGTH = 100;

function short(field: string): string {
  return field.length > MAX_FIELD_LENGTH ? `${field.slice(0, MAX_FIELD_LENGTH).toWellFormed()}…` : field;
}

/** The input of a request breaks a rule; every field that does is named. */
export class InvalidInputError extends AppError {
  constructor(issues: readonly FieldIssue[]) {
    const named = issues.slice(0, MAX_ISSUES).map(({ field, message }) => ({ field: short(field), message }));
    super(
      'invalid',
      'input_invalid',
      named.map((each) => `${each.field}: ${each.message}`).join('; '),
      named,
    );
  }
}

function path(steps: readonly PropertyKey[]): string {
  return steps.reduce<string>(
    (whole, step) =>
      typeof step === 'number' ? `${whole}[${step}]` : `${whole}${whole === '' ? '' : '.'}${String(step)}`,
    '',
  );
}

function issuesOf(error: z.ZodError, root: string): FieldIssue[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: path([...issue.path, key]), message: issue.message }))
      : [{ field: issue.path.length === 0 ? root : path(issue.path), message: issue.message }],
  );
}

/** Deeper than any input; whoever nests deeper is after our call stack. */
const MAX_DEPTH = 20;

const UNSTORABLE = 'must be well-formed Unicode text without NUL characters';

function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** Text that PostgreSQL cannot keep: a NUL, or half of a surrogate pair; and nesting without end. */
function unstorable(value: unknown, steps: readonly PropertyKey[], issues: FieldIssue[]): void {
  if (typeof value === 'string') {
    if (!isStorable(value)) issues.push({ field: path(steps), message: UNSTORABLE });
  } else if (typeof value === 'object' && value !== null) {
    if (steps.length > MAX_DEPTH) {
      issues.push({ field: path(steps), message: 'is nested too deeply' });
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      // The names of fields are kept with them.
      if (!isStorable(key)) {
        issues.push({ field: path([...steps, JSON.stringify(key)]), message: `the name ${UNSTORABLE}` });
        continue;
      }
      unstorable(child, [...steps, Array.isArray(value) ? Number(key) : key], issues);
    }
  }
}

/**
 * Checks a value against a schema and returns what the schema makes of it.
 * @param root what to call the value itself in an error
 * @throws InvalidInputError naming every field that is wrong
 */
export function readInput<S extends z.ZodType>(schema: S, value: unknown, root: string): z.infer<S> {
  const issues: FieldIssue[] = [];
  unstorable(value, [], issues);
  if (issues.length > 0) throw new InvalidInputError(issues);
  const parsed = schema.safeParse(value, { error: accepted });
  if (!parsed.success) throw new InvalidInputError(issuesOf(parsed.error, root));
  return parsed.data;
}

type Coercion = (text: unknown) => unknown;

const COERCIONS: Readonly<Record<string, (text: string) => unknown>> = {
  number: (text) => (/^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
  array: (text) => text.split(','),
};

function typeOf(schema: z.ZodType): z.ZodType {
  const { innerType } = schema.def as { innerType?: z.ZodType };
  return innerType === undefined ? schema : typeOf(innerType);
}

function coercionOf(schema: z.ZodType): Coercion | undefined {
  const inner = typeOf(schema);
  const coerce = COERCIONS[inner.def.type];
  if (coerce === undefined) return undefined;
  if (inner.def.type !== 'array') return (value) => (typeof value === 'string' ? coerce(value) : value);
  const each = coercionOf((inner as z.ZodArray<z.ZodType>).element);
  return (value) => {
    const list = typeof value === 'string' ? value.split(',') : value;
    return each !== undefined && Array.isArray(list) ? list.map(each) : list;
  };
}

/** Turns the texts of a query or a path into what the schema declares: numbers, booleans, lists with commas. */
export function textReader(
  schema: z.ZodObject,
): (values: Record<string, unknown>) => Record<string, unknown> {
  const coercions = Object.entries(schema.shape).flatMap(([name, field]) => {
    const coerce = coercionOf(field as z.ZodType);
    return coerce === undefined ? [] : [[name, coerce] as const];
  });
  return (values) => {
    const read = { ...values };
    for (const [name, coerce] of coercions) if (name in read) read[name] = coerce(read[name]);
    return read;
  };
}

/** Drops fields that are null where null is not a value: such a field counts as not given. */
export function nullsDropper(schema: z.ZodType): (body: unknown) => unknown {
  const shape = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {};
  const dropped = Object.keys(shape).filter((name) => shape[name]?.safeParse(null).success === false);
  return (body) => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
    const given = body as Record<string, unknown>;
    const nulls = dropped.filter((name) => Object.hasOwn(given, name) && given[name] === null);
    return nulls.length === 0
      ? body
      : Object.fromEntries(Object.entries(given).filter(([name]) => !nulls.includes(name)));
  };
}
