import { findCard, findIban, findRoutingNumber, findWallet } from './accounts.js';
import {
  findStreetAfterNumber,
  findStreetBeforeNumber,
  STREETS_BEFORE,
  STREETS_BEHIND,
} from './addresses.js';
import { findEmail, findSpelledEmail } from './email.js';
import { findDateOfBirth, findDocumentNumber, findPostalCode } from './labelled.js';
import { findName, NAME_WORDS } from './names.js';
import { findLetterIds, findNumberIds } from './national-ids.js';
import { findColonAddress, findIpv4 } from './network.js';
import { withoutOverlaps, type Found } from './overlaps.js';
import { findPhone } from './phone.js';
import type { PiiSpan, Report } from './pii-kinds.js';
import { LEAST_DIGITS, LONGEST_GAP } from './digit-run.js';
import { isDigitAt, isWordAt, readText, readToken, type Reading, type Token } from './reading.js';

const AT_SIGN = 0x40;
const COLON = 0x3a;

/** No personal data is a single run of letters and digits longer than this. */
const LONGEST_TOKEN = 90;
const LONGEST_WORD = 10;

type Finder = (reading: Reading, token: Token, report: Report) => void;

/** What a word by itself sets off. */
const WORD_FINDERS = new Map<string, Finder[]>();

function onWords(words: readonly string[], finder: Finder): void {
  for (const word of words) WORD_FINDERS.set(word, [...(WORD_FINDERS.get(word) ?? []), finder]);
}

onWords(['at', 'arroba'], ({ text }, { start, end }, report) => findSpelledEmail(text, start, end, report));
onWords(NAME_WORDS, findName);
onWords(STREETS_BEHIND, findStreetAfterNumber);
onWords(STREETS_BEFORE, findStreetBeforeNumber);

/** Whether a token stands by itself, rather than in the middle of an id, a decimal or a time. */
function standsAlone(text: string, start: number): boolean {
  const before = text.charAt(start - 1);
  if (before === '' || before === ' ' || before === '\n') return true;
  if (before === '-' || before === '.' || before === '_') return !isWordAt(text, start - 2);
  // A chat link ends in a telephone number, other paths in names.
  if (before === '/') return !isWordAt(text, start - 2) || text.slice(start - 6, start) === 'wa.me/';
  return !((before === ':' || before === ',') && isDigitAt(text, start - 2));
}

/** A telephone number with its extension, in one token. */
const EXTENDED = /^[0-9]{4,15}x[0-9]{1,6}$/u;

/** Whether at least LEAST_DIGITS digits follow one another, as most numbers in a text do not. */
function beginsLongNumber(text: string, start: number): boolean {
  let digits = 0;
  for (let at = start, gap = 0; digits < LEAST_DIGITS && gap <= LONGEST_GAP; at += 1) {
    if (isDigitAt(text, at)) {
      digits += 1;
      gap = 0;
    } else if (isWordAt(text, at) || at >= text.length) return false;
    else gap += 1;
  }
  return digits >= LEAST_DIGITS;
}

function findAtNumber(text: string, token: Token, report: Report): void {
  const length = token.end - token.start;
  if (length >= 3) findDocumentNumber(text, token, report);
  findPostalCode(text, token, report);
  findDateOfBirth(text, token, report);
  if (!token.hasLetter) findIpv4(text, token, report);
  const isLong = beginsLongNumber(text, token.start);
  // A CNPJ may have letters among its digits, and a DNI one digit before its first dot.
  if ((isLong && length > 1) || length === 14 || (length <= 2 && text.charAt(token.end) === '.'))
    findNumberIds(text, token, report);
  if (!isLong) return;
  if (!token.hasLetter || EXTENDED.test(text.slice(token.start, token.end))) findPhone(text, token, report);
  if (token.hasLetter) return;
  findCard(text, token, report);
  findRoutingNumber(text, token, report);
}

function findAtWord(reading: Reading, token: Token, report: Report): void {
  const { text } = reading;
  if (token.end - token.start <= LONGEST_WORD && !token.hasDigit) {
    const finders = WORD_FINDERS.get(text.slice(token.start, token.end));
    if (finders !== undefined) for (const find of finders) find(reading, token, report);
  }
  // The letters of an id stand before digits, at most with one separator between.
  if (!token.hasDigit && !isDigitAt(text, token.end + 1)) return;
  findLetterIds(text, token, report);
  if (!token.hasDigit) return;
  findIban(text, token, report);
  findDocumentNumber(text, token, report);
  findPostalCode(text, token, report);
}

function findAtToken(reading: Reading, token: Token, report: Report): void {
  const { text } = reading;
  const length = token.end - token.start;
  if (length > LONGEST_TOKEN) return;
  const startsWithDigit = isDigitAt(text, token.start);
  const next = text.charAt(token.end);
  if (length <= 4 && (next === ':' || (next === '-' && length === 2)) && text.charAt(token.start - 1) !== ':')
    findColonAddress(text, token.start, report);
  if (!startsWithDigit && !token.hasDigit) findAtWord(reading, token, report);
  else if (standsAlone(text, token.start)) {
    if (length >= 26) findWallet(reading, token, report);
    if (startsWithDigit) findAtNumber(text, token, report);
    else findAtWord(reading, token, report);
  }
}

/** Reads every word of a text once; each sets off the finders that its letters and digits allow. */
function findCandidates(reading: Reading): Found[] {
  const { text } = reading;
  const found: Found[] = [];
  const report: Report = (kind, start, end, score) => {
    found.push({ kind, start, end, score });
  };
  const token: Token = { start: 0, end: 0, hasDigit: false, hasLetter: false };
  for (let at = 0; at < text.length;) {
    if (isWordAt(text, at)) {
      readToken(text, at, token);
      at = token.end;
      findAtToken(reading, token, report);
      continue;
    }
    const unit = text.charCodeAt(at);
    if (unit === AT_SIGN) findEmail(text, at, report);
    else if (
      unit === COLON &&
      text.charCodeAt(at + 1) === COLON &&
      !isWordAt(text, at - 1) &&
      isWordAt(text, at + 2)
    )
      findColonAddress(text, at, report);
    at += 1;
  }
  return found;
}

/**
 * Finds the personal data in a text, also where it is disguised: full-width and other digits, invisible characters,
 * `name [at] example [dot] com`. Takes time in proportion to the length of the text, whatever it holds.
 * @returns spans in order that do not overlap, with UTF-16 offsets into `text`
 */
export function findPii(text: string): PiiSpan[] {
  const reading = readText(text);
  return withoutOverlaps(findCandidates(reading)).map(({ kind, start, end, score }) => {
    const [sourceStart, sourceEnd] = reading.sourceSpan(start, end);
    return { kind, start: sourceStart, end: sourceEnd, score };
  });
}
