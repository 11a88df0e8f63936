import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { EventRow } from '../eventlog/event-row.js';
import type { CascadeSet } from './cascade-set.js';

/** Lines that tell of no node, by far the most; told apart before they are parsed. */
const NO_NODE = /"kind":"(?:exposure|reaction)"/u;

/**
 * Reads the cascades of a run from its event log (JSON Lines): posts are roots, a repost hangs on the entry it was made from, a
 * comment on the comment it answers or else on the original.
 */
export async function readRunCascades(log: Readable): Promise<CascadeSet> {
  const places = new Map<string, number>();
  const users = new Map<string, number>();
  const [parents, minutes, who]: [number[], number[], number[]] = [[], [], []];
  for await (const line of createInterface({ input: log, crlfDelay: Infinity })) {
    if (line === '' || NO_NODE.test(line)) continue;
    const event = JSON.parse(line) as Partial<EventRow> & Pick<EventRow, 'agent_id' | 'minute' | 'post_id'>;
    const node = nodeOf(event);
    if (node === undefined) continue;
    places.set(node.id, parents.length);
    parents.push(node.parent === undefined ? -1 : (places.get(node.parent) as number));
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
function nodeOf({ kind, post_id, root_id, comment_id, parent_id }: Partial<EventRow>) {
  if (kind === 'post') return { id: post_id as string, parent: undefined };
  if (kind === 'repost') return { id: post_id as string, parent: parent_id as string };
  if (kind === 'comment') return { id: comment_id as string, parent: parent_id ?? root_id };
  return undefined;
}
