import type { FeedEvent } from './event-buffer.js';
import { COMMENT, EXPOSURE, NOTIFICATION, POST, REACTION } from './feed-input.js';
import type { Intents } from './intents.js';
import type { World } from './world.js';

/** Phase 2 for one intent: changes the world and says, as an event, what came of it. */
export class Commit {
  /** The event of the latest {@link apply}; overwritten by the next. */
  readonly event: FeedEvent = {
    tick: 0,
    kind: POST,
    agent: 0,
    post: -1,
    root: -1,
    parent: -1,
    comment: -1,
    rank: -1,
    reason: -1,
    value: 0,
  };

  constructor(
    private readonly world: World,
    private readonly intents: Intents,
  ) {}

  /** Makes row `row` of `agent`'s intents true. */
  apply(agent: number, row: number, tick: number): void {
    const { event, intents } = this;
    event.tick = tick;
    event.kind = intents.kind[row] as number;
    event.agent = agent;
    event.post = intents.post[row] as number;
    event.parent = -1;
    event.comment = -1;
    event.rank = intents.rank[row] as number;
    event.reason = intents.reason[row] as number;
    event.value = intents.value[row] as number;
    const edge = intents.edge[row] as number;
    const target = intents.target[row] as number;
    if (event.kind === POST) {
      this.post(event);
      return;
    }
    event.root = this.world.posts.root[event.post] as number;
    if (event.kind === EXPOSURE) {
      this.expose(event, edge, target);
      return;
    }
    if (event.kind === REACTION) bump(this.world.posts.reactions, event.root);
    else if (event.kind === COMMENT) this.comment(event, target);
    else this.repost(event);
    this.adapt(edge, this.world.input.behaviour.affinityGain, 1);
  }

  private post(event: FeedEvent): void {
    const { posts, posted } = this.world;
    bump(posted, event.agent);
    event.post = posts.addOriginal(event.agent, event.tick, event.post);
    event.root = event.post;
  }

  private expose(event: FeedEvent, edge: number, comment: number): void {
    const { world } = this;
    bump(world.exposed, event.agent);
    if (event.reason === NOTIFICATION) {
      // A newer comment may have arrived earlier in this tick: that one has not been looked at.
      if (world.inbox[event.agent] === comment) world.inbox[event.agent] = -1;
      return;
    }
    bump(world.posts.shown, event.root);
    world.remember(event.agent, event.root);
    this.adapt(edge, world.input.behaviour.affinityDecay, 0);
  }

  private comment(event: FeedEvent, answered: number): void {
    const { posts, comments, inbox } = this.world;
    const { root, agent } = event;
    const comment = comments.add(agent, root, answered, posts.lastComment[root] as number);
    bump(posts.comments, root);
    posts.lastComment[root] = comment;
    event.comment = comment;
    event.parent = answered;
    event.value = comments.depth[comment] as number;
    const addressee = (answered < 0 ? posts.author[root] : comments.author[answered]) as number;
    if (addressee !== agent) inbox[addressee] = comment;
  }

  private repost(event: FeedEvent): void {
    const { posts } = this.world;
    event.parent = event.post;
    event.post = posts.addRepost(event.agent, event.tick, event.parent);
    event.value = posts.depth[event.post] as number;
  }

  /** Moves an edge's affinity a share of the way to a goal. */
  private adapt(edge: number, share: number, goal: number): void {
    if (edge < 0 || share === 0) return;
    const { affinity } = this.world.input.graph;
    const before = affinity[edge] as number;
    affinity[edge] = before + share * (goal - before);
  }
}

function bump(column: Int32Array, index: number): void {
  column[index] = (column[index] as number) + 1;
}
