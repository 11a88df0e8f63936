import { isDigitAt, isWordAt } from './reading.js';

/** More groups and digits than any telephone number has. */
const MAX_GROUPS = 12;
const MAX_DIGITS = 20;

/** As many digits as a number has at least. */
export const LEAST_DIGITS = 7;

/** What may stand between two groups of one number. */
const GAPS = new Set([
  ' ',
  '-',
  '.',
  '/',
  ' - ',
  '- ',
  ' -',
  ' (',
  '-(',
  '(',
  '.(',
  ') ',
  ')',
  ')-',
  ') - ',
  ').',
  ')/',
]);
/** The longest of them. */
export const LONGEST_GAP = 4;

/** Groups of digits that may be one number, such as `+46 (0)8 928 571 38`; places are in the folded text. */
export interface DigitRun {
  /** Where the number begins, with its `+` or bracket. */
  start: number;
  isInternational: boolean;
  /** Whether its first group is in brackets. */
  isBracketed: boolean;
  /** How many digits it has. */
  digits: number;
  /** The digits of each group. */
  groups: string[];
  /** The end of each group, with the bracket that closes behind it. */
  ends: number[];
  /** What stands before each group but the first, brackets included. */
  gaps: string[];
}

function groupEnd(text: string, at: number): number {
  let end = at;
  while (end - at <= MAX_DIGITS && isDigitAt(text, end)) end += 1;
  return end;
}

function gapAt(text: string, at: number): string {
  let end = at;
  while (end - at < LONGEST_GAP && end < text.length && !isWordAt(text, end)) end += 1;
  const gap = text.slice(at, end);
  return isDigitAt(text, end) && GAPS.has(gap) ? gap : '';
}

/** Whether the group behind a gap may belong to a number of so many groups and digits before it. */
function continues(text: string, gap: string, groups: number, digits: number, after: number): boolean {
  if (gap === '') return false;
  const next = groupEnd(text, after);
  // Two whole numbers may follow one another, a slash stands behind a prefix, and so does a bracket, around one group.
  if (digits >= LEAST_DIGITS && next - after >= LEAST_DIGITS) return false;
  if (gap.includes('/') && (groups > 2 || digits >= LEAST_DIGITS)) return false;
  return !gap.endsWith('(') || (groups < 3 && text.charAt(next) === ')');
}

/** Reads the groups of digits from the digit at a place on, as far as they may be one telephone number. */
export function readDigitRun(text: string, first: number): DigitRun {
  const opening = /[+(]{0,2}$/u.exec(text.slice(Math.max(0, first - 2), first))?.[0] ?? '';
  const isBracketed = opening.includes('(') && text.charAt(groupEnd(text, first)) === ')';
  const isInternational = opening.includes('+');
  const openingLength = isBracketed ? opening.length : isInternational ? 1 : 0;
  const run: DigitRun = {
    start: first - openingLength,
    isInternational,
    isBracketed,
    digits: 0,
    groups: [],
    ends: [],
    gaps: [],
  };
  let inBracket = isBracketed;
  for (let at = first; run.groups.length < MAX_GROUPS;) {
    const end = groupEnd(text, at);
    run.groups.push(text.slice(at, end));
    run.ends.push(inBracket ? end + 1 : end);
    run.digits += end - at;
    const gap = gapAt(text, end);
    if (gap.startsWith(')') !== inBracket) return run;
    if (!continues(text, gap, run.groups.length, run.digits, end + gap.length)) return run;
    inBracket = gap.endsWith('(');
    run.gaps.push(gap);
    at = end + gap.length;
  }
  return run;
}
