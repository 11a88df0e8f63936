import { COMMENTS_SHOWN } from './comment-store.js';
import { EXPOSURE } from './feed-input.js';
import type { Intents } from './intents.js';
import type { World } from './world.js';

/** An entry of a feed, by the engine's numbers. */
export interface LookEntry {
  /** Place in the feed, from 0. */
  readonly rank: number;
  /** The entry, and the original that it leads to. */
  readonly post: number;
  readonly root: number;
  /** Code of EXPOSURE_REASONS. */
  readonly reason: number;
  /** Whether the agent follows who brought it. */
  readonly followed: boolean;
  readonly score: number;
  /** The comments of others that it may answer, the latest first. */
  readonly comments: readonly number[];
}

/** What an agent is shown if it reads, and what else it can do. */
export interface Look {
  /** Whether it has left the network: it can only come back. */
  readonly away: boolean;
  /** The draft that it posts next, or -1. */
  readonly draft: number;
  /** The comment that it is told of, or -1. */
  readonly told: number;
  readonly entries: readonly LookEntry[];
}

/** What an agent was shown, from its intents behind row `from`. */
export function shownIn(
  world: World,
  intents: Intents,
  from: number,
  agent: number,
): Pick<Look, 'told' | 'entries'> {
  let told = -1;
  const entries: LookEntry[] = [];
  for (let row = from; row < intents.length; row += 1) {
    if (intents.kind(row) !== EXPOSURE) continue;
    const rank = intents.rank(row);
    const post = intents.post(row);
    if (rank < 0) {
      told = intents.target(row);
      continue;
    }
    const root = world.posts.records.root(post);
    entries.push({
      rank,
      post,
      root,
      reason: intents.reason(row),
      followed: intents.edge(row) >= 0,
      score: intents.value(row),
      comments: commentsOf(world, root, agent),
    });
  }
  return { told, entries };
}

/** The latest comments under a post, without the agent's own. */
function commentsOf({ posts, comments }: World, root: number, agent: number): number[] {
  const found: number[] = [];
  let comment = posts.lastComment[root] as number;
  for (let n = 0; n < COMMENTS_SHOWN && comment >= 0; n += 1) {
    if (comments.author[comment] !== agent) found.push(comment);
    comment = comments.previous[comment] as number;
  }
  return found;
}
