import { InvalidExportCursor } from './exports.errors.js';
import type { ExportPlace } from './exports.repository.js';

/** An opaque cursor that stands after an export. */
export function cursorAfter({ created_at, id }: ExportPlace): string {
  return Buffer.from(`${created_at}|${id}`).toString('base64url');
}

/** The place that a cursor stands after. @throws InvalidExportCursor */
export function placeOf(cursor: string | undefined): ExportPlace | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const match =
    /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?)\|([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/u.exec(
      text,
    );
  if (!match || Number.isNaN(Date.parse(match[1] as string))) throw new InvalidExportCursor();
  return { created_at: match[1] as string, id: match[2] as string };
}
