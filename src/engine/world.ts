import type { FeedInput } from './feed-input.js';
import { CommentStore, PostStore } from './post-store.js';

/** Posts an agent remembers having been shown; while it does, they are no candidates again. */
export const MEMORY = 64;

/** The state of a run between two ticks: read by everyone in phase 1, changed only in phase 2. */
export class World {
  readonly posts: PostStore;
  readonly comments = new CommentStore();
  /** The latest comment addressed to an agent that it has not looked at, or -1. */
  readonly inbox: Int32Array;
  /** How many of its own drafts each agent has posted. */
  readonly posted: Int32Array;
  /** How often each agent has been shown anything. */
  readonly exposed: Int32Array;
  /** Agents that have been shown anything yet. */
  reached = 0;
  /** Entries below this one are too old to be candidates. */
  windowStart = 0;
  private readonly memory: Int32Array;
  private readonly remembered: Int32Array;

  constructor(readonly input: FeedInput) {
    const { count } = input.agents;
    this.posts = new PostStore(count);
    this.inbox = new Int32Array(count).fill(-1);
    this.posted = new Int32Array(count);
    this.exposed = new Int32Array(count);
    this.memory = new Int32Array(count * MEMORY);
    this.remembered = new Int32Array(count);
  }

  /** Lets entries drop out of the window of candidates. */
  advanceWindow(tick: number): void {
    const oldest = tick - this.input.ranking.windowTicks;
    const { posts } = this;
    while (this.windowStart < posts.length && (posts.tick[this.windowStart] as number) < oldest) {
      this.windowStart += 1;
    }
  }

  remember(agent: number, root: number): void {
    const shown = this.remembered[agent] as number;
    if (shown === 0) this.reached += 1;
    this.memory[agent * MEMORY + (shown % MEMORY)] = root;
    this.remembered[agent] = shown + 1;
  }

  /** The roots an agent remembers, unordered. */
  memoryOf(agent: number): Int32Array {
    const filled = Math.min(this.remembered[agent] as number, MEMORY);
    return this.memory.subarray(agent * MEMORY, agent * MEMORY + filled);
  }
}
