import { zeros } from './columns.js';
import type { CommentStore } from './comment-store.js';
import { type CascadeShapes, type Forest, measureForest } from './metrics/cascade-trees.js';
import type { PostStore } from './post-store.js';

/** Measures every cascade of a run, one row an original post in posting order: a post with all its reposts, quotes and replies, as a tree. */
export function measureCascades(posts: PostStore, comments: CommentStore): CascadeShapes {
  return measureForest(forestOf(posts, comments));
}

/**
 * The cascades of a run as one forest: a repost or quote hangs on the entry it was made from, a comment on the comment it answers or else
 * on the original. Posts come first, then comments, each in the order they were made.
 */
function forestOf(posts: PostStore, comments: CommentStore): Forest {
  const length = posts.length + comments.length;
  const parents = zeros(Int32Array, length);
  parents.set(posts.parent.subarray(0, posts.length));
  for (let comment = 0; comment < comments.length; comment += 1) {
    const answered = comments.parent[comment] as number;
    const original = comments.root[comment] as number;
    parents[posts.length + comment] = answered < 0 ? original : posts.length + answered;
  }
  return { length, parents };
}
