import type { z } from 'zod';
import { nearestName } from '../nearest-name.js';

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  datetime: 'a time such as 2026-01-15T10:30:00Z',
  url: 'a URL',
};

function bound({
  origin,
  minimum,
  maximum,
}: {
  origin: string;
  minimum?: unknown;
  maximum?: unknown;
}): string {
  const least = minimum !== undefined;
  const value = String(least ? minimum : maximum);
  const word = least ? 'at least' : 'at most';
  if (origin === 'string') return `must have ${word} ${value} ${value === '1' ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set')
    return `must have ${word} ${value} ${value === '1' ? 'item' : 'items'}`;
  return `must be ${word} ${value}`;
}

/** Of longer lists only some names are told, where it is plain what was meant. */
const MOST_NAMES = 12;
/** How many of a longer list are told. */
const SOME_NAMES = 3;

/** Of shorter texts it is never plain. */
const LEAST_LETTERS = 5;

/** What is accepted of a list, of a long one with the one that was probably meant. */
function oneOf(values: readonly string[], given: unknown): string {
  if (values.length === 1) return `must be ${values[0]}`;
  const isPlain = values.length > MOST_NAMES && typeof given === 'string' && given.length >= LEAST_LETTERS;
  const near = isPlain ? meantOf(given, values) : undefined;
  if (near === undefined) return `must be one of ${values.join(', ')}`;
  const some = values.slice(0, SOME_NAMES).join(', ');
  return `must be one of ${some} and ${values.length - SOME_NAMES} others; did you mean ${near}?`;
}

/** The last part of a dotted name. */
function last(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** The name that is near, or whose last part is: `reposts` of `totals.reposts`. */
function meantOf(given: string, values: readonly string[]): string | undefined {
  const whole = nearestName(given, values);
  if (whole !== undefined) return whole;
  const dotted = values.filter((name) => name.includes('.'));
  const end = nearestName(last(given), dotted.map(last));
  return dotted.find((name) => last(name) === end);
}

/** More fields are not told. */
const MOST_FIELDS = 40;

/** The fields of the object that a schema describes, as the end of a message; empty for one that has none or very many. */
export function knownFields({ inst }: z.core.$ZodRawIssue): string {
  // The schema is not asked for its class: commands that never check anything must not load the library.
  const fields = Object.keys((inst as { shape?: object } | undefined)?.shape ?? {});
  return fields.length === 0 || fields.length > MOST_FIELDS ? '' : `; known are ${fields.join(', ')}`;
}

/** One of several forms of an object, with the values of the field that tells which. */
interface Form {
  shape?: Readonly<Record<string, { values?: Iterable<unknown> }>>;
}

/** What is accepted of the field that tells which of several forms an object has; undefined where none tells. */
function kindOf({ inst, input, discriminator }: z.core.$ZodRawIssue): string | undefined {
  if (typeof discriminator !== 'string' || typeof input !== 'object' || input === null) return undefined;
  const { options = [] } = inst as { options?: readonly Form[] };
  const told = options.map(({ shape }) => [...(shape?.[discriminator]?.values ?? [])].map(String));
  if (told.length === 0 || told.some((names) => names.length === 0)) return undefined;
  const given = (input as Record<string, unknown>)[discriminator];
  return `${oneOf(told.flat(), given)}${given === undefined ? ', and is missing' : ''}`;
}

/** Says what is accepted, for a schema that does not say it itself. */
export function accepted(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${EXPECTED[issue.expected] ?? issue.expected}${issue.input === undefined ? ', and is missing' : ''}`;
    case 'invalid_value':
      return oneOf(issue.values.map(String), issue.input);
    case 'too_small':
    case 'too_big':
      return bound(issue);
    case 'invalid_format':
      return FORMATS[issue.format] === undefined ? 'has another form' : `must be ${FORMATS[issue.format]}`;
    case 'not_multiple_of':
      return `must be a multiple of ${String(issue.divisor)}`;
    case 'unrecognized_keys':
      return `unknown field${knownFields(issue)}`;
    case 'invalid_union':
      return kindOf(issue) ?? 'fits none of the accepted forms';
    case 'custom':
    case 'invalid_key':
    case 'invalid_element':
      break;
  }
  return issue.message ?? 'is not accepted';
}
