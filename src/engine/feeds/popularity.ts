import { log } from '../math.js';
import type { Ranker } from './ranker.js';

const LN10 = 2.302585092994046;
/** Seconds by which a post has to be newer to make up for a tenth of the points. */
const SECONDS_A_TENFOLD = 45_000;

export interface PopularitySettings {
  /** Minutes of simulated time in a tick. */
  readonly tickMinutes: number;
}

/**
 * The hot score of Reddit: `log10(max(points, 1)) + seconds / 45000`, where the seconds are those from the start to the post and the
 * points its reactions, comments and reposts. Source: Reddit's public code, r2/lib/db/_sorts.pyx, 2015; dislikes are reactions too here.
 */
export function popularity({ tickMinutes }: PopularitySettings): Ranker {
  const perTick = (tickMinutes * 60) / SECONDS_A_TENFOLD;
  return {
    parts: ['reactions', 'comments', 'reposts', 'born'],
    score: (signals) => {
      const points = signals.reactions + signals.comments + signals.reposts;
      return (points > 1 ? log(points) / LN10 : 0) + signals.born * perTick;
    },
  };
}
