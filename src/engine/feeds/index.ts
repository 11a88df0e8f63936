import { affinity, type AffinitySettings } from './affinity.js';
import { bridging } from './bridging.js';
import { chronological } from './chronological.js';
import { collaborative, type CollaborativeSettings } from './collaborative.js';
import { engagement, type EngagementSettings } from './engagement.js';
import type { Ranker } from './ranker.js';
import { popularity, type PopularitySettings } from './popularity.js';
import { random } from './random.js';

/** A feed by its name, with what may be set of it. A custom one is made of the expression at its place among the input's. */
export type FeedSettings =
  | { readonly kind: 'chronological' | 'bridging' | 'random' }
  | ({ readonly kind: 'affinity' } & AffinitySettings)
  | ({ readonly kind: 'popularity' } & PopularitySettings)
  | ({ readonly kind: 'engagement' } & EngagementSettings)
  | ({ readonly kind: 'collaborative' } & CollaborativeSettings)
  | { readonly kind: 'custom'; readonly expression: number };

/**
 * The feed of some settings.
 * @param custom the input's own feeds
 * @throws Error where there is no such expression
 */
export function rankerOf(settings: FeedSettings, custom: readonly Ranker[]): Ranker {
  switch (settings.kind) {
    case 'chronological':
      return chronological;
    case 'popularity':
      return popularity(settings);
    case 'affinity':
      return affinity(settings);
    case 'engagement':
      return engagement(settings);
    case 'collaborative':
      return collaborative(settings);
    case 'bridging':
      return bridging;
    case 'random':
      return random;
    case 'custom':
    default:
      return customRanker(custom, settings.expression);
  }
}
function customRanker(custom: readonly Ranker[], place: number): Ranker {
  const ranker = custom[place];
  if (ranker === undefined) throw new Error(`there is no expression ${place}`);
  return ranker;
}

export type { Ranker } from './ranker.js';
