import { SimulationError } from './simulation.errors.js';

/** A place in the list of runs. */
export interface RunPlace {
  /** As PostgreSQL writes it, with microseconds. */
  created_at: string;
  id: string;
}

/** An opaque cursor that stands after a run. */
export function cursorAfter(createdAt: string, id: string): string {
  return Buffer.from(`${createdAt}|${id}`).toString('base64url');
}

/** The place that a cursor stands after. @throws SimulationError `cursor_invalid` */
export function placeOf(cursor: string | undefined): RunPlace | undefined {
  if (cursor === undefined) return undefined;
  const match =
    /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?)\|([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/u.exec(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
  if (match && !Number.isNaN(Date.parse(match[1] as string)))
    return { created_at: match[1] as string, id: match[2] as string };
  const message = 'is the next_cursor of an earlier page, or absent for the first one';
  throw new SimulationError('invalid', 'cursor_invalid', `cursor ${message}`, [{ field: 'cursor', message }]);
}
