import { bump, withRoom, zeros } from './columns.js';
import type { FeedDrafts } from './feed-input.js';
import { Records } from './records.js';

/** Latest posts of an author that its followers' sessions look at. */
export const KEPT_POSTS = 4;

/** What is known of an entry, as bits. Those of an original hold for everything that leads to it. */
export const QUOTED = 1;
export const REMOVED = 2;
export const LABELLED = 4;
export const CORRECTED = 8;
export const DOWNRANKED = 16;

/** Posts, reposts and quotes in the order they were made. A repost is an entry of its own that leads to its root. */
export class PostStore {
  length = 0;
  author: Int32Array = new Int32Array(0);
  tick: Int32Array = new Int32Array(0);
  /** The original post; an original is its own root. */
  root: Int32Array = new Int32Array(0);
  /** The entry a repost was made from; -1 for an original. */
  parent: Int32Array = new Int32Array(0);
  /** Reposts between this entry and its root. */
  depth: Int32Array = new Int32Array(0);
  draft: Int32Array = new Int32Array(0);
  /** Where it stands, -1 to 1: of an original, its text; of a quote, what was added. */
  stance: Float32Array = new Float32Array(0);
  /** Counters of a root: sessions that showed it, and what readers did. */
  shown: Int32Array = new Int32Array(0);
  reactions: Int32Array = new Int32Array(0);
  comments: Int32Array = new Int32Array(0);
  reposts: Int32Array = new Int32Array(0);
  quotes: Int32Array = new Int32Array(0);
  reports: Int32Array = new Int32Array(0);
  /** The latest comment on a root, or -1. */
  lastComment: Int32Array = new Int32Array(0);
  /** Two words an entry, for those who look for candidates: its root, and its author's entry before it, or -1. */
  chain: Int32Array = new Int32Array(0);
  /** The latest entry of each agent, or -1. */
  readonly latest: Int32Array;
  /** What is looked at of candidates. */
  readonly records = new Records();

  constructor(
    agents: number,
    private readonly drafts: FeedDrafts,
  ) {
    this.latest = zeros(Int32Array, agents).fill(-1);
  }

  /** @param opinion of the author; the text may stand elsewhere */
  addOriginal(author: number, tick: number, draft: number, opinion: number): number {
    const post = this.add(author, tick, draft, -1);
    const stance = opinion + (this.drafts.slant?.[draft] ?? 0);
    this.stance[post] = Math.min(Math.max(stance, -1), 1);
    return post;
  }

  addRepost(author: number, tick: number, from: number): number {
    const post = this.add(author, tick, this.draft[from] as number, from);
    this.stance[post] = this.stance[from] as number;
    this.passedOn(this.reposts, post);
    return post;
  }

  addQuote(author: number, tick: number, from: number, stance: number): number {
    const post = this.add(author, tick, this.draft[from] as number, from);
    this.stance[post] = stance;
    this.records.mark(post, QUOTED);
    this.passedOn(this.quotes, post);
    return post;
  }

  /** Readers did something with a root: reactions count once, comments, reposts and quotes double. */
  noteReaction(root: number): void {
    bump(this.reactions, root);
    this.records.addPoints(root, 1);
  }

  noteComment(root: number, comment: number): void {
    bump(this.comments, root);
    this.lastComment[root] = comment;
    this.records.addPoints(root, 2);
  }

  private passedOn(counter: Int32Array, post: number): void {
    const root = this.root[post] as number;
    bump(counter, root);
    this.records.addPoints(root, 2);
  }

  private add(author: number, tick: number, draft: number, parent: number): number {
    const post = this.length;
    if (post === this.author.length) this.reserve(post + 1);
    this.author[post] = author;
    this.tick[post] = tick;
    this.root[post] = parent < 0 ? post : (this.root[parent] as number);
    this.parent[post] = parent;
    this.depth[post] = parent < 0 ? 0 : (this.depth[parent] as number) + 1;
    this.draft[post] = draft;
    this.lastComment[post] = -1;
    this.length += 1;
    const root = this.root[post];
    this.chain[2 * post] = root;
    this.chain[2 * post + 1] = this.latest[author] as number;
    const made = { author, tick, root, origin: this.author[root] as number };
    this.records.write(post, made, draft, this.drafts);
    this.latest[author] = post;
    return post;
  }

  private reserve(length: number): void {
    this.author = withRoom(this.author, length);
    this.tick = withRoom(this.tick, length);
    this.root = withRoom(this.root, length);
    this.parent = withRoom(this.parent, length);
    this.depth = withRoom(this.depth, length);
    this.draft = withRoom(this.draft, length);
    this.stance = withRoom(this.stance, length);
    this.shown = withRoom(this.shown, length);
    this.reactions = withRoom(this.reactions, length);
    this.comments = withRoom(this.comments, length);
    this.reposts = withRoom(this.reposts, length);
    this.quotes = withRoom(this.quotes, length);
    this.reports = withRoom(this.reports, length);
    this.lastComment = withRoom(this.lastComment, length);
    this.chain = withRoom(this.chain, 2 * this.author.length);
    this.records.reserve(this.author.length);
  }
}
