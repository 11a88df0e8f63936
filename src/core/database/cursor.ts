import { createHash } from 'node:crypto';
import { AppError } from '../errors/index.js';

/** Where a page ended: the last row's value of the sort field, as text, and its id. */
export interface Position {
  readonly value: string;
  readonly id: string;
}

/** A cursor that is not the `next_cursor` of the page before, or comes with another query. */
export class InvalidCursor extends AppError {
  constructor(what: string) {
    const message = `${what}; it is the next_cursor of the page before, with the same sort and filters`;
    super('invalid', 'cursor_invalid', `cursor: ${message}`, [{ field: 'cursor', message }]);
  }
}

const SEAL_LENGTH = 22;

function seal(content: string, scope: readonly string[]): string {
  const text = JSON.stringify([content, ...scope]);
  return createHash('sha256').update(text).digest('base64url').slice(0, SEAL_LENGTH);
}

/**
 * A position as an opaque text. Its seal covers the list, the sort and the filters that it belongs to. The seal finds
 * mistakes and needs no secret: whoever makes a cursor by hand gets another place in a list that is open to him anyway.
 * @param scope what the list was asked for, beside the position
 */
export function writeCursor({ value, id }: Position, sort: string, scope: readonly string[]): string {
  const content = Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
  return seal(content, [sort, ...scope]) + content;
}

/** @throws InvalidCursor when it was changed, or written for another sort, list or filter */
export function readCursor(cursor: string, sort: string, scope: readonly string[]): Position {
  const content = cursor.slice(SEAL_LENGTH);
  const fields = parsed(content);
  if (fields === undefined) throw new InvalidCursor('is no cursor');
  const [sorted, value, id] = fields;
  if (sorted !== sort) throw new InvalidCursor(`belongs to sort=${sorted}`);
  if (cursor.slice(0, SEAL_LENGTH) !== seal(content, [sort, ...scope])) {
    throw new InvalidCursor('belongs to other filters, or was changed');
  }
  return { value, id };
}

function isText(field: unknown): field is string {
  return typeof field === 'string' && field.length <= 400;
}

function parsed(content: string): [sort: string, value: string, id: string] | undefined {
  try {
    const fields: unknown = JSON.parse(Buffer.from(content, 'base64url').toString('utf8'));
    return Array.isArray(fields) && fields.length === 3 && fields.every(isText)
      ? (fields as [string, string, string])
      : undefined;
  } catch {
    return undefined;
  }
}
