import { rankerOf, type Ranker } from './feeds/index.js';
import { KEPT_POSTS, REMOVED } from './post-store.js';
import type { RandomStream } from './random.js';
import { Candidates, Shelf } from './shelf.js';
import { Signals } from './signals.js';
import { RootSet } from './root-set.js';
import { feedsOf, MEMORY, type World } from './world.js';

/** The feed one session is shown: the best of what it could see, by the score of the reader's feed. Scratch of one reader. */
export class Timeline {
  /** What is shown. */
  readonly shown: Shelf;
  readonly signals: Signals;
  private readonly rankers: readonly Ranker[];
  /** Candidates from the network and from outside, where they are kept apart. */
  private readonly inside: Shelf;
  private readonly outside: Shelf;
  private readonly candidates = new Candidates();
  private readonly remembered = new RootSet(MEMORY);

  constructor(private readonly world: World) {
    const { input } = world;
    const { size, outside } = input.ranking;
    this.signals = new Signals(world);
    this.rankers = feedsOf(input).map((feed) => rankerOf(feed, input.expressions ?? []));
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
    const ranker = this.rankers[this.world.effects.feedOf(agent)] as Ranker;
    const { post, edge, length } = this.candidates;
    for (let n = 0; n < length; n += 1) this.consider(post[n] as number, edge[n] as number, ranker);
    if (ranking.outside !== undefined) this.mix(ranking.size, ranking.outside);
  }

  /** The latest entry of everybody followed. */
  private findFollowed(agent: number): void {
    const { candidates } = this;
    const { ties, posts, windowStart } = this.world;
    const { offsets, followees } = this.world.input.graph;
    const { latest } = posts;
    const { cut } = ties;
    const end = offsets[agent + 1] as number;
    for (let edge = offsets[agent] as number; edge < end; edge += 1) {
      const post = latest[followees[edge] as number] as number;
      if (post >= windowStart && cut[edge] === 0) candidates.add(post, edge);
    }
    for (let row = ties.first[agent] as number; row >= 0; row = ties.next[row] as number) {
      const post = latest[ties.target[row] as number] as number;
      if (post >= windowStart && ties.addedCut[row] === 0) candidates.add(post, cut.length + row);
    }
  }

  /**
   * The entries before those. Apart from what is done with them, so that their records come into the cache side by side: waiting for one
   * after the other took most of a session's time.
   */
  private findOlder(): void {
    const { candidates } = this;
    const { posts, windowStart } = this.world;
    let from = 0;
    for (let older = 1; older < KEPT_POSTS; older += 1) {
      const to = candidates.length;
      for (let n = from; n < to; n += 1) {
        const post = posts.records.before(candidates.post[n] as number);
        if (post >= windowStart) candidates.add(post, candidates.edge[n] as number);
      }
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

  private consider(post: number, edge: number, ranker: Ranker): void {
    const shelf = edge < 0 ? this.outside : this.inside;
    const { barred, posts } = this.world;
    const { records } = posts;
    const { signals } = this;
    const { agent } = signals;
    const root = records.root(post);
    if (records.origin(post) === agent || records.author(post) === agent) return;
    if (this.remembered.has(root) || records.is(post, REMOVED)) return;
    if (this.world.effects.leavesOut(agent, root, signals.tick)) return;
    if ((barred.first[agent] as number) >= 0 && this.hides(agent, post, root)) return;
    signals.post = post;
    signals.root = root;
    signals.edge = edge;
    signals.forget();
    shelf.offer(post, root, edge, ranker(signals), signals.knownInterest);
  }

  private hides(agent: number, post: number, root: number): boolean {
    const { posts, barred } = this.world;
    return barred.has(agent, posts.author[post] as number) || barred.has(agent, posts.author[root] as number);
  }

  /** Fills the share from outside the network as far as there is as much, and the rest from inside; or the other way round. */
  private mix(size: number, share: number): void {
    const { inside, outside } = this;
    const second = Math.min(outside.length, Math.max(Math.round(size * share), size - inside.length));
    this.shown.merge(inside, Math.min(inside.length, size - second), outside, second);
  }
}
