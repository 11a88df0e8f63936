/** Whether a text is a payment card number: 13 to 19 digits that meet the Luhn check (ISO/IEC 7812-1). */
function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/[^0-9]/gu, '');
  if (digits.length < 13 || digits.length > 19 || /^0+$/u.test(digits)) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - place));
    const weighted = place % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** Whether a text is an IBAN: 15 to 34 letters and digits whose value is 1 modulo 97 (ISO 13616, ISO/IEC 7064). */
function isIban(text: string): boolean {
  const account = text.replaceAll(/[^0-9a-z]/giu, '').toLowerCase();
  if (!/^[a-z]{2}[0-9]{2}[0-9a-z]{11,30}$/u.test(account)) return false;
  let remainder = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

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
