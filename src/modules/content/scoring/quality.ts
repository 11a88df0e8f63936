/** What quality looks at. */
export interface QualityInput {
  readonly caption: string;
  readonly altText: string;
  readonly hashtags: readonly string[];
  readonly words: readonly string[];
  /** The different ones among them. */
  readonly vocabulary: ReadonlySet<string>;
  /** Those of each variation. */
  readonly variations: readonly ReadonlySet<string>[];
}

/** The window of the moving-average type-token ratio, in words. */
const WINDOW = 25;

/**
 * How well made a draft is, in [0, 1]; the weighted sum of six parts, each in [0, 1]. The weights and plateaus are
 * choices of this project: they reward a caption that fits a feed without scrolling and does not repeat itself.
 *
 * | part | weight | 1 where | 0 where |
 * |---|---|---|---|
 * | length of the caption, characters | 0.25 | 70 to 280 | ≤ 20 or ≥ 600 |
 * | lexical diversity: moving-average type-token ratio over 25 words (Covington and McFall 2010) | 0.20 | ≥ 0.9 | ≤ 0.4 |
 * | freshness: different word pairs per word pair | 0.20 | no pair twice | all the same |
 * | number of hashtags | 0.15 | 3 to 8 | 0 or ≥ 20 |
 * | length of the alt text, characters | 0.10 | 20 to 125 | 0 or ≥ 300 |
 * | variety: mean Jaccard distance of the variations' words from the caption's | 0.10 | ≥ 0.5 | 0 or no variations |
 */
export function quality(input: QualityInput): number {
  const { words } = input;
  return (
    0.25 * plateau(input.caption.length, 20, 70, 280, 600) +
    0.2 * ramp(diversity(words), 0.4, 0.9) +
    0.2 * freshness(words) +
    0.15 * plateau(input.hashtags.length, 0, 3, 8, 20) +
    0.1 * plateau(input.altText.length, 0, 20, 125, 300) +
    0.1 * ramp(variety(input.vocabulary, input.variations), 0, 0.5)
  );
}

/** 0 up to `from`, 1 from `to`, straight in between. */
function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

function plateau(value: number, from: number, low: number, high: number, to: number): number {
  return value <= high ? ramp(value, from, low) : 1 - ramp(value, high, to);
}

function diversity(words: readonly string[]): number {
  if (words.length === 0) return 0;
  const size = Math.min(WINDOW, words.length);
  const counts = new Map<string, number>();
  let sum = 0;
  for (const [i, entering] of words.entries()) {
    counts.set(entering, (counts.get(entering) ?? 0) + 1);
    if (i >= size) {
      const leaving = words[i - size] ?? '';
      const left = (counts.get(leaving) ?? 0) - 1;
      if (left === 0) counts.delete(leaving);
      else counts.set(leaving, left);
    }
    if (i >= size - 1) sum += counts.size / size;
  }
  return sum / (words.length - size + 1);
}

function freshness(words: readonly string[]): number {
  if (words.length < 3) return words.length === 0 ? 0 : 1;
  const pairs = new Set<string>();
  for (let i = 1; i < words.length; i += 1) pairs.add(`${words[i - 1]} ${words[i]}`);
  // All pairs the same leaves one: that is 0, not 1 / n.
  return (pairs.size - 1) / (words.length - 2);
}

function variety(own: ReadonlySet<string>, variations: readonly ReadonlySet<string>[]): number {
  if (variations.length === 0) return 0;
  let sum = 0;
  for (const other of variations) {
    let shared = 0;
    for (const word of other) if (own.has(word)) shared += 1;
    const union = own.size + other.size - shared;
    sum += union === 0 ? 0 : 1 - shared / union;
  }
  return sum / variations.length;
}
