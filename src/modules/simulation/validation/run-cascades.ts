import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { EventRow } from '../eventlog/event-row.js';
import type { CascadeSet } from './cascade-set.js';

/** Lines that tell of a node, by far the fewest; told apart before they are parsed. */
const NODE = /"kind":"(?:post|comment|repost|quote)"/u;

/**
 * Reads the cascades of a run from its event log (JSON Lines): posts are roots, a repost or quote hangs on the entry it was made
 * from, a comment on the comment it answers or else on the original.
 */
export async function readRunCascades(log: Readable): Promise<CascadeSet> {
  const places = new Map<string, number>();
  const users = new Map<string, number>();
  const [parents, minutes, who]: [number[], number[], number[]] = [[], [], []];
  for await (const line of createInterface({ input: log, crlfDelay: Infinity })) {
    if (!NODE.test(line)) continue;
    const event = JSON.parse(line) as Partial<EventRow> & Pick<EventRow, 'agent_id' | 'minute' | 'post_id'>;
    const node = nodeOf(event);
    places.set(node.id, parents.length);
    parents.push(node.parent === null ? -1 : (places.get(node.parent) as number));
    minutes.push(event.minute);
    const user = users.get(event.agent_id) ?? users.size;
    users.set(event.agent_id, user);
    who.push(user);
  }
  return {
    parents: Int32Array.from(parents),
    minutes: Float64Array.from(minutes),
    users: Int32Array.from(who),
  };
}

/** What an event adds to a cascade: its id and that of what it hangs on. */
function nodeOf(event: Partial<EventRow>): { id: string; parent: string | null } {
  const { kind, post_id, root_id, comment_id, parent_id } = event;
  if (kind === 'comment') return { id: comment_id as string, parent: parent_id ?? (root_id as string) };
  return { id: post_id as string, parent: kind === 'post' ? null : (parent_id as string) };
}
