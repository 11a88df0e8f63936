import type { Conduct, GuidedAct } from './conduct.js';
import { BLOCK, COMMENT, FOLLOW, FOLLOWED, MUTE, UNFOLLOW } from './feed-input.js';
import type { Intents, Place } from './intents.js';
import type { Shelf } from './shelf.js';
import type { World } from './world.js';

/** An entry that is shown: its place, and the shelf that it stands on. */
interface Entry {
  readonly rank: number;
  readonly place: Place;
  readonly shown: Shelf;
}

/** Whether somebody else decided that an agent answers what it was told of. */
export function answersTold({ acts }: Conduct): boolean {
  return acts.some(({ kind, told }) => kind === COMMENT && told);
}

/** Turns what somebody else decided about an entry into intents, as far as it can be done to it. */
export function obey(world: World, intents: Intents, { acts }: Conduct, { rank, place, shown }: Entry): void {
  const post = shown.post[rank] as number;
  const root = shown.root[rank] as number;
  const edge = shown.edge[rank] as number;
  const draft = world.posts.draft[root] as number;
  for (const act of acts) {
    if (act.told || (act.root < 0 ? act.draft !== draft : act.root !== root)) continue;
    if (act.kind === FOLLOW) {
      if (place.reason !== FOLLOWED)
        intents.add(FOLLOW, post, -1, world.posts.author[root] as number, place, 0);
    } else if (act.kind !== UNFOLLOW || edge >= 0) {
      intents.add(act.kind, post, edge, targetOf(world, act, post, root), place, act.value);
    }
  }
}

/** Of a comment the comment it answers, of what is done to the bearer of an entry that agent; otherwise -1. */
function targetOf({ posts, comments }: World, act: GuidedAct, post: number, root: number): number {
  if (act.kind === UNFOLLOW || act.kind === MUTE || act.kind === BLOCK) return posts.author[post] as number;
  if (act.kind !== COMMENT || act.comment < 0) return -1;
  if (
    act.comment < comments.length &&
    comments.root[act.comment] === root &&
    comments.author[act.comment] === act.commenter
  )
    return act.comment;
  // In a run that has gone another way, the latest of the same person.
  let comment = posts.lastComment[root] as number;
  while (comment >= 0 && comments.author[comment] !== act.commenter)
    comment = comments.previous[comment] as number;
  return comment;
}
