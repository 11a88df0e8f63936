import { isCardNumber, isIban } from '../pii/checksums.js';

const VALIDATORS = { luhn: isCardNumber, iban: isIban } as const;

/** The checks that a policy may name: a pattern's match counts only as far as its check holds. */
export const CHECK_NAMES = ['luhn', 'iban'] as const satisfies readonly (keyof typeof VALIDATORS)[];

export type CheckName = (typeof CHECK_NAMES)[number];

/**
 * How many characters of `text`, from its start, pass a check: a pattern takes all it can, so the number may be
 * followed by more. Only ends between two groups of letters and digits are tried, the longest first. 0 when none passes.
 */
export function checkedLength(check: CheckName, text: string): number {
  for (let end = text.length; end > 0; end -= 1) {
    const atGroupEnd = end === text.length || !/[0-9a-z]/iu.test(text.charAt(end));
    if (atGroupEnd && VALIDATORS[check](text.slice(0, end))) return end;
  }
  return 0;
}
