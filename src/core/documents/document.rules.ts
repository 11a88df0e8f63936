import { z } from 'zod';
import { AppError } from '../errors/index.js';

/** What documents are found by. */
export const documentTags = z
  .array(
    z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9_-]{0,39}$/u,
        'a tag is 1 to 40 of a-z, 0-9, _ and -, beginning with a letter or digit',
      ),
  )
  .max(20)
  .describe('What lists are filtered by, up to 20 words.');

/** What a list of documents is sorted by; a minus before it turns it round. */
export const DOCUMENT_SORT_FIELDS = ['name', 'title', 'created_at'] as const;
export type DocumentSortField = (typeof DOCUMENT_SORT_FIELDS)[number];
export type DocumentSort = DocumentSortField | `-${DocumentSortField}`;

/** The most that each number of a version may be: PostgreSQL compares them as integers. */
const MAX_VERSION_PART = 999_999_999;

/** The numbers of a version, always three; undefined where one is too large. */
export function versionOrder(version: string): [number, number, number] | undefined {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const order: [number, number, number] = [major, minor, patch];
  return order.every((part) => Number.isInteger(part) && part <= MAX_VERSION_PART) ? order : undefined;
}

/** The most that the first number of a first version may be: a year has room, and so have those after it. */
const MAX_FIRST_MAJOR = 3_000;
/** The most that the other numbers may rise by at once. */
const MAX_VERSION_STEP = 9_999;

/**
 * The highest numbers that the next version of a name may have: of the first number one more than the newest has. There
 * must be versions left above every version, whoever gives it.
 * @param newest undefined for a name that had none yet
 */
export function highestNext(newest: string | undefined): [number, number, number] {
  const last = newest === undefined ? undefined : versionOrder(newest);
  if (last === undefined) return [MAX_FIRST_MAJOR, MAX_VERSION_STEP, MAX_VERSION_STEP];
  return [last[0] + 1, last[1] + MAX_VERSION_STEP, last[2] + MAX_VERSION_STEP];
}

/** The version that follows another one when little changed. */
export function nextVersion(version: string): string {
  const [major, minor, patch] = versionOrder(version) ?? [0, 0, 0];
  return patch < MAX_VERSION_PART ? `${major}.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
}

/** Negative where the first is the earlier one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [versionOrder(a), versionOrder(b)];
  if (left === undefined || right === undefined) return a < b ? -1 : Number(a > b);
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** Where a version is in its life: only active ones can be the current one of their name. */
export const DOCUMENT_STATUSES = ['draft', 'active', 'archived'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

/** Where a version is in its life. */
export function statusOf({
  origin,
  activated_at,
  retired_at,
}: {
  readonly origin: 'stored' | 'shipped';
  readonly activated_at: Date | null;
  readonly retired_at: Date | null;
}): DocumentStatus {
  if (retired_at !== null) return 'archived';
  return origin === 'stored' && activated_at === null ? 'draft' : 'active';
}

/** What a request names: the current version of a document, or `name@version`. */
export function parseReference(reference: string): { name: string; version?: string } {
  const at = reference.indexOf('@');
  return at < 0 ? { name: reference } : { name: reference.slice(0, at), version: reference.slice(at + 1) };
}

/** A place in a sorted list: the value that is sorted by, and the name. */
export type DocumentPlace = readonly [value: string, name: string];

export function cursorOf(place: DocumentPlace): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws AppError `cursor_invalid` */
export function placeOf(cursor: string): DocumentPlace {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && place.length === 2 && place.every(isStorable))
      return place as unknown as DocumentPlace;
  } catch {
    // Said below.
  }
  throw cursorInvalid();
}

/** The refusal of a cursor that no page gave. */
export function cursorInvalid(): AppError {
  const message = 'must be the next_cursor of a page';
  return new AppError('invalid', 'cursor_invalid', `cursor ${message}`, [{ field: 'cursor', message }]);
}

function isStorable(value: unknown): boolean {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
}
