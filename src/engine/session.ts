import {
  COMMENT,
  DISCOVERY,
  EXPOSURE,
  type FeedInput,
  FOLLOWED,
  NOTIFICATION,
  POST,
  REACTION,
  REACTIONS,
  REPOST,
  REPOSTED,
} from './feed-input.js';
import type { Intents, Place } from './intents.js';
import { logistic, logit } from './math.js';
import type { RandomStream } from './random.js';
import { Timeline } from './timeline.js';
import type { World } from './world.js';

/** Comments under a post that a reader looks at. */
const COMMENTS_SHOWN = 4;

/** Log-odds of the three decisions for a neutral post, from the scenario's probabilities. */
interface Baseline {
  readonly reaction: number;
  readonly comment: number;
  readonly repost: number;
}

/**
 * Phase 1 for one agent: decides, from the state at the tick's start and the agent's own draws alone, what it does.
 * Changes nothing but the intents.
 */
export class Session {
  private readonly timeline: Timeline;
  private readonly baseline: Baseline;
  private readonly place: Place = { rank: 0, reason: FOLLOWED };

  constructor(
    private readonly world: World,
    private readonly intents: Intents,
    private readonly stream: RandomStream,
  ) {
    this.timeline = new Timeline(world);
    const { reaction, comment, repost } = world.input.behaviour;
    this.baseline = { reaction: logOdds(reaction), comment: logOdds(comment), repost: logOdds(repost) };
  }

  /** Runs the tick of one agent; `rhythm` is the hour's factor on activity. The stream stands at its first draw. */
  run(agent: number, tick: number, rhythm: number): boolean {
    const { input } = this.world;
    if (this.stream.unit() >= (input.agents.activity[agent] as number) * rhythm) return false;
    const draft = this.nextDraft(agent, input);
    if (this.stream.unit() < (input.agents.posting[agent] as number) && draft >= 0) {
      this.intents.add(POST, draft, -1, -1, this.at(-1, -1), 0);
    } else {
      this.read(agent, tick);
    }
    return true;
  }

  private nextDraft(agent: number, { drafts }: FeedInput): number {
    const draft = (drafts.offsets[agent] as number) + (this.world.posted[agent] as number);
    return draft < (drafts.offsets[agent + 1] as number) ? draft : -1;
  }

  private read(agent: number, tick: number): void {
    const lurks = this.stream.unit() < this.world.input.behaviour.lurking;
    this.lookAtInbox(agent, lurks);
    this.timeline.rank(agent, tick, this.stream);
    for (let rank = 0; rank < this.timeline.length; rank += 1) {
      const post = this.timeline.post[rank] as number;
      const edge = this.timeline.edge[rank] as number;
      const place = this.at(rank, this.reasonFor(post, edge));
      this.intents.add(EXPOSURE, post, edge, -1, place, this.timeline.score[rank] as number);
      if (!lurks) this.respond(agent, rank, place);
    }
  }

  private reasonFor(post: number, edge: number): number {
    if (edge < 0) return DISCOVERY;
    return (this.world.posts.parent[post] as number) < 0 ? FOLLOWED : REPOSTED;
  }

  private lookAtInbox(agent: number, lurks: boolean): void {
    const comment = this.world.inbox[agent] as number;
    if (comment < 0) return;
    const root = this.world.comments.root[comment] as number;
    const place = this.at(-1, NOTIFICATION);
    this.intents.add(EXPOSURE, root, -1, comment, place, 0);
    const answers = this.stream.unit() < this.world.input.behaviour.answering;
    if (answers && !lurks) this.intents.add(COMMENT, root, -1, comment, place, 0);
  }

  /** Reaction, comment and repost are separate decisions with one shared appeal. */
  private respond(agent: number, rank: number, place: Place): void {
    const { agents, behaviour } = this.world.input;
    const { stream, baseline } = this;
    const post = this.timeline.post[rank] as number;
    const edge = this.timeline.edge[rank] as number;
    const appeal = this.appeal(agent, rank, post, edge);
    if (stream.unit() < logistic(baseline.reaction + appeal + (agents.reactionShift[agent] as number))) {
      this.intents.add(REACTION, post, edge, -1, place, this.drawReaction(agent));
    }
    if (stream.unit() < logistic(baseline.comment + appeal + (agents.commentShift[agent] as number))) {
      const answered = stream.unit() < behaviour.replyShare ? this.pickComment(agent, post) : -1;
      this.intents.add(COMMENT, post, edge, answered, place, 0);
    }
    if (stream.unit() < logistic(baseline.repost + appeal + (agents.repostShift[agent] as number))) {
      this.intents.add(REPOST, post, edge, -1, place, 0);
    }
  }

  /** Log-odds that the reader's interests, its tie to the bearer, the text and the crowd add to every decision. */
  private appeal(agent: number, rank: number, post: number, edge: number): number {
    const { agents, behaviour, drafts, graph } = this.world.input;
    const { posts } = this.world;
    const affinity = edge < 0 ? 0 : (graph.affinity[edge] as number);
    const quality = drafts.quality[posts.draft[post] as number] as number;
    return (
      behaviour.interestPull *
        (agents.selectivity[agent] as number) *
        (this.timeline.interest[rank] as number) +
      behaviour.affinityPull * affinity +
      behaviour.qualityPull * (quality - 0.5) +
      (agents.conformity[agent] as number) * posts.popularity(posts.root[post] as number)
    );
  }

  private drawReaction(agent: number): number {
    const { reactionMix } = this.world.input.agents;
    const base = agent * REACTIONS.length;
    let total = 0;
    for (let r = 0; r < REACTIONS.length; r += 1) total += reactionMix[base + r] as number;
    let left = this.stream.below(total);
    for (let r = 0; r < REACTIONS.length; r += 1) {
      left -= reactionMix[base + r] as number;
      if (left < 0) return r;
    }
    return 0;
  }

  /** One of the latest comments under a post, not the agent's own; -1 when there is none. */
  private pickComment(agent: number, post: number): number {
    const { comments, posts } = this.world;
    const wanted = this.stream.below(COMMENTS_SHOWN);
    let picked = -1;
    let comment = posts.lastComment[posts.root[post] as number] as number;
    for (let n = 0; n <= wanted && comment >= 0; n += 1) {
      if (comments.author[comment] !== agent) picked = comment;
      comment = comments.previous[comment] as number;
    }
    return picked;
  }

  private at(rank: number, reason: number): Place {
    this.place.rank = rank;
    this.place.reason = reason;
    return this.place;
  }
}

function logOdds(probability: number): number {
  if (probability <= 0) return -Infinity;
  return probability >= 1 ? Infinity : logit(probability);
}
