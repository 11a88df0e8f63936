/**
 * The Gini coefficient of `total` units spread over `count` holders, of which those not in `held` have none; in [0, 1). Takes time
 * in proportion to the holders and the largest holding, by counting. Source: Gini (1912).
 * @param held whole numbers ≥ 0, in any order
 */
export function countGini(held: ArrayLike<number>, count: number): number {
  let [most, total] = [0, 0];
  for (let i = 0; i < held.length; i += 1) {
    most = Math.max(most, held[i] as number);
    total += held[i] as number;
  }
  if (total === 0 || count === 0) return 0;
  const holders = new Float64Array(most + 1);
  for (let i = 0; i < held.length; i += 1) bump(holders, held[i] as number);
  // Those with nothing stand first, and add nothing but their places.
  let place = count - held.length;
  let weighted = 0;
  for (let holding = 0; holding <= most; holding += 1) {
    const n = holders[holding] as number;
    weighted += holding * (n * place + (n * (n + 1)) / 2);
    place += n;
  }
  return (2 * weighted) / (count * total) - (count + 1) / count;
}

function bump(column: Float64Array, index: number): void {
  column[index] = (column[index] as number) + 1;
}
