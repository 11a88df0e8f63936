import { exp } from './math.js';
import { KEPT_POSTS } from './post-store.js';
import type { RandomStream } from './random.js';
import { similarity } from './vectors.js';
import type { World } from './world.js';

const LN2 = 0.6931471805599453;

/**
 * The feed one session is shown: the best `size` candidates by score, best first; of two with one score, the earlier
 * candidate stands higher, and of two entries with one root only the better is kept. Scratch of one reader.
 */
export class Timeline {
  length = 0;
  readonly post: Int32Array;
  readonly edge: Int32Array;
  readonly score: Float64Array;
  /** Similarity of reader and topic, kept for the decisions that follow. */
  readonly interest: Float64Array;
  private readonly recency: Float64Array;
  /** For each root, the session that last found it in its reader's memory. */
  private stamps: Int32Array = new Int32Array(0);
  private session = 0;

  constructor(private readonly world: World) {
    const { size, windowTicks, halfLifeTicks } = world.input.ranking;
    this.post = new Int32Array(size);
    this.edge = new Int32Array(size);
    this.score = new Float64Array(size);
    this.interest = new Float64Array(size);
    this.recency = Float64Array.from({ length: windowTicks + 1 }, (_, age) =>
      exp((-LN2 * age) / halfLifeTicks),
    );
  }

  /** Ranks what `agent` could see at the start of `tick`. Draws one number per discovery candidate. */
  rank(agent: number, tick: number, stream: RandomStream): void {
    this.length = 0;
    this.stampMemory(agent);
    const { graph, ranking } = this.world.input;
    const end = graph.offsets[agent + 1] as number;
    for (let edge = graph.offsets[agent] as number; edge < end; edge += 1) {
      const author = graph.followees[edge] as number;
      for (let slot = 0; slot < KEPT_POSTS; slot += 1) {
        const post = this.world.posts.recentOf(author, slot);
        // Newest first: behind one that is missing or too old there is none to find.
        if (post < this.world.windowStart) break;
        this.consider(agent, post, edge, tick);
      }
    }
    const { windowStart, posts } = this.world;
    for (let n = 0; n < ranking.discovery; n += 1) {
      const post = windowStart + Math.floor(stream.unit() * (posts.length - windowStart));
      if (post < posts.length) this.consider(agent, post, -1, tick);
    }
  }

  private stampMemory(agent: number): void {
    const { posts } = this.world;
    if (this.stamps.length < posts.length) {
      const grown = new Int32Array(posts.length * 2);
      grown.set(this.stamps);
      this.stamps = grown;
    }
    this.session += 1;
    for (const root of this.world.memoryOf(agent)) this.stamps[root] = this.session;
  }

  private consider(agent: number, post: number, edge: number, tick: number): void {
    const { posts, input } = this.world;
    const root = posts.root[post] as number;
    if (this.stamps[root] === this.session || posts.author[root] === agent || posts.author[post] === agent)
      return;
    const { weights } = input.ranking;
    const interest = similarity(
      input.agents.interests,
      agent,
      input.drafts.topics,
      posts.draft[root] as number,
    );
    const affinity = edge < 0 ? 0 : (input.graph.affinity[edge] as number);
    const score =
      weights.affinity * affinity +
      (weights.interest * (1 + interest)) / 2 +
      weights.recency * (this.recency[tick - (posts.tick[post] as number)] as number) +
      weights.popularity * posts.popularity(root);
    this.offer(post, edge, score, interest);
  }

  private offer(post: number, edge: number, score: number, interest: number): void {
    const size = this.post.length;
    if (this.length === size && score <= (this.score[size - 1] as number)) return;
    const { root } = this.world.posts;
    let slot = this.length;
    for (let at = 0; at < this.length; at += 1) {
      if (root[this.post[at] as number] !== root[post]) continue;
      if (score <= (this.score[at] as number)) return;
      slot = at;
      break;
    }
    if (slot === size) slot -= 1;
    else if (slot === this.length) this.length += 1;
    for (; slot > 0 && score > (this.score[slot - 1] as number); slot -= 1) this.move(slot - 1, slot);
    this.post[slot] = post;
    this.edge[slot] = edge;
    this.score[slot] = score;
    this.interest[slot] = interest;
  }

  private move(from: number, to: number): void {
    this.post[to] = this.post[from] as number;
    this.edge[to] = this.edge[from] as number;
    this.score[to] = this.score[from] as number;
    this.interest[to] = this.interest[from] as number;
  }
}
