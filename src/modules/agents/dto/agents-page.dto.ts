import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { AppError } from '../../../core/errors/index.js';

/** Where in a list to go on. */
export class AgentsPageQueryDto {
  /** How many agents at most. @example 100 */
  @IsOptional()
  @Max(1_000)
  @Min(1)
  @IsInt()
  @Type(() => Number)
  limit?: number;

  /** `next_cursor` of the page before. */
  @IsOptional()
  @MaxLength(100)
  @IsString()
  cursor?: string;
}

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
