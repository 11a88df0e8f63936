import { EXPOSURE_REASONS, type Look, type LookEntry } from '../../../engine/index.js';
import { type Simulation, SimulationIds } from '../simulation.rules.js';
import { ACT_KINDS, type ActKind } from './act-kinds.js';
import type { OutsideGroup } from './outside-deciders.js';

/** What an agent can do in a tick. */
export const DEEDS = ['nothing', 'read', 'post', 'return'] as const;
export type Deed = (typeof DEEDS)[number];

/** A comment that can be answered; its number is the engine's. */
export interface OfferedComment {
  readonly comment_id: string;
  readonly agent_id: string;
  readonly number: number;
}

/** An entry of the feed that an agent is shown if it reads. */
export interface OfferedEntry {
  /** From 0. */
  readonly rank: number;
  readonly post_id: string;
  /** The original that the entry leads to, and its number in the engine. */
  readonly root_id: string;
  readonly root: number;
  readonly draft_id: string;
  readonly author_id: string;
  /** Who posted, reposted or quoted it. */
  readonly by_agent_id: string;
  readonly source: (typeof EXPOSURE_REASONS)[number];
  readonly score: number;
  /** The tick in which it was posted, reposted or quoted. */
  readonly tick: number;
  readonly caption: string;
  readonly hashtags: readonly string[];
  readonly comments: readonly OfferedComment[];
  readonly accepts: readonly ActKind[];
}

/** What an agent for whom somebody outside decides is offered in a tick. */
export interface Offer {
  readonly agent_id: string;
  /** Place of its decider in the scenario. */
  readonly decider: number;
  readonly accepts: readonly Deed[];
  /** What it posts if it does. */
  readonly draft: {
    readonly draft_id: string;
    readonly caption: string;
    readonly hashtags: readonly string[];
  } | null;
  /** The comment that it is told of; it is answered by a comment on its post. */
  readonly notification: (OfferedComment & { readonly post_id: string; readonly draft_id: string }) | null;
  readonly feed: readonly OfferedEntry[];
}

/** What the agents of groups are offered in the tick that is open, in the order of their rows; who may do nothing is left out. */
export function offersOf(simulation: Simulation, groups: readonly OutsideGroup[]): Offer[] {
  const maker = new OfferMaker(simulation);
  return groups
    .flatMap(({ place, rows }) => rows.map((row) => ({ place, row })))
    .toSorted((a, b) => a.row - b.row)
    .flatMap(({ place, row }) => {
      const look = simulation.feed.look(row);
      return look === undefined ? [] : [maker.offer(row, place, look)];
    });
}

class OfferMaker {
  private readonly ids: SimulationIds;

  constructor(private readonly simulation: Simulation) {
    this.ids = SimulationIds.of(simulation);
  }

  offer(row: number, decider: number, look: Look): Offer {
    const { admitted } = this.simulation;
    const draft = admitted[look.draft];
    return {
      agent_id: this.agent(row),
      decider,
      accepts: look.away ? ['nothing', 'return'] : ['nothing', 'read', ...(draft ? (['post'] as const) : [])],
      draft:
        look.away || draft === undefined
          ? null
          : { draft_id: draft.id, caption: draft.caption, hashtags: draft.hashtags },
      notification: look.told < 0 ? null : this.notification(look.told),
      feed: look.entries.map((entry) => this.entry(entry)),
    };
  }

  private notification(comment: number): NonNullable<Offer['notification']> {
    const root = this.simulation.feed.world.comments.root[comment] as number;
    return { ...this.comment(comment), post_id: this.ids.post(root), draft_id: this.draftOf(root).id };
  }

  private entry({ rank, post, root, reason, followed, score, comments }: LookEntry): OfferedEntry {
    const { posts } = this.simulation.feed.world;
    const { id, caption, hashtags } = this.draftOf(root);
    const source = EXPOSURE_REASONS[reason] ?? 'discovery';
    return {
      rank,
      post_id: this.ids.post(post),
      root_id: this.ids.post(root),
      root,
      draft_id: id,
      author_id: this.agent(posts.author[root] as number),
      by_agent_id: this.agent(posts.author[post] as number),
      source,
      score: Math.round(score * 10_000) / 10_000,
      tick: posts.tick[post] as number,
      caption,
      hashtags,
      comments: comments.map((comment) => this.comment(comment)),
      accepts: ACT_KINDS.filter(
        (kind) => (kind !== 'follow' || source !== 'followed') && (kind !== 'unfollow' || followed),
      ),
    };
  }

  private comment(comment: number): OfferedComment {
    const author = this.simulation.feed.world.comments.author[comment] as number;
    return { comment_id: this.ids.comment(comment), agent_id: this.agent(author), number: comment };
  }

  private draftOf(root: number) {
    const { admitted, feed } = this.simulation;
    const draft = admitted[feed.world.posts.draft[root] as number];
    if (draft === undefined) throw new Error(`the post ${root} has no draft`);
    return draft;
  }

  private agent(row: number): string {
    return this.simulation.agents[row]?.id ?? '';
  }
}
