import { AppError } from '../../../core/errors/index.js';

class InvalidCursor extends AppError {
  constructor() {
    const message = 'is the next_cursor of an earlier page, or absent for the first one';
    super('invalid', 'cursor_invalid', `cursor: ${message}`, [{ field: 'cursor', message }]);
  }
}

/** An opaque cursor that stands after a position. */
export function cursorAfter(position: number): string {
  return Buffer.from(`after:${position}`).toString('base64url');
}

/** The position that a cursor stands after; -1 without one. @throws InvalidCursor */
export function positionOf(cursor: string | undefined): number {
  if (cursor === undefined) return -1;
  const position = /^after:(\d{1,7})$/u.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (position === undefined) throw new InvalidCursor();
  return Number(position);
}
