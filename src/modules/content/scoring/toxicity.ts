/** The heads of the guard's model that make a text toxic. */
const TOXIC = ['hate', 'harassment', 'profanity'] as const;

/**
 * The toxicity of a draft, in [0, 1]: the highest score that the guard's model gave any of its texts for hate, harassment
 * or profanity; null where it scored none.
 */
export function toxicityOf(heads: Readonly<Record<string, number>> | null): number | null {
  if (heads === null) return null;
  const scores = TOXIC.flatMap((head) => heads[head] ?? []);
  return scores.length === 0 ? null : Math.max(...scores);
}
