import { endsWith, lastCue, matchAt } from './context.js';
import type { PiiKind, Report } from './pii-kinds.js';
import { isWordAt, type Token } from './reading.js';

/** How far before a number the word that names it may stand. */
const CUE_REACH = 40;

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)';
const YEAR = '(?:19|20)[0-9]{2}';
const DATE = new RegExp(
  `(?:[0-9]{1,2}([./-])[0-9]{1,2}\\1(?:${YEAR}|[0-9]{2})|${YEAR}([./-])[0-9]{1,2}\\2[0-9]{1,2}|[0-9]{1,2}(?:st|nd|rd|th)? (?:of |de )?${MONTH}\\.?,? (?:del? )?${YEAR})(?![0-9a-z])`,
  'uy',
);
const MONTH_BEFORE = new RegExp(`(?<![a-z])${MONTH}\\.? $`, 'u');
const DAY_AND_YEAR = new RegExp(`[0-9]{1,2}(?:st|nd|rd|th)?,? ${YEAR}(?![0-9a-z])`, 'uy');
const BIRTH_CUE =
  /\b(?:born|birth|birthday|birthdate|dob|nacimiento|naci|nacio|nacida|nacido|cumpleanos|cumple|geboren|geburtstag|geburtsdatum|naissance|nascimento|nascid[ao])\b/gu;

/** Reports a date as one of birth where a word says so. */
export function findDateOfBirth(text: string, token: Token, report: Report): void {
  const { start } = token;
  const month = /[a-z.] $/u.test(text.slice(Math.max(0, start - 2), start))
    ? MONTH_BEFORE.exec(text.slice(Math.max(0, start - 12), start))
    : null;
  const match = month === null ? matchAt(text, start, DATE) : matchAt(text, start, DAY_AND_YEAR);
  if (match === null) return;
  const from = month === null ? start : start - month[0].length;
  if (lastCue(text, from, BIRTH_CUE, CUE_REACH) !== undefined)
    report('date_of_birth', from, start + match[0].length, 0.8);
}

const POSTAL_CUE =
  /(?<![a-z])(?:zip(?: ?codes?)?|post(?:al)? ?codes?|codigo postal|cod\. ?postal|c\.? ?p\.?|cep|plz|postleitzahl|code postal|codigo-postal)(?: (?:is|es|number|no\.?|numero|ist|est))?[ :#=.]{0,3}\n?$/u;
const POSTAL_CODE =
  /(?:[0-9]{5}-[0-9]{3,4}|[0-9]{4}-[0-9]{3}|[0-9]{3}-[0-9]{4}|[0-9]{2}-[0-9]{3}|[0-9]{3} [0-9]{2}|[0-9]{4} (?!is|it|in|on|at|or|to|of|so|we|my|by|es|en|de|la|el|no|ya)[a-z]{2}|[0-9]{4}[a-z]{2}|[0-9]{3,7}|[a-z][0-9][a-z] ?[0-9][a-z][0-9]|[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2})(?![0-9a-z])/uy;

/** Reports what follows the words "zip code", "código postal" and the like. */
export function findPostalCode(text: string, token: Token, report: Report): void {
  const match = endsWith(text, token.start, POSTAL_CUE, 28) ? matchAt(text, token.start, POSTAL_CODE) : null;
  if (match !== null) report('postal_code', token.start, token.start + match[0].length, 0.9);
}

const LICENCE_CUE =
  /\b(?:(?:driver'?s?'?|driving|drivers) (?:licen[sc]e|permit)|licen[sc]e (?:number|no)|dl|licencia de (?:conducir|manejo)|permiso de conducir|carnet de conducir)\b/gu;
const PASSPORT_CUE = /\b(?:passports?|pasaportes?|passeport|reisepass|passaporte|passaporto)\b/gu;
const LICENCE =
  /(?:[a-z]?[0-9]{3,4}(?:[ -][0-9]{2,6}){1,3}|[a-z]{0,3}[0-9]{4,16}|[0-9]{2}[a-z]{3}[0-9]{5})/uy;
const PASSPORT = /(?:[a-z]{0,3}[0-9]{6,9}|[0-9]{2}[a-z]{2}[0-9]{5})/uy;

/** Reports what stands after the words "driver's license" or "passport" and looks like the number of one. */
export function findDocumentNumber(text: string, token: Token, report: Report): void {
  const document = (kind: PiiKind, cue: RegExp, form: RegExp): void => {
    const match = matchAt(text, token.start, form);
    if (match === null) return;
    const end = token.start + match[0].length;
    if (!isWordAt(text, end) && lastCue(text, token.start, cue, CUE_REACH) !== undefined)
      report(kind, token.start, end, 0.9);
  };
  document('us_driver_license', LICENCE_CUE, LICENCE);
  document('passport', PASSPORT_CUE, PASSPORT);
}
