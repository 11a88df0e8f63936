import type { Language } from '../writing/language.js';
import { LEXICONS } from './sentiment-lexicon.js';
import { isWord, type Tokens } from './tokens.js';

/** How many words back a negation reaches; a punctuation mark stops it. */
const NEGATION_REACH = 3;
/** Both from Hutto and Gilbert, "VADER", ICWSM 2014. */
const NEGATED = -0.74;
const NORMALISATION = 15;
const STRENGTHENED = 1.3;
const WEAKENED = 0.7;

/**
 * The sentiment of a text in [-1, 1]: the sum s of its words' valences (-3 to 3, a lexicon of this project) over
 * sqrt(s² + 15). A valence is multiplied by -0.74 under a negation at most three words before it in the same clause,
 * and by 1.3 or 0.7 after an intensifier or a diminisher. 0 where no word is known.
 */
export function sentiment(tokens: Tokens, language: Language): number {
  const { all } = tokens;
  const { valences, negations, intensifiers, diminishers } = LEXICONS[language];
  let sum = 0;
  for (const [i, token] of all.entries()) {
    let valence = valences.get(token);
    if (valence === undefined) continue;
    for (let back = 1; back <= NEGATION_REACH; back += 1) {
      const before = all[i - back];
      if (before === undefined || !isWord(before)) break;
      if (back === 1 && intensifiers.has(before)) valence *= STRENGTHENED;
      if (back === 1 && diminishers.has(before)) valence *= WEAKENED;
      if (negations.has(before) || (language === 'en' && before.endsWith("n't"))) {
        valence *= NEGATED;
        break;
      }
    }
    sum += valence;
  }
  return sum / Math.sqrt(sum * sum + NORMALISATION);
}
