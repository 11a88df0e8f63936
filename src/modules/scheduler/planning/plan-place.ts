import { z } from 'zod';
import { SchedulerError } from '../scheduler.errors.js';

/** Where a page of a plan begins. */
export interface PlanPlace {
  /** Where the list of agents goes on; null at its beginning. */
  agents: string | null;
  /** Publications of the agents before, those that the cap leaves out counted as well. */
  index: number;
  /** Publications from there that were told. */
  skip: number;
}

const Written = z.strictObject({
  tag: z.string(),
  agents: z.string().max(1_000).nullable(),
  index: z.int().min(0),
  skip: z.int().min(0),
});

/** @param tag of which version of which plan it is */
export function writePlace(place: PlanPlace, tag: string): string {
  return Buffer.from(JSON.stringify({ tag, ...place })).toString('base64url');
}

/** @throws SchedulerError `cursor_invalid` for what is no cursor of this plan */
export function placeOf(cursor: string, tag: string): PlanPlace {
  const parsed = Written.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()));
  if (parsed.success && parsed.data.tag === tag) {
    const { agents, index, skip } = parsed.data;
    return { agents, index, skip };
  }
  const message = 'is no cursor of this plan, or the campaign has changed since; begin at the first page';
  throw new SchedulerError('invalid', 'cursor_invalid', `cursor ${message}`, [{ field: 'cursor', message }]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
