import type { CommentStore } from './comment-store.js';
import type { PostStore } from './post-store.js';

/** The cascades of a run, one row an original post, in posting order. */
export interface Cascades {
  readonly roots: Int32Array;
  /** The post itself, its reposts and all comments. */
  readonly sizes: Int32Array;
  /** Steps from the post to the farthest repost or reply; 0 when nothing followed. */
  readonly depths: Int32Array;
}

/** Measures every cascade: a post with all its reposts and replies, as a tree; comments hang on the original. */
export function measureCascades(posts: PostStore, comments: CommentStore): Cascades {
  const sizes = new Int32Array(posts.length);
  const depths = new Int32Array(posts.length);
  const visit = (root: number, depth: number): void => {
    sizes[root] = (sizes[root] as number) + 1;
    if (depth > (depths[root] as number)) depths[root] = depth;
  };
  for (let p = 0; p < posts.length; p += 1) visit(posts.root[p] as number, posts.depth[p] as number);
  for (let c = 0; c < comments.length; c += 1) visit(comments.root[c] as number, comments.depth[c] as number);
  const roots = Int32Array.from({ length: posts.length }, (_, post) => post).filter(
    (post) => posts.root[post] === post,
  );
  return {
    roots,
    sizes: sizes.filter((size) => size > 0),
    depths: roots.map((root) => depths[root] as number),
  };
}
