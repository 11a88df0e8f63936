import { withRoom } from './columns.js';

/** Comments under a post that a reader looks at. */
export const COMMENTS_SHOWN = 4;

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
  /** The number of the event that made it. */
  event: Float64Array = new Float64Array(0);

  /** Adds a comment on `root`, as an answer to `parent` unless that is -1. */
  add(author: number, root: number, parent: number, previous: number): number {
    const comment = this.length;
    this.author = withRoom(this.author, comment + 1);
    this.root = withRoom(this.root, comment + 1);
    this.parent = withRoom(this.parent, comment + 1);
    this.depth = withRoom(this.depth, comment + 1);
    this.previous = withRoom(this.previous, comment + 1);
    this.event = withRoom(this.event, comment + 1);
    this.author[comment] = author;
    this.root[comment] = root;
    this.parent[comment] = parent;
    this.depth[comment] = parent < 0 ? 1 : (this.depth[parent] as number) + 1;
    this.previous[comment] = previous;
    this.length += 1;
    return comment;
  }
}
