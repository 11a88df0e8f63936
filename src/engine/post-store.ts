import { withRoom } from './columns.js';

/** Latest posts of an author that its followers' sessions look at. */
export const KEPT_POSTS = 4;

/** Posts and reposts in the order they were made. A repost is an entry of its own that leads to its root. */
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
  /** Counters of a root: sessions that showed it, and what readers did. */
  shown: Int32Array = new Int32Array(0);
  reactions: Int32Array = new Int32Array(0);
  comments: Int32Array = new Int32Array(0);
  reposts: Int32Array = new Int32Array(0);
  /** The latest comment on a root, or -1. */
  lastComment: Int32Array = new Int32Array(0);
  private readonly recent: Int32Array;

  constructor(agents: number) {
    this.recent = new Int32Array(agents * KEPT_POSTS).fill(-1);
  }

  addOriginal(author: number, tick: number, draft: number): number {
    return this.add(author, tick, draft, -1);
  }

  addRepost(author: number, tick: number, from: number): number {
    const post = this.add(author, tick, this.draft[from] as number, from);
    const root = this.root[post] as number;
    this.reposts[root] = (this.reposts[root] as number) + 1;
    return post;
  }

  /** The author's latest entries, newest first; slots not yet filled are -1. */
  recentOf(author: number, slot: number): number {
    return this.recent[author * KEPT_POSTS + slot] as number;
  }

  /** How much readers did with a root, in [0, 1): a half at eight points; comments and reposts count double. */
  popularity(root: number): number {
    const points =
      (this.reactions[root] as number) +
      2 * ((this.comments[root] as number) + (this.reposts[root] as number));
    return points / (points + 8);
  }

  private add(author: number, tick: number, draft: number, parent: number): number {
    const post = this.length;
    this.reserve(post + 1);
    this.author[post] = author;
    this.tick[post] = tick;
    this.root[post] = parent < 0 ? post : (this.root[parent] as number);
    this.parent[post] = parent;
    this.depth[post] = parent < 0 ? 0 : (this.depth[parent] as number) + 1;
    this.draft[post] = draft;
    this.lastComment[post] = -1;
    this.length += 1;
    const base = author * KEPT_POSTS;
    this.recent.copyWithin(base + 1, base, base + KEPT_POSTS - 1);
    this.recent[base] = post;
    return post;
  }

  private reserve(length: number): void {
    if (length <= this.author.length) return;
    this.author = withRoom(this.author, length);
    this.tick = withRoom(this.tick, length);
    this.root = withRoom(this.root, length);
    this.parent = withRoom(this.parent, length);
    this.depth = withRoom(this.depth, length);
    this.draft = withRoom(this.draft, length);
    this.shown = withRoom(this.shown, length);
    this.reactions = withRoom(this.reactions, length);
    this.comments = withRoom(this.comments, length);
    this.reposts = withRoom(this.reposts, length);
    this.lastComment = withRoom(this.lastComment, length);
  }
}

/** Comments in the order they were made; those on one root are chained from the latest back. */
export class CommentStore {
  length = 0;
  author: Int32Array = new Int32Array(0);
  /** The root post. */
  root: Int32Array = new Int32Array(0);
  /** The comment it answers; -1 when it answers the post. */
  parent: Int32Array = new Int32Array(0);
  /** 1 for a comment on the post, one more for each answer. */
  depth: Int32Array = new Int32Array(0);
  /** The comment made before this one on the same root, or -1. */
  previous: Int32Array = new Int32Array(0);

  /** Adds a comment on `root`, as an answer to `parent` unless that is -1. */
  add(author: number, root: number, parent: number, previous: number): number {
    const comment = this.length;
    this.author = withRoom(this.author, comment + 1);
    this.root = withRoom(this.root, comment + 1);
    this.parent = withRoom(this.parent, comment + 1);
    this.depth = withRoom(this.depth, comment + 1);
    this.previous = withRoom(this.previous, comment + 1);
    this.author[comment] = author;
    this.root[comment] = root;
    this.parent[comment] = parent;
    this.depth[comment] = parent < 0 ? 1 : (this.depth[parent] as number) + 1;
    this.previous[comment] = previous;
    this.length += 1;
    return comment;
  }
}
