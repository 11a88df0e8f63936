import { createHash } from 'node:crypto';
import { ibanLength, isBech32, isCardNumber, isIban, isRoutingNumber, meetsLuhn } from './checksums.js';
import { endsWith, lastCue, matchAt } from './context.js';
import type { Report } from './pii-kinds.js';
import { isWordAt, type Reading, type Token } from './reading.js';

const SHORTEST_CARD = 12;
const LONGEST_CARD = 19;

/** How card numbers are grouped: in fours, like American Express and Diners, Maestro's 6-13, or digit by digit. */
const CARD_FORM =
  /(?:[0-9]{12,19}|[0-9]{4}[ ./-][0-9]{4}[ ./-][0-9]{4}(?:[ ./-][0-9]{1,4}){0,2}|[0-9]{4}([ .-])[0-9]{6}\1[0-9]{4,5}|[0-9]{6}[ .-][0-9]{13}|[0-9](?:[ .-][0-9]){11,18})(?![0-9a-z])/uy;
const LAST_GROUP = /[ ./-][0-9]+$/u;

/** A word that calls what follows in the same clause a card. */
const CARD_CUE =
  /\b(?:cards?|cc|visa|mastercard|amex|maestro|jcb|debit|credit|tarjetas?|cartao|karte|carte)\b[^,;0-9]{0,24}$/u;

const isGap = (character: string): boolean => character === ' ' || character === '-' || character === '.';

/**
 * Reports the payment card number that begins with a token of digits. Beside a word such as "card" the Luhn check is
 * enough, whoever issued it.
 */
export function findCard(text: string, token: Token, report: Report): void {
  // Of digits one by one only the first may begin a card, or a wall of them would be read over and over.
  if (token.end - token.start === 1 && endsWith(text, token.start, /[0-9][ .-]$/u, 2)) return;
  let card = matchAt(text, token.start, CARD_FORM)?.[0] ?? '';
  // The expiry date or the next number may stand behind it.
  for (let tries = 0; tries < 3 && card.length >= SHORTEST_CARD; tries += 1) {
    if (isCardNumber(card)) {
      report('card', token.start, token.start + card.length, 1);
      return;
    }
    const shorter = card.replace(LAST_GROUP, '');
    if (shorter === card) break;
    card = shorter;
  }
  const digits = text.slice(token.start, token.end);
  if (digits.length < SHORTEST_CARD || digits.length > LONGEST_CARD || !meetsLuhn(digits)) return;
  if (endsWith(text, token.start, CARD_CUE, 40)) report('card', token.start, token.end, 0.8);
}

const IBAN_CUE = /\biban\b/gu;

/** Reports the IBAN that begins with a token; one that fails its check only after the word IBAN. */
export function findIban(text: string, token: Token, report: Report): void {
  const length = ibanLength(text.slice(token.start, token.start + 2));
  if (length === undefined) return;
  let at = token.start;
  for (let seen = 0; seen < length; at += 1) {
    if (isWordAt(text, at)) seen += 1;
    else if (seen === 0 || !isGap(text.charAt(at)) || !isWordAt(text, at - 1)) return;
  }
  if (isWordAt(text, at)) return;
  const account = text.slice(token.start, at);
  if (isIban(account)) report('iban', token.start, at, 1);
  else if (/^[a-z]{2}[0-9]{2}/u.test(account) && lastCue(text, token.start, IBAN_CUE, 24) !== undefined)
    report('iban', token.start, at, 0.6);
}

const ROUTING_CUE = /\b(?:routing|aba|rtn|transit)\b/gu;

/** Reports nine digits as a bank's routing number where a word says so and the check digit holds. */
export function findRoutingNumber(text: string, token: Token, report: Report): void {
  if (token.end - token.start !== 9 || !isRoutingNumber(text.slice(token.start, token.end))) return;
  if (lastCue(text, token.start, ROUTING_CUE, 32) !== undefined)
    report('us_routing', token.start, token.end, 1);
}

const BASE58_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Version, hash of 20 bytes, and four bytes of checksum. */
const BASE58_BYTES = 25;

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Whether a text is a Base58Check address of Bitcoin's form. */
function isBase58Address(address: string): boolean {
  let value = 0n;
  for (const character of address) {
    const digit = BASE58_ALPHABET.indexOf(character);
    if (digit < 0) return false;
    value = value * 58n + BigInt(digit);
  }
  const hex = value.toString(16);
  if (hex.length > BASE58_BYTES * 2) return false;
  const bytes = Buffer.from(hex.padStart(BASE58_BYTES * 2, '0'), 'hex');
  const checksum = sha256(sha256(bytes.subarray(0, BASE58_BYTES - 4))).subarray(0, 4);
  return checksum.equals(bytes.subarray(BASE58_BYTES - 4));
}

/** Reports a token that is the address of a crypto wallet; Base58 is case-sensitive, so the author's writing is checked. */
export function findWallet(reading: Reading, token: Token, report: Report): void {
  const { text } = reading;
  const length = token.end - token.start;
  const first = text.charAt(token.start);
  const written = (): string => reading.written(token.start, token.end);
  if (length === 42 && matchAt(text, token.start, /0x[0-9a-f]{40}/uy) !== null)
    report('crypto_wallet', token.start, token.end, 0.8);
  else if (length >= 26 && length <= 35 && '13lmd'.includes(first) && isBase58Address(written()))
    report('crypto_wallet', token.start, token.end, 1);
  else if (
    matchAt(text, token.start, /(?:bc|tb|ltc)1[02-9ac-hj-np-z]{8,87}/uy) !== null &&
    length <= 90 &&
    isBech32(text.slice(token.start, token.end))
  )
    report('crypto_wallet', token.start, token.end, 1);
}
