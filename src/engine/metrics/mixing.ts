/** How often members of a group (row) had to do with members of a group (column). */
export type Mixing = readonly ArrayLike<number>[];

/**
 * The E-I index: (external - internal) / all, in [-1, 1]. -1 is closed groups, 1 mixes only across; 0 for nothing. Source:
 * Krackhardt, Stern, "Informal Networks and Organizational Crises", Social Psychology Quarterly 51 (1988).
 */
export function eiIndex(mixing: Mixing): number {
  let [internal, all] = [0, 0];
  for (const [row, counts] of mixing.entries()) {
    internal += counts[row] as number;
    for (let column = 0; column < counts.length; column += 1) all += counts[column] as number;
  }
  return all === 0 ? 0 : (all - 2 * internal) / all;
}

/**
 * The modularity of directed ties whose communities are the groups: Σ (e_cc - a_c b_c), where e are shares of all ties, a those
 * that leave and b those that arrive; in [-1, 1), 0 for nothing and for chance. Source: Newman, "Mixing patterns in
 * networks", Physical Review E 67 (2003); Leicht, Newman, Physical Review Letters 100 (2008).
 */
export function modularity(mixing: Mixing): number {
  const arriving = mixing.map(() => 0);
  const leaving = mixing.map(() => 0);
  let [internal, all] = [0, 0];
  for (const [row, counts] of mixing.entries()) {
    internal += counts[row] as number;
    for (let column = 0; column < counts.length; column += 1) {
      const count = counts[column] as number;
      arriving[column] = (arriving[column] as number) + count;
      leaving[row] = (leaving[row] as number) + count;
      all += count;
    }
  }
  if (all === 0) return 0;
  const chance = leaving.reduce(
    (sum, count, group) => sum + (count / all) * ((arriving[group] as number) / all),
    0,
  );
  return internal / all - chance;
}
