/**
 * The last place in the `reach` units before `at` where one of the words of `cues` stands, or undefined. The nearest word
 * decides what a number is: in "phone 555 0100, order 123" each goes with its own.
 * @param cues a global expression without nested repetition
 */
export function lastCue(text: string, at: number, cues: RegExp, reach: number): RegExpExecArray | undefined {
  const window = text.slice(Math.max(0, at - reach), at);
  let last: RegExpExecArray | undefined;
  // Unlike matchAll this copies no expression.
  cues.lastIndex = 0;
  for (let match = cues.exec(window); match !== null; match = cues.exec(window)) last = match;
  return last;
}

/** Whether the units that end at `at` end in what `pattern`, anchored with $, describes; at most `reach` are read. */
export function endsWith(text: string, at: number, pattern: RegExp, reach: number): boolean {
  return pattern.test(text.slice(Math.max(0, at - reach), at));
}

/** The match of a sticky expression at a place, or null. */
export function matchAt(text: string, at: number, sticky: RegExp): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}
