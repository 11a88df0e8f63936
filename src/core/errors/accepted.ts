import type { z } from 'zod';

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

/** More fields are not told. */
const MOST_FIELDS = 40;

/** The fields of the object that a schema describes, as the end of a message; empty for one that has none or very many. */
export function knownFields({ inst }: z.core.$ZodRawIssue): string {
  // The schema is not asked for its class: commands that never check anything must not load the library.
  const fields = Object.keys((inst as { shape?: object } | undefined)?.shape ?? {});
  return fields.length === 0 || fields.length > MOST_FIELDS ? '' : `; known are ${fields.join(', ')}`;
}

/** Says what is accepted, for a schema that does not say it itself. */
export function accepted(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${EXPECTED[issue.expected] ?? issue.expected}${issue.input === undefined ? ', and is missing' : ''}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
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
      return 'fits none of the accepted forms';
    case 'custom':
    case 'invalid_key':
    case 'invalid_element':
      break;
  }
  return issue.message ?? 'is not accepted';
}
