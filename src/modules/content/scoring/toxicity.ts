import { logistic, logit } from '../../../engine/math.js';
import { rounded } from './rounded.js';

/** The heads of the guard's model that make a text toxic. */
const TOXIC = ['hate', 'harassment', 'profanity'] as const;
/** How many of ordinary posts are toxic; Founta et al. (ICWSM 2018) found 0.1 to 3 % of tweets abusive. */
export const TOXIC_SHARE = 0.01;
/** The model's scores are of a mix of which half is toxic (its card, "Scores are calibrated"). */
const SHIFT = logit(TOXIC_SHARE) - logit(0.5);
/** Of a score of 1 nothing could be told apart. */
const MOST = 1 - 1e-4;

/**
 * The toxicity of a draft, in [0, 1]: the highest score that the guard's model gave any of its texts for hate, harassment
 * or profanity, read as a probability among ordinary posts instead of a mix of which half is toxic (Bayes' rule, the log-odds
 * shifted by those of {@link TOXIC_SHARE}); null where it scored none. A score of 0.99 there is 0.5 here.
 */
export function toxicityOf(heads: Readonly<Record<string, number>> | null): number | null {
  if (heads === null) return null;
  const scores = TOXIC.flatMap((head) => heads[head] ?? []);
  if (scores.length === 0) return null;
  const highest = Math.min(MOST, Math.max(1 - MOST, ...scores));
  return rounded(logistic(logit(highest) + SHIFT));
}
