import { ApiError, type Client } from '@azt3knet/client';
import { SHELVES, THING_KINDS, type Thing } from '../registry/things.js';
import { SpokenNames } from '../voice/spoken-names.js';

/** The names of what the speaker may see. */
export async function namesOf(api: Client): Promise<SpokenNames> {
  const shelves = THING_KINDS.flatMap((kind) => (SHELVES[kind]?.named === true ? [SHELVES[kind]] : []));
  const things = await Promise.all(shelves.map((shelf) => shelf.newest(api).catch(noneOf)));
  return new SpokenNames(things.flat().map(({ kind, name }) => ({ kind, name })));
}

/** What one may not see has no names. */
function noneOf(error: unknown): Thing[] {
  if (error instanceof ApiError) return [];
  throw error;
}
