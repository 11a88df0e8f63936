/**
 * p-values adjusted for being several, so that with any of them below alpha the chance of a single wrong rejection is at most alpha: Holm,
 * "A Simple Sequentially Rejective Multiple Test Procedure", Scand. J. Stat. 6 (1979). What has no p-value
 * counts like the others: how many tests there are was settled before anything was known.
 */
export function holm(ps: readonly (number | null)[]): (number | null)[] {
  const known = ps
    .flatMap((p, place) => (p === null ? [] : [{ p, place }]))
    .toSorted((a, b) => a.p - b.p || a.place - b.place);
  const adjusted: (number | null)[] = ps.map(() => null);
  let most = 0;
  for (const [rank, { p, place }] of known.entries()) {
    most = Math.max(most, Math.min(1, (ps.length - rank) * p));
    adjusted[place] = most;
  }
  return adjusted;
}
