import { COMMENTS_SHOWN } from './comment-store.js';
import type { Conduct, Guidance } from './conduct.js';
import {
  BLOCK,
  COMMENT,
  DISCOVERY,
  DISMISS,
  EXPOSURE,
  type FeedInput,
  FOLLOW,
  FOLLOWED,
  LEAVE,
  MUTE,
  NOTIFICATION,
  POST,
  QUOTE,
  REACTION,
  REACTIONS,
  READ,
  REPORT,
  REPOST,
  REPOSTED,
  RETURN,
  UNFOLLOW,
} from './feed-input.js';
import { type Look, shownIn } from './look.js';
import { answersTold, obey } from './obedience.js';
import type { Intents, Place } from './intents.js';
import { DRAW, ItemDraws } from './item-draws.js';
import { exp } from './math.js';
import { decides, type Odds, oddsOf } from './odds.js';
import type { RandomKey, RandomStream } from './random.js';
import type { Part } from './signals.js';
import { Timeline } from './timeline.js';
import type { World } from './world.js';

/** What somebody does who is only looked at. */
const NOTHING: Conduct = { posts: false, leaves: false, acts: [] };

/** What a tick is like for a session. */
export interface TickView {
  readonly tick: number;
  /** The key of what readers draw about items. */
  readonly itemKey: RandomKey;
  /** The factor on activity in each time zone. */
  readonly rhythm: Float64Array;
}

/**
 * Phase 1 for one agent: decides, from the state at the tick's start and the agent's own draws alone, what it does.
 * Changes nothing but the intents.
 */
export class Session {
  private readonly timeline: Timeline;
  private readonly odds: Odds;
  private readonly place: Place = { rank: 0, reason: FOLLOWED, root: -1, cause: -1 };
  private readonly draws = new ItemDraws();
  private left = 0;

  constructor(
    private readonly world: World,
    private readonly intents: Intents,
    private readonly stream: RandomStream,
  ) {
    this.timeline = new Timeline(world);
    this.odds = oddsOf(world.input);
  }

  /** What the scores of this run are made of. */
  get parts(): readonly Part[] {
    return this.timeline.parts;
  }

  /** Whether an agent, whose first draw of the tick is `chance`, may do anything in it. */
  comes(agent: number, chance: number, view: TickView): boolean {
    const { input, people } = this.world;
    if (!people.mayAct(agent, view.tick)) return false;
    const factor = 1 + people.excitementAt(agent, view.tick);
    if (input.guidance !== undefined && this.isGuided(agent, view, input.guidance)) return true;
    if (people.away[agent] === 1) return chance < (input.behaviour.churn?.returning ?? 0) * factor;
    const rhythm = view.rhythm[input.agents.zone?.[agent] ?? 0] as number;
    return chance < (input.agents.activity[agent] as number) * rhythm * factor;
  }

  private isGuided(agent: number, view: TickView, guidance: Guidance): boolean {
    return guidance.agents[agent] === 1 && guidance.leavesToRules?.(view.tick, agent) !== true;
  }

  /** Brings near what the sessions of some agents will look at; changes nothing. */
  prepare(agents: Int32Array, count: number): void {
    this.timeline.touch(agents, count);
  }

  /** Runs the tick of an agent that {@link comes}, whose stream stands at its first draw. @returns whether it opened the feed */
  run(agent: number, view: TickView): boolean {
    const { input, people } = this.world;
    this.stream.unit();
    const { guidance } = input;
    if (guidance !== undefined && this.isGuided(agent, view, guidance))
      return this.follow(agent, view, guidance);
    if (people.away[agent] === 1) {
      this.intents.add(RETURN, -1, -1, -1, this.nowhere(), 0);
      return false;
    }
    const draft = this.nextDraft(agent, input);
    if (this.stream.unit() < (input.agents.posting[agent] as number) && draft >= 0) {
      this.intents.add(POST, draft, -1, -1, this.nowhere(), 0);
    } else {
      this.read(agent, view);
    }
    return true;
  }

  /** What an agent for whom somebody else decides is shown if it reads; undefined where it may do nothing. Leaves no intents. */
  look(agent: number, view: TickView): Look | undefined {
    const { world, intents } = this;
    if (!world.people.mayAct(agent, view.tick)) return undefined;
    const away = world.people.away[agent] === 1;
    const from = intents.length;
    // The draws that come before reading, whatever they say.
    this.stream.unit();
    this.stream.unit();
    if (!away) this.read(agent, view, NOTHING);
    const look = { away, draft: this.nextDraft(agent, world.input), ...shownIn(world, intents, from, agent) };
    intents.length = from;
    return look;
  }

  /** Does what somebody else decided. Draws what a reader by the rules draws, so that the same feed is shown. */
  private follow(agent: number, view: TickView, guidance: Guidance): boolean {
    if (this.world.people.away[agent] === 1) {
      if (guidance.returns(view.tick, agent)) this.intents.add(RETURN, -1, -1, -1, this.nowhere(), 0);
      return false;
    }
    const conduct = guidance.conduct(view.tick, agent);
    if (conduct === undefined) return false;
    const draft = this.nextDraft(agent, this.world.input);
    this.stream.unit();
    if (!conduct.posts) this.read(agent, view, conduct);
    else if (draft >= 0) this.intents.add(POST, draft, -1, -1, this.nowhere(), 0);
    return true;
  }

  private nextDraft(agent: number, { drafts }: FeedInput): number {
    const draft = (drafts.offsets[agent] as number) + (this.world.posted[agent] as number);
    return draft < (drafts.offsets[agent + 1] as number) ? draft : -1;
  }

  private read(agent: number, view: TickView, conduct?: Conduct): void {
    const { timeline } = this;
    const { shown } = timeline;
    const { records } = this.world.posts;
    const lurks = this.stream.unit() < this.world.input.behaviour.lurking;
    const leaving = this.stream.unit();
    const told = this.lookAtInbox(agent, lurks, conduct);
    const before = this.intents.length;
    timeline.rank(agent, view.tick, this.stream);
    for (let rank = 0; rank < shown.length; rank += 1) {
      const post = shown.post[rank] as number;
      const edge = shown.edge[rank] as number;
      const root = shown.root[rank] as number;
      const reason = edge < 0 ? DISCOVERY : root === post ? FOLLOWED : REPOSTED;
      const place = this.at(rank, reason, root, records.event(post));
      this.intents.add(EXPOSURE, post, edge, -1, place, shown.score[rank] as number);
      if (this.world.input.logScores === true) {
        const at = this.intents.reserveParts(timeline.parts.length);
        timeline.writeParts(rank, this.intents.parts, at);
      }
      if (conduct !== undefined) obey(this.world, this.intents, conduct, { rank, place, shown });
      else if (!lurks) this.respond(agent, rank, place, view);
    }
    if (told || this.intents.length > before + shown.length) return;
    this.intents.add(READ, -1, -1, -1, this.nowhere(), shown.length);
    if (conduct?.leaves ?? leaving < (this.world.input.behaviour.churn?.leaving ?? 0))
      this.intents.add(LEAVE, -1, -1, -1, this.nowhere(), 0);
  }

  /** @returns whether somebody had answered the agent */
  private lookAtInbox(agent: number, lurks: boolean, conduct?: Conduct): boolean {
    const comment = this.world.inbox[agent] as number;
    if (comment < 0) return false;
    const { comments } = this.world;
    const root = comments.root[comment] as number;
    const place = this.at(-1, NOTIFICATION, root, comments.event[comment] as number);
    this.intents.add(EXPOSURE, root, -1, comment, place, 0);
    const answers = this.stream.unit() < this.world.input.behaviour.answering;
    if (conduct === undefined ? answers && !lurks : answersTold(conduct))
      this.intents.add(COMMENT, root, -1, comment, place, 0);
    return true;
  }

  /** Every kind of act is a decision of its own; all share one appeal. */
  private respond(agent: number, rank: number, place: Place, view: TickView): void {
    const { odds, draws, intents } = this;
    const { shown } = this.timeline;
    const post = shown.post[rank] as number;
    const root = shown.root[rank] as number;
    const edge = shown.edge[rank] as number;
    const appeal = exp(this.appeal(agent, rank));
    draws.open(view.itemKey, agent, root);
    if (decides(draws.unit(DRAW.reaction), (odds.reaction[agent] as number) * appeal))
      intents.add(REACTION, post, edge, -1, place, this.drawReaction(agent));
    if (decides(draws.unit(DRAW.comment), (odds.comment[agent] as number) * appeal)) {
      const answers = draws.unit(DRAW.answers) < this.world.input.behaviour.replyShare;
      intents.add(COMMENT, post, edge, answers ? this.pickComment(agent, root) : -1, place, 0);
    }
    const passing = draws.unit(DRAW.pass);
    const { effects } = this.world;
    const willing = effects.changesPassing
      ? appeal * effects.passing(agent, post, root, draws.unit(DRAW.goesOn))
      : appeal;
    if (decides(passing, (odds.repost[agent] as number) * willing))
      intents.add(REPOST, post, edge, -1, place, 0);
    // The same draw from its other end, so that quoting or not changes nobody's reposts.
    else if (decides(1 - passing, odds.acts.quote * willing)) intents.add(QUOTE, post, edge, -1, place, 0);
    if (odds.refuses) this.refuse(rank, place, appeal);
    if (odds.acts.follow > 0 && place.reason !== FOLLOWED) this.considerFollowing(rank, place, appeal);
  }

  /** At most one of the ways to want less of a post, from the mildest to the gravest. */
  private refuse(rank: number, place: Place, appeal: number): void {
    const { acts } = this.odds;
    const { shown } = this.timeline;
    const post = shown.post[rank] as number;
    const edge = shown.edge[rank] as number;
    const bearer = this.world.posts.records.author(post);
    this.left = this.draws.unit(DRAW.refuse);
    if (this.takes(acts.dismiss, appeal)) this.intents.add(DISMISS, post, edge, -1, place, 0);
    else if (edge >= 0 && this.takes(acts.unfollow, appeal))
      this.intents.add(UNFOLLOW, post, edge, bearer, place, 0);
    else if (this.takes(acts.mute, appeal)) this.intents.add(MUTE, post, edge, bearer, place, 0);
    else if (this.takes(acts.report, appeal)) this.intents.add(REPORT, post, edge, -1, place, 0);
    else if (this.takes(acts.block, appeal)) this.intents.add(BLOCK, post, edge, bearer, place, 0);
  }

  /** Takes its share of what is left of a draw; what appeals is refused less. */
  private takes(odds: number, appeal: number): boolean {
    this.left -= odds / (appeal + odds);
    return this.left < 0;
  }

  private considerFollowing(rank: number, place: Place, appeal: number): void {
    if (!decides(this.draws.unit(DRAW.follow), this.odds.acts.follow * appeal)) return;
    const { shown } = this.timeline;
    const post = shown.post[rank] as number;
    const author = this.world.posts.records.origin(post);
    this.intents.add(FOLLOW, post, -1, author, place, 0);
  }

  /** Log-odds that the reader's interests, its tie to the bearer, the text and the crowd add to every decision. */
  private appeal(agent: number, rank: number): number {
    const { agents, behaviour } = this.world.input;
    this.timeline.lookAt(rank);
    const { signals } = this.timeline;
    return (
      behaviour.interestPull * (agents.selectivity[agent] as number) * signals.interest +
      behaviour.affinityPull * signals.affinity +
      behaviour.qualityPull * (signals.quality - 0.5) +
      this.world.posts.records.lift(signals.post) +
      this.agreement(agent, signals.post) +
      this.world.effects.pull(agent, this.world.posts.records.origin(signals.post)) +
      (agents.conformity[agent] as number) * signals.popularity
    );
  }

  /** Log-odds that standing where a post does adds, and standing elsewhere takes away. */
  private agreement(agent: number, post: number): number {
    const { opinions } = this.world.input;
    if (opinions === undefined || opinions.pull === 0) return 0;
    const { posts, people } = this.world;
    const distance = Math.abs((people.opinion[agent] as number) - (posts.stance[post] as number));
    return opinions.pull * (1 - distance);
  }

  private drawReaction(agent: number): number {
    const { reactionMix } = this.world.input.agents;
    const base = agent * REACTIONS.length;
    let total = 0;
    for (let r = 0; r < REACTIONS.length; r += 1) total += reactionMix[base + r] as number;
    let left = Math.floor(this.draws.unit(DRAW.whichReaction) * total);
    for (let r = 0; r < REACTIONS.length; r += 1) {
      left -= reactionMix[base + r] as number;
      if (left < 0) return r;
    }
    return 0;
  }

  /** One of the latest comments under a post, not the agent's own; -1 when there is none. */
  private pickComment(agent: number, root: number): number {
    const { comments, posts } = this.world;
    const wanted = Math.floor(this.draws.unit(DRAW.whichComment) * COMMENTS_SHOWN);
    let picked = -1;
    let comment = posts.lastComment[root] as number;
    for (let n = 0; n <= wanted && comment >= 0; n += 1) {
      if (comments.author[comment] !== agent) picked = comment;
      comment = comments.previous[comment] as number;
    }
    return picked;
  }

  private at(rank: number, reason: number, root: number, cause: number): Place {
    const { place } = this;
    place.rank = rank;
    place.reason = reason;
    place.root = root;
    place.cause = cause;
    return place;
  }

  /** The place of what is about no entry. */
  private nowhere(): Place {
    return this.at(-1, -1, -1, -1);
  }
}
