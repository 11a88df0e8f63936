/** How many letters have to be put in, taken out or changed to get from one text to another. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (let place = 1; place <= to.length; place += 1) {
      const changed = (row[place - 1] as number) + (letter === to[place - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[place] as number) + 1, (next[place - 1] as number) + 1));
    }
    row = next;
  }
  return row.at(-1) as number;
}

/** Of these names the one that was probably meant; undefined when none is near. */
export function nearestName<Name extends string>(given: string, names: readonly Name[]): Name | undefined {
  const far = Math.max(2, Math.floor(given.length / 4));
  const near = names
    .map((name) => ({ name, letters: distance(given, name) }))
    .filter(({ letters }) => letters <= far)
    .toSorted((a, b) => a.letters - b.letters);
  return near[0]?.name;
}
