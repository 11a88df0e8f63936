/** Digits and letters (a is 10) read as one decimal number, modulo `modulus`. */
function remainder(characters: string, modulus: number): number {
  let rest = 0;
  for (const character of characters) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % modulus;
  }
  return rest;
}

/** The sum of each digit times the weight at its place; places without a weight count nothing. */
function weightedSum(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (const [place, weight] of weights.entries()) sum += Number(digits.charAt(place)) * weight;
  return sum;
}

const allEqual = (text: string): boolean => text === text.charAt(0).repeat(text.length);

/** Whether digits meet the Luhn check (ISO/IEC 7812-1). */
export function meetsLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 0x30;
    const weighted = place % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0 && !allEqual(digits);
}

/** Issuer ranges of payment cards: first digits, and how many digits such a number has (ISO/IEC 7812-1, issuers' own). */
const CARD_BRANDS: readonly { prefix: RegExp; lengths: readonly number[] }[] = [
  { prefix: /^4/u, lengths: [13, 16, 19] }, // Visa
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/u, lengths: [16] }, // Mastercard
  { prefix: /^3[47]/u, lengths: [15] }, // American Express
  { prefix: /^(?:30[0-5]|3095|36|38|39)/u, lengths: [14, 16, 19] }, // Diners Club
  { prefix: /^(?:6011|64[4-9]|65|62|81)/u, lengths: [16, 17, 18, 19] }, // Discover, UnionPay
  { prefix: /^(?:352[89]|35[3-8])/u, lengths: [16, 19] }, // JCB
  { prefix: /^(?:2131|1800)/u, lengths: [15] }, // JCB, older
  { prefix: /^(?:220[0-4]|606282|9792|60|82|508)/u, lengths: [16] }, // Mir, Hipercard, Troy, RuPay
  // Maestro; its shortest numbers only where the first four digits are known.
  { prefix: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/u, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { prefix: /^(?:50|5[678]|6390|67)/u, lengths: [16, 18, 19] },
];

/** Whether a text is a payment card number: an issuer's first digits and length, and the Luhn check; spaces and dashes do not count. */
export function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/[^0-9]/gu, '');
  return (
    meetsLuhn(digits) &&
    CARD_BRANDS.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits))
  );
}

/** How long an IBAN of each country is: those of the SWIFT IBAN registry, then those in use without being in it. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'ad24 ae23 al28 at20 az28 ba20 be16 bg22 bh22 bi27 br29 by28 ch21 cr22 cy28 cz24 de22 dj27 dk18 do28 ee20 eg29 es24 ' +
    'fi18 fk18 fo18 fr27 gb22 ge22 gi23 gl18 gr27 gt28 hn28 hr21 hu28 ie22 il23 iq23 is26 it27 jo30 kw30 kz20 lb28 lc32 ' +
    'li21 lt20 lu20 lv21 ly25 mc27 md24 me22 mk19 mn20 mr27 mt31 mu30 ni28 nl18 no15 om23 pk24 pl28 ps29 pt25 qa29 ro24 ' +
    'rs22 ru33 sa24 sc31 sd18 se24 si19 sk24 sm27 so23 st25 sv28 tl23 tn24 tr26 ua29 va22 vg24 xk20 ye30 ' +
    'ao25 bf28 bj28 cf27 cg27 ci28 cm27 cv25 dz26 ga27 gq27 gw25 ir26 km27 ma28 mg27 ml28 mz25 ne28 sn28 td27 tg28'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** The length of an IBAN that begins with two letters in lower case, or undefined when no country has them. */
export function ibanLength(country: string): number | undefined {
  return IBAN_LENGTHS.get(country);
}

/** Whether a text is an IBAN: its country's length, and 1 modulo 97 (ISO 13616, ISO/IEC 7064); separators do not count. */
export function isIban(text: string): boolean {
  const account = text.replaceAll(/[^0-9a-z]/giu, '').toLowerCase();
  if (ibanLength(account.slice(0, 2)) !== account.length || !/^[a-z]{2}[0-9]{2}/u.test(account)) return false;
  return remainder(account.slice(4) + account.slice(0, 4), 97) === 1;
}

const ROUTING_WEIGHTS = [3, 7, 1, 3, 7, 1, 3, 7, 1];

/** Whether nine digits are an ABA routing number: a Federal Reserve district and the check digit. */
export function isRoutingNumber(digits: string): boolean {
  return (
    /^(?:0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)[0-9]{7}$/u.test(digits) &&
    !allEqual(digits) &&
    weightedSum(digits, ROUTING_WEIGHTS) % 10 === 0
  );
}

const DNI_LETTERS = 'trwagmyfpdxbnjzsqvhlcke';

/** Whether digits and a letter in lower case are a Spanish DNI, or with x, y or z before seven digits a NIE. */
export function isSpanishId(id: string): boolean {
  const digits = id.slice(0, -1).replace(/^[xyz]/u, (letter) => String('xyz'.indexOf(letter)));
  return /^[0-9]{7,8}$/u.test(digits) && id.endsWith(DNI_LETTERS.charAt(Number(digits) % 23));
}

const MX_STATES = new Set(
  'as bc bs cc cl cm cs ch df dg gt gr hg jc mc mn ms nt nl oc pl qt qr sp sl sr tc ts tl vz yn zs ne'.split(
    ' ',
  ),
);

const isMonthAndDay = (monthAndDay: string): boolean =>
  /^(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$/u.test(monthAndDay);

/** Whether 18 letters and digits in lower case have the form of a Mexican CURP: name letters, date, sex, state, consonants. */
export function hasCurpForm(curp: string): boolean {
  return (
    /^[a-z][aeioux][a-z]{2}[0-9]{6}[hmx][a-z]{2}[b-df-hj-np-tv-z]{3}[0-9a-z][0-9]$/u.test(curp) &&
    isMonthAndDay(curp.slice(6, 10)) &&
    MX_STATES.has(curp.slice(11, 13))
  );
}

/** The alphabet of the CURP's check digit; ñ has a place in it, though no character of a CURP is one. */
const CURP_ALPHABET = '0123456789abcdefghijklmnñopqrstuvwxyz';

/** Whether the last digit of a CURP is the one its other characters give. */
export function meetsCurpCheck(curp: string): boolean {
  let sum = 0;
  for (let place = 0; place < 17; place += 1) sum += CURP_ALPHABET.indexOf(curp.charAt(place)) * (18 - place);
  return (10 - (sum % 10)) % 10 === Number(curp.charAt(17));
}

/** Whether 12 or 13 characters in lower case have the form of a Mexican RFC: name letters, date, homoclave. */
export function hasRfcForm(rfc: string): boolean {
  return /^[a-zñ&]{3,4}[0-9]{6}[0-9a-z]{2}[0-9a]$/u.test(rfc) && isMonthAndDay(rfc.slice(-7, -3));
}

const RFC_ALPHABET = '0123456789abcdefghijklmn&opqrstuvwxyz ñ';

/** Whether the last character of an RFC is the one its others give; the RFC of a company counts as with a space before. */
export function meetsRfcCheck(rfc: string): boolean {
  const padded = rfc.padStart(13, ' ');
  let sum = 0;
  for (let place = 0; place < 12; place += 1)
    sum += RFC_ALPHABET.indexOf(padded.charAt(place)) * (13 - place);
  const rest = sum % 11;
  const expected = rest === 0 ? '0' : rest === 1 ? 'a' : String(11 - rest);
  return padded.charAt(12) === expected;
}

/** A check digit of a Brazilian id: 11 less the weighted sum modulo 11, 0 where that has two digits. */
function brazilianCheck(characters: string, firstWeight: number): number {
  let sum = 0;
  let weight = firstWeight;
  for (let place = 0; place < characters.length; place += 1) {
    sum += (characters.charCodeAt(place) - 0x30) * weight;
    weight = weight === 2 ? 9 : weight - 1;
  }
  return sum % 11 < 2 ? 0 : 11 - (sum % 11);
}

/** Whether eleven digits are a Brazilian CPF: both check digits. */
export function isCpf(digits: string): boolean {
  return (
    /^[0-9]{11}$/u.test(digits) &&
    !allEqual(digits) &&
    brazilianCheck(digits.slice(0, 9), 10) === Number(digits.charAt(9)) &&
    brazilianCheck(digits.slice(0, 10), 11) === Number(digits.charAt(10))
  );
}

/** Whether fourteen characters are a Brazilian CNPJ: both check digits. Since 2026 its first twelve may be letters, too. */
export function isCnpj(id: string): boolean {
  const upper = id.toUpperCase();
  return (
    /^[0-9A-Z]{12}[0-9]{2}$/u.test(upper) &&
    !allEqual(upper) &&
    brazilianCheck(upper.slice(0, 12), 5) === Number(upper.charAt(12)) &&
    brazilianCheck(upper.slice(0, 13), 6) === Number(upper.charAt(13))
  );
}

/** Whether nine digits may be a US social security number: no area 000, 666 or 9xx, no group 00, no serial 0000. */
export function isSsn(digits: string): boolean {
  return /^(?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}$/u.test(digits) && !allEqual(digits);
}

/** Whether nine digits may be a US taxpayer number: area 9xx, group 50–65, 70–88, 90–92 or 94–99. */
export function isItin(digits: string): boolean {
  return /^9[0-9]{2}(?:5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-24-9])[0-9]{4}$/u.test(digits);
}

const BECH32_ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const BECH32_GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const BECH32_CONSTANTS = new Set([1, 0x2bc830a3]);

function bech32Step(checksum: number, value: number): number {
  const top = checksum >>> 25;
  let next = ((checksum & 0x1ffffff) << 5) ^ value;
  for (const [bit, generator] of BECH32_GENERATOR.entries()) {
    if (((top >>> bit) & 1) === 1) next ^= generator;
  }
  return next;
}

/** Whether a text in lower case is a Bech32 or Bech32m address (BIP 173, BIP 350): human part, `1`, data, checksum. */
export function isBech32(address: string): boolean {
  const split = address.lastIndexOf('1');
  const human = address.slice(0, split);
  let checksum = 1;
  for (const character of human) checksum = bech32Step(checksum, character.charCodeAt(0) >> 5);
  checksum = bech32Step(checksum, 0);
  for (const character of human) checksum = bech32Step(checksum, character.charCodeAt(0) & 31);
  for (const character of address.slice(split + 1)) {
    const value = BECH32_ALPHABET.indexOf(character);
    if (value < 0) return false;
    checksum = bech32Step(checksum, value);
  }
  return BECH32_CONSTANTS.has(checksum);
}
