import { measureCascades } from '../../../engine/index.js';
import type { SimulationDraft } from '../feed-mapping.rules.js';
import { type Simulation, SimulationIds } from '../simulation.rules.js';

/** How many posts a report shows. */
const TOP = 10;

/** A post with the largest cascades. */
export interface TopPost {
  readonly post_id: string;
  readonly draft_id: string;
  readonly agent_id: string;
  readonly username_hint: string;
  readonly caption: string;
  readonly action: SimulationDraft['action'];
  readonly labels: readonly string[];
  /** Simulated minutes since the start of tick 0. */
  readonly minute: number;
  /** Sessions that showed it, as itself or as a repost. */
  readonly shown: number;
  readonly reactions: number;
  readonly comments: number;
  readonly reposts: number;
  readonly cascade_size: number;
  readonly cascade_depth: number;
}

/** The posts with the largest cascades; of equal ones those with more reactions, then the earlier. */
export function topPosts(simulation: Simulation): TopPost[] {
  const { posts, comments } = simulation.feed.world;
  const { roots, sizes, depths } = measureCascades(posts, comments);
  const reactionsTo = (row: number): number => posts.reactions[roots[row] as number] as number;
  const ids = SimulationIds.of(simulation);
  return Array.from(roots.keys())
    .toSorted(
      (a, b) => (sizes[b] as number) - (sizes[a] as number) || reactionsTo(b) - reactionsTo(a) || a - b,
    )
    .slice(0, TOP)
    .map((row) => {
      const post = roots[row] as number;
      const draft = simulation.admitted[posts.draft[post] as number] as SimulationDraft;
      const author = simulation.agents[posts.author[post] as number];
      return {
        post_id: ids.post(post),
        draft_id: draft.id,
        agent_id: draft.agent_id,
        username_hint: author?.username_hint ?? '',
        caption: draft.caption,
        action: draft.action,
        labels: draft.labels,
        minute: (posts.tick[post] as number) * simulation.scenario.tick_minutes,
        shown: posts.shown[post] as number,
        reactions: reactionsTo(row),
        comments: posts.comments[post] as number,
        reposts: posts.reposts[post] as number,
        cascade_size: sizes[row] as number,
        cascade_depth: depths[row] as number,
      };
    });
}
