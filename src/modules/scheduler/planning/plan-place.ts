import { z } from 'zod';
import { SchedulerError } from '../scheduler.errors.js';

/** Where a page of a plan begins that is told agent by agent. */
export const AgentPlace = z.strictObject({
  /** Where the list of agents goes on; null at its beginning. */
  agents: z.string().max(1_000).nullable(),
  /** Publications of the agents before, those that the cap leaves out counted as well. */
  index: z.int().min(0),
  /** Publications from there that were told. */
  skip: z.int().min(0),
});
export type AgentPlace = z.infer<typeof AgentPlace>;

/** The publication before a page of a plan that is told in the order of time. */
export const TimePlace = z.strictObject({
  /** Milliseconds since 1970. */
  dueAt: z.int(),
  id: z.string().max(36),
});
export type TimePlace = z.infer<typeof TimePlace>;

/** @param tag of which version of which plan it is */
export function writePlace(place: AgentPlace | TimePlace, tag: string): string {
  return Buffer.from(JSON.stringify({ tag, place })).toString('base64url');
}

/** @throws SchedulerError `cursor_invalid` for what is no cursor of this plan in this order */
export function readPlace<Place>(shape: z.ZodType<Place>, cursor: string, tag: string): Place {
  const written = z.strictObject({ tag: z.literal(tag), place: shape });
  const parsed = written.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()));
  if (parsed.success) return parsed.data.place;
  const message =
    'is no cursor of this plan in this order, or the campaign has changed since; begin at the first page';
  throw new SchedulerError('invalid', 'cursor_invalid', `cursor ${message}`, [{ field: 'cursor', message }]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
