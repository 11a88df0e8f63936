import { rankerOf, type Ranker } from './feeds/index.js';
import { KEPT_POSTS, REMOVED } from './post-store.js';
import type { RandomStream } from './random.js';
import { Candidates, Shelf } from './shelf.js';
import { type Part, PARTS, Signals } from './signals.js';
import { RootSet } from './root-set.js';
import { DIMENSIONS } from './vectors.js';
import { feedsOf, MEMORY, type World } from './world.js';

/** The feed one session is shown: the best of what it could see, by the score of the reader's feed. Scratch of one reader. */
export class Timeline {
  /** What is shown. */
  readonly shown: Shelf;
  readonly signals: Signals;
  /** What the scores of the run's feeds are made of, in the order of PARTS. */
  readonly parts: readonly Part[];
  private readonly rankers: readonly Ranker[];
  /** The ranker of the latest {@link rank}. */
  private ranker: Ranker;
  /** Candidates from the network and from outside, where they are kept apart. */
  private readonly inside: Shelf;
  private readonly outside: Shelf;
  private readonly candidates = new Candidates();
  private readonly remembered = new RootSet(MEMORY);
  /** Where what is touched ahead goes, so that no compiler leaves out the loads. */
  protected touched = 0;

  constructor(private readonly world: World) {
    const { input } = world;
    const { size, outside } = input.ranking;
    this.signals = new Signals(world);
    this.rankers = feedsOf(input).map((feed) => rankerOf(feed, input.expressions ?? []));
    this.ranker = this.rankers[0] as Ranker;
    this.parts = PARTS.filter((part) => this.rankers.some(({ parts }) => parts.includes(part)));
    this.shown = new Shelf(size);
    const apart = outside !== undefined;
    this.inside = apart ? new Shelf(size) : this.shown;
    this.outside = apart ? new Shelf(size) : this.shown;
  }

  /** Ranks what `agent` could see at the start of `tick`. Draws one number per discovery candidate. */
  rank(agent: number, tick: number, stream: RandomStream): void {
    const { ranking } = this.world.input;
    this.inside.clear();
    this.outside.clear();
    this.world.recall(agent, this.remembered);
    this.signals.agent = agent;
    this.signals.tick = tick;
    this.candidates.length = 0;
    this.findFollowed(agent);
    this.findOlder();
    this.findOutside(stream);
    this.dropRemembered();
    this.ranker = this.rankers[this.world.effects.feedOf(agent)] as Ranker;
    const { score } = this.ranker;
    const { length } = this.candidates;
    for (let n = 0; n < length; n += 1) this.consider(n, score);
    if (ranking.outside !== undefined) this.mix(ranking.size, ranking.outside);
    this.shown.settle(this.candidates);
  }

  /** Points the signals at an entry that is shown. */
  lookAt(rank: number): void {
    const { signals, shown } = this;
    signals.post = shown.post[rank] as number;
    signals.root = shown.root[rank] as number;
    signals.edge = shown.edge[rank] as number;
    signals.knownInterest = shown.interest[rank] as number;
  }

  /** Writes {@link parts} of the score of an entry that is shown; NaN for what the reader's feed does not ask. */
  writeParts(rank: number, out: Float32Array, at: number): void {
    const { parts, ranker, signals } = this;
    this.lookAt(rank);
    for (let n = 0; n < parts.length; n += 1) {
      const part = parts[n] as Part;
      out[at + n] = ranker.parts.includes(part) ? signals[part] : Number.NaN;
    }
  }

  /**
   * Software prefetch: loads what {@link rank} will look at first of each of some agents, so that these cache misses are on their way
   * at once.
   */
  touch(agents: Int32Array, count: number): void {
    const { world } = this;
    const { offsets, followees } = world.input.graph;
    const { strength, cut } = world.ties;
    const { interests } = world.input.agents;
    let sum = 0;
    for (let n = 0; n < count; n += 1) {
      const agent = agents[n] as number;
      const from = offsets[agent] as number;
      const last = (offsets[agent + 1] as number) - 1;
      sum |= world.touchMemory(agent) | (interests[agent * DIMENSIONS] as number);
      if (last < from) continue;
      sum |= (followees[from] as number) | (followees[last] as number) | (cut[from] as number);
      if ((strength[from] as number) + (strength[last] as number) < 0) sum |= 1;
    }
    this.touched = sum;
  }

  /**
   * The latest entry of everybody followed. Here and below, each is written down and counted only where it holds: no processor guesses
   * well who has posted lately, and a wrong guess costs more than the writing.
   */
  private findFollowed(agent: number): void {
    const { candidates } = this;
    const { ties, posts, windowStart } = this.world;
    const { offsets, followees } = this.world.input.graph;
    const { latest } = posts;
    const { cut } = ties;
    const from = offsets[agent] as number;
    const end = offsets[agent + 1] as number;
    candidates.reserve(end - from);
    const { post: found, edge: by } = candidates;
    let count = candidates.length;
    for (let edge = from; edge < end; edge += 1) {
      const post = latest[followees[edge] as number] as number;
      found[count] = post;
      by[count] = edge;
      count += Number(post >= windowStart) & ~(cut[edge] as number);
    }
    candidates.length = count;
    for (let row = ties.first[agent] as number; row >= 0; row = ties.next[row] as number) {
      const post = latest[ties.target[row] as number] as number;
      if (post >= windowStart && ties.addedCut[row] === 0) candidates.add(post, cut.length + row);
    }
  }

  /** The entries before those. */
  private findOlder(): void {
    const { candidates } = this;
    const { windowStart } = this.world;
    const { chain } = this.world.posts;
    let from = 0;
    for (let older = 1; older < KEPT_POSTS; older += 1) {
      const to = candidates.length;
      candidates.reserve(to - from);
      const { post: found, edge } = candidates;
      let count = to;
      for (let n = from; n < to; n += 1) {
        const post = chain[2 * (found[n] as number) + 1] as number;
        found[count] = post;
        edge[count] = edge[n] as number;
        count += Number(post >= windowStart);
      }
      candidates.length = count;
      from = to;
    }
  }

  private findOutside(stream: RandomStream): void {
    const { posts, windowStart, input } = this.world;
    for (let n = 0; n < input.ranking.discovery; n += 1) {
      const post = windowStart + Math.floor(stream.unit() * (posts.length - windowStart));
      if (post < posts.length) this.candidates.add(post, -1);
    }
  }

  /**
   * Leaves out what the agent remembers. Then touches the records of the rest, one after the other, so that they come into the cache
   * side by side: waiting for each when it is judged took most of a session's time.
   */
  private dropRemembered(): void {
    const { candidates, remembered } = this;
    const { post, root, edge, length } = candidates;
    const { chain, records } = this.world.posts;
    let kept = 0;
    for (let n = 0; n < length; n += 1) {
      const leadsTo = chain[2 * (post[n] as number)] as number;
      post[kept] = post[n] as number;
      edge[kept] = edge[n] as number;
      root[kept] = leadsTo;
      kept += 1 - Number(remembered.has(leadsTo));
    }
    candidates.length = kept;
    this.touched = records.touch(post, root, kept);
  }

  private consider(place: number, rate: Ranker['score']): void {
    const { candidates } = this;
    const post = candidates.post[place] as number;
    const root = candidates.root[place] as number;
    const edge = candidates.edge[place] as number;
    const { barred, posts } = this.world;
    const { records } = posts;
    const { signals } = this;
    const { agent } = signals;
    if (records.origin(post) === agent || records.author(post) === agent) return;
    if (records.is(post, REMOVED)) return;
    if (this.world.effects.leavesOut(agent, root, signals.tick)) return;
    if ((barred.first[agent] as number) >= 0 && this.hides(agent, post)) return;
    signals.post = post;
    signals.root = root;
    signals.edge = edge;
    signals.forget();
    const score = rate(signals);
    candidates.interest[place] = signals.knownInterest;
    (edge < 0 ? this.outside : this.inside).offer(place, root, score);
  }

  private hides(agent: number, post: number): boolean {
    const { posts, barred } = this.world;
    return barred.has(agent, posts.records.author(post)) || barred.has(agent, posts.records.origin(post));
  }

  /** Fills the share from outside the network as far as there is as much, and the rest from inside; or the other way round. */
  private mix(size: number, share: number): void {
    const { inside, outside } = this;
    const second = Math.min(outside.length, Math.max(Math.round(size * share), size - inside.length));
    this.shown.merge(inside, Math.min(inside.length, size - second), outside, second);
  }
}
