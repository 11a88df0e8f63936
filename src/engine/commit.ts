import { bump } from './columns.js';
import type { FeedEvent } from './event-buffer.js';
import {
  BLOCK,
  COMMENT,
  DISLIKE,
  EXPOSURE,
  FOLLOW,
  LEAVE,
  MUTE,
  NOTIFICATION,
  POST,
  REACTION,
  REPORT,
  REPOST,
  RETURN,
  UNFOLLOW,
} from './feed-input.js';
import type { Intents } from './intents.js';
import { opinionAfter } from './opinions.js';
import type { World } from './world.js';

/** An event about nobody and nothing. */
export function noEvent(): FeedEvent {
  return {
    event: 0,
    cause: -1,
    tick: 0,
    kind: POST,
    agent: -1,
    post: -1,
    root: -1,
    parent: -1,
    comment: -1,
    rank: -1,
    reason: -1,
    target: -1,
    value: 0,
  };
}

/** Phase 2 for one intent: changes the world and says, as an event, what came of it. */
export class Commit {
  /** The event of the latest {@link apply}; overwritten by the next. */
  readonly event: FeedEvent = noEvent();
  /** The exposure that the acts after it answer. */
  private exposure = -1;

  constructor(
    private readonly world: World,
    private readonly intents: Intents,
  ) {}

  /**
   * Makes row `row` of `agent`'s intents true.
   * @param number that the event gets
   * @returns false where it is no longer possible, and nothing has happened
   */
  apply(agent: number, row: number, tick: number, number: number): boolean {
    const { event, intents } = this;
    event.event = number;
    event.tick = tick;
    event.kind = intents.kind(row);
    event.agent = agent;
    event.post = intents.post(row);
    event.root = intents.root(row);
    event.parent = -1;
    event.comment = -1;
    event.target = -1;
    event.rank = intents.rank(row);
    event.reason = intents.reason(row);
    event.value = intents.value(row);
    event.cause = -1;
    const target = intents.target(row);
    if (event.post < 0) return this.ofAgent(event);
    if (event.kind === POST) {
      this.post(event);
      return true;
    }
    if (event.kind === EXPOSURE) {
      event.cause = intents.cause(row);
      this.expose(event, intents.edge(row), target);
      return true;
    }
    event.cause = this.exposure;
    return event.kind >= FOLLOW
      ? this.turn(event, intents.edge(row), target)
      : this.answer(event, intents.edge(row), target);
  }

  /** What an agent does that is about no post. */
  private ofAgent(event: FeedEvent): boolean {
    const { away } = this.world.people;
    if (event.kind === LEAVE) away[event.agent] = 1;
    if (event.kind === RETURN) away[event.agent] = 0;
    return true;
  }

  private post(event: FeedEvent): void {
    const { posts, posted, people, audience } = this.world;
    bump(posted, event.agent);
    event.post = posts.addOriginal(
      event.agent,
      event.tick,
      event.post,
      people.opinion[event.agent] as number,
    );
    event.root = event.post;
    posts.records.noteEvent(event.post, event.event);
    audience.reserve(posts.length);
  }

  private expose(event: FeedEvent, edge: number, comment: number): void {
    const { world } = this;
    const { agent, root } = event;
    this.exposure = event.event;
    bump(world.exposed, agent);
    if (event.reason === NOTIFICATION) {
      // A newer comment may have arrived earlier in this tick: that one has not been looked at.
      if (world.inbox[agent] === comment) world.inbox[agent] = -1;
      return;
    }
    bump(world.posts.shown, root);
    world.audience.noteSeen(root, agent);
    this.persuade(agent, event.post, root);
    world.remember(agent, root);
    world.ties.adapt(edge, world.input.behaviour.affinityDecay, 0);
  }

  /** What an agent has read may change what it thinks. */
  private persuade(agent: number, post: number, root: number): void {
    const { posts, people, effects, input } = this.world;
    if (input.opinions === undefined || posts.author[post] === agent) return;
    const { opinion } = people;
    const before = opinion[agent] as number;
    opinion[agent] = opinionAfter(
      input.opinions.rule,
      before,
      posts.stance[post] as number,
      effects.convinces(root),
    );
  }

  /** Reactions, comments, reposts and quotes: what others are told of, and what brings reader and bearer closer. */
  private answer(event: FeedEvent, edge: number, target: number): boolean {
    const { posts, people, audience, ties, input } = this.world;
    const { agent, root, tick } = event;
    const author = posts.author[root] as number;
    if (event.kind === REACTION) posts.noteReaction(root);
    else if (event.kind === COMMENT) this.comment(event, target);
    else this.pass(event);
    if (author !== agent) people.notify(author, tick);
    if (event.kind !== REACTION || event.value !== DISLIKE) audience.noteApproval(root, agent);
    ties.adapt(edge, input.behaviour.affinityGain, 1);
    return true;
  }

  private comment(event: FeedEvent, answered: number): void {
    const { posts, comments, inbox, people } = this.world;
    const { root, agent } = event;
    const comment = comments.add(agent, root, answered, posts.lastComment[root] as number);
    comments.event[comment] = event.event;
    posts.noteComment(root, comment);
    event.comment = comment;
    event.parent = answered;
    event.value = comments.depth[comment] as number;
    const author = posts.author[root] as number;
    const addressee = answered < 0 ? author : (comments.author[answered] as number);
    if (addressee === agent) return;
    inbox[addressee] = comment;
    // The author of the post is told of everything on it.
    if (addressee !== author) people.notify(addressee, event.tick);
  }

  private pass(event: FeedEvent): void {
    const { posts, people, audience } = this.world;
    event.parent = event.post;
    event.post =
      event.kind === REPOST
        ? posts.addRepost(event.agent, event.tick, event.parent)
        : posts.addQuote(event.agent, event.tick, event.parent, people.opinion[event.agent] as number);
    posts.records.noteEvent(event.post, event.event);
    event.value = posts.depth[event.post] as number;
    audience.reserve(posts.length);
  }

  /** Following, and the ways to want less of somebody or something. */
  private turn(event: FeedEvent, edge: number, target: number): boolean {
    const { posts, ties, barred, people, input } = this.world;
    const { agent, kind, root } = event;
    event.target = target;
    switch (kind) {
      case FOLLOW:
        if (barred.has(agent, target) || barred.has(target, agent) || !ties.follow(agent, target))
          return false;
        people.notify(target, event.tick);
        return true;
      case UNFOLLOW:
        return ties.unfollow(agent, target);
      case MUTE:
        return barred.add(agent, target);
      case BLOCK: {
        const added = barred.add(agent, target);
        // Whoever is blocked sees the other no longer either, and nobody follows anybody.
        barred.add(target, agent);
        ties.unfollow(agent, target);
        ties.unfollow(target, agent);
        return added;
      }
      case REPORT:
        bump(posts.reports, root);
        return true;
      default:
        ties.adapt(edge, input.behaviour.affinityGain, 0);
        return true;
    }
  }
}
