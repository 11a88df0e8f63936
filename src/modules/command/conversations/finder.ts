import { ApiError, type Client } from '@azt3knet/client';
import { namesNear, soundOf } from '../language/distance.js';
import type { SubjectSaid } from '../language/reading.js';
import { field } from '../registry/answers.js';
import { SHELVES, type Shelf, type Thing, type ThingKind } from '../registry/things.js';
import type { Focus, Mentioned } from './conversation.entity.js';
import { mentionedIn } from './exchange.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const ID_START = /^[\da-f][\da-f-]{5,35}$/i;
/** Names that are suggested at most. */
const NEAR_MAX = 5;
const FINAL: ReadonlySet<unknown> = new Set(['completed', 'failed', 'cancelled']);

/** What words point at: one thing, or those that they may be about; none where they are about an empty list. */
export type Found = { thing: Thing } | { near: readonly Thing[]; name?: string; none?: true };

/** What was spoken of before. */
export interface SpokenOf {
  focus: readonly Focus[];
  listed: readonly Mentioned[] | null;
}

/**
 * Looks up what a command is about.
 * @throws ApiError where the caller may not see such things
 */
export async function findThing(
  api: Client,
  kind: ThingKind,
  said: SubjectSaid,
  before: SpokenOf,
): Promise<Found> {
  const shelf = SHELVES[kind];
  if (shelf === undefined) return { near: [] };
  if (said.by === 'name') return findNamed(api, kind, shelf, said.name);
  if (said.by === 'latest') {
    const listed = said.listed === true ? (before.listed ?? []) : undefined;
    if (listed?.length === 0) return { near: [], none: true };
    const known = await shelf.newest(api);
    const newest =
      listed === undefined ? known[0] : known.find(({ id }) => listed.some((each) => each.id === id));
    if (newest === undefined && listed?.[0] !== undefined) return findNamed(api, kind, shelf, listed[0].id);
    return newest === undefined ? { near: [] } : { thing: newest };
  }
  const mentioned =
    said.by === 'focus'
      ? mentionedIn(before.focus).find((each) => each.kind === kind)
      : before.listed?.[said.index];
  if (mentioned === undefined || mentioned.kind !== kind) return { near: [] };
  return findNamed(api, kind, shelf, mentioned.id);
}

async function findNamed(api: Client, kind: ThingKind, shelf: Shelf, name: string): Promise<Found> {
  if (shelf.named || UUID.test(name)) {
    const thing = await gotten(api, shelf, name);
    if (thing !== undefined) return { thing };
  }
  const known = await shelf.newest(api);
  const beginning = ID_START.test(name) ? known.filter(({ id }) => id.startsWith(name.toLowerCase())) : [];
  const sound = soundOf(name);
  const called = known.filter((each) => [each.id, each.name].some((text) => soundOf(text) === sound));
  const [only, ...others] = beginning.length > 0 ? beginning : called;
  if (only !== undefined && others.length === 0) return { thing: only };
  if (only !== undefined && (kind === 'simulation' || kind === 'experiment') && beginning.length === 0)
    return { thing: currentOf(called) };
  if (only !== undefined) return { near: [only, ...others].slice(0, NEAR_MAX), name };
  const near = namesNear(name, [...new Set(known.map((each) => each.name))]).slice(0, NEAR_MAX);
  const things = near.flatMap((each) => known.find((thing) => thing.name === each) ?? []);
  return { near: things, name };
}

/** Of the runs of a scenario: the one that is not finished, or the newest. */
function currentOf(runs: readonly Thing[]): Thing {
  const open = runs.filter(({ item }) => !FINAL.has(field(item, 'status')));
  return (open.length === 1 ? open[0] : runs[0]) as Thing;
}

async function gotten(api: Client, shelf: Shelf, name: string): Promise<Thing | undefined> {
  try {
    return await shelf.get?.(api, name);
  } catch (error) {
    // What cannot be a name of this kind is refused as such.
    if (error instanceof ApiError && [400, 404, 422].includes(error.status)) return undefined;
    throw error;
  }
}
