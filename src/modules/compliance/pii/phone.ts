import { foldCharacter } from '../guard/folding.js';
import { hasCallingCode, isInternational } from './calling-codes.js';
import { endsWith, lastCue, matchAt } from './context.js';
import { LEAST_DIGITS, readDigitRun, type DigitRun } from './digit-run.js';
import type { Report } from './pii-kinds.js';
import { isDigitAt, isWordAt, type Token } from './reading.js';

/** The first groups of a digit run, as one number. */
interface Candidate {
  run: DigitRun;
  groups: readonly string[];
  gaps: readonly string[];
  digits: string;
  /** The lengths of its groups, such as `3-3-4`. */
  shape: string;
}

/** A way of grouping a number: its first digits, a score, and whether it is one between dashes only. */
interface NationalForm {
  first: RegExp;
  score: number;
  dashed?: true;
}

/** How numbers are grouped where people write neither `+` nor a leading 0: the shape, first digits, and a score. */
const NATIONAL_SHAPES: ReadonlyMap<string, readonly NationalForm[]> = new Map([
  // North America, India, Mexico; other first digits are not dialled, but written.
  [
    '3-3-4',
    [
      { first: /^[2-9]/u, score: 0.8 },
      { first: /^[01]/u, score: 0.6, dashed: true },
    ],
  ],
  ['1-3-3-4', [{ first: /^[178]/u, score: 0.85 }]], // 1-800-…
  ['1-3-3-2-2', [{ first: /^[78]/u, score: 0.85 }]], // Russia
  ['3-3-2-2', [{ first: /^[3-9]/u, score: 0.6 }]], // Russia, Ukraine, Turkey
  // Spain, Portugal, Poland
  [
    '3-3-3',
    [
      { first: /^[679]/u, score: 0.55 },
      { first: /^[2-8]/u, score: 0.55, dashed: true },
    ],
  ],
  ['3-2-2-2', [{ first: /^[6-9]/u, score: 0.6 }]], // Spain
  ['2-4-4', [{ first: /^(?:1[1-9]|2[1-9]|[3-9][1-9])/u, score: 0.6 }]], // Mexico, Brazil
  ['2-5-4', [{ first: /^[1-9][1-9]9/u, score: 0.7 }]], // Brazil, mobile
  ['5-5', [{ first: /^(?:[6-9]|2[1-8])/u, score: 0.6 }]], // India, mobile; Greece
  ['4-6', [{ first: /^2[1-8]/u, score: 0.55 }]], // Greece
  ['3-4-4', [{ first: /^1[3-9]/u, score: 0.7 }]], // China, mobile
  // Australia, 1300 and 1800
  [
    '4-3-3',
    [
      { first: /^1[389]00/u, score: 0.7 },
      { first: /^[2-9]/u, score: 0.55, dashed: true },
    ],
  ],
  ['2-3-2-2', [{ first: /^[1-9]/u, score: 0.6 }]], // Poland
]);

const UNITS_AFTER =
  / ?(?:[%€$£¥°]|(?:eur|euros?|usd|dollars?|dolares|mxn|pesos|pounds|gbp|reais|rupees|inr|kg|g|km|km2|m|m2|cm|mm|lb|lbs|people|persons?|personas|habitantes|inhabitants|users|usuarios|followers|seguidores|views|vistas|votes|votos|likes|copies|copias|units|unidades|years|anos|times|veces|points|puntos|rows|items|px|mb|gb|ms|seconds|million|millones)(?![a-z0-9]))/uy;
const PHONE_AFTER =
  /[ -]{0,3}\(?(?:office|oficina|fax|mobile|mobil|movil|mob|cell|celular|cel|home|casa|work|desk|tel|phone|telefono|whatsapp|landline|fijo|hotline)(?![a-z0-9])/uy;
const EXTENSION = /,? ?(?:x|ext\.?:?|extension|poste|anexo|int\.|#) ?[0-9]{1,6}(?![0-9a-z])/uy;

/** Words for a telephone in scripts that folding changes. */
const FOREIGN_CUES = [
  'телефон',
  'тел',
  'ватсап',
  'звоните',
  '电话',
  '手机',
  '電話',
  '携帯',
  '전화',
  '번호',
].map((word) => Array.from(word, foldCharacter).join(''));

/** What says of the next number that it is one to call, and (second group) what says that it is not. */
const CUES = new RegExp(
  `(?<![a-z])(?:(${[
    ...FOREIGN_CUES,
    'tel|telf?|tels|telefonos?|telefone|telefon|telephones?|phones?|ph|phoned|cels?|celulare?s?|movil|moviles|mobiles?|mobil|mob|cells?|cellphone',
    'fono|fax|whatsapp|whats|wsp|wa|handy|rufnummer|portable|gsm|(?:desk|office|home|work|direct|landline)(?: phone)?(?=[:.#])|hotline|helpline|switchboard',
    'call|calls|called|calling|dial|text|texted|sms|ring|reach|contact|contacts?|contacto|answering|messages? to|messages from|registered|pick up',
    'llama|llame|llamen|llamar|llamame|marca|marque|marcame|marcar|escribeme|mensajes? al?|appelez|appeler|appelle|ligue|liga|ligar|anrufen|ruf|chiama|chiamare',
    'contact number|my number|signal|telegram|viber|imessage',
  ].join('|')})|(${[
    'orders?|pedidos?|invoices?|facturas?|ref|reference|referencia|id|ids|isbn|issn|doi|version|v|ver|build|serial|serie|sku|tracking|guia|folio|ticket|case|caso',
    'account|cuenta|lat|lng|lon|latitude|longitude|coordinates|gps|price|precio|cost|total|amount|usd|eur|score|iban|bic|ssn|itin|cpf|cnpj|dni|nie|nif|rfc|curp',
    'card|tarjeta|passport|pasaporte|licen[sc]e|licencia|routing|zip|postcode|cep|plz|part|model|modelo|run|seed|commit|hash|error|port|line|lines|page|pages|vin|imei|item',
  ].join('|')}))(?![a-z])`,
  'gu',
);
const CUE_REACH = 40;

type Cue = 'phone' | 'other' | 'none';

/** What the words around a number say it is; the nearest before it decides. */
function cueAt(text: string, start: number, end: number): Cue {
  if (matchAt(text, end, PHONE_AFTER) !== null) return 'phone';
  if (endsWith(text, start, /(?:wa\.me\/|phone=|tel:)\+?$/u, 12)) return 'phone';
  const cue = lastCue(text, start, CUES, CUE_REACH);
  if (cue === undefined) return 'none';
  return cue[1] === undefined ? 'other' : 'phone';
}

const DAY_MONTH =
  '(?:(?:0?[1-9]|[12][0-9]|3[01])-(?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12][0-9]|3[01]))';
const YEAR = '(?:19|20)[0-9]{2}';
const DATE = new RegExp(
  `^(?:${DAY_MONTH}-(?:[0-9]{2}$|${YEAR}(?:-|$))|${YEAR}-${DAY_MONTH}(?:-|$)|${YEAR}-${YEAR}$)`,
  'u',
);

/** Whether the groups are a date, with a time behind it or not, or a span of years. */
const isDate = ({ groups, gaps }: Candidate): boolean =>
  isUniform(gaps.slice(0, 2)) && DATE.test(groups.join('-'));

const isUniform = (gaps: readonly string[]): boolean => gaps.every((gap) => gap === gaps[0]);

/** Decimals and versions have dots among other separators, or digits in front of the dot alone. */
const hasStrayDots = ({ gaps, groups, run }: Candidate): boolean =>
  gaps.some((gap) => gap === '.') &&
  !run.isInternational &&
  (!isUniform(run.isBracketed ? gaps.slice(1) : gaps) || groups.length < 3) &&
  !run.isBracketed;

/** `+` or a prefix for calls abroad, and a calling code with as many digits as it has; a 0 in brackets is not dialled. */
function internationalScore({ run, groups, gaps, digits }: Candidate): number {
  const dialled = groups
    .filter((group, place) => place === 0 || group !== '0' || gaps[place - 1]?.endsWith('(') !== true)
    .join('');
  if (run.isInternational) {
    if (isInternational(dialled)) return 0.95;
    return hasCallingCode(dialled) && digits.length >= 8 && digits.length <= 15 ? 0.7 : 0;
  }
  const prefix = /^(?:00|011)/u.exec(dialled)?.[0];
  return prefix !== undefined && isInternational(dialled.slice(prefix.length)) ? 0.8 : 0;
}

/** A leading 0 for calls within a country, as in Europe, Asia and Australia. */
function trunkScore({ groups, gaps, digits, run, shape }: Candidate): number {
  if (!/^0[1-9]/u.test(digits) || digits.length < 9 || digits.length > 13) return 0;
  if (groups.length === 1) return digits.length === 10 || digits.length === 11 ? 0.55 : 0;
  // 02134-1234 is a North American postal code.
  if (shape === '5-4' && gaps[0] === '-') return 0;
  if ((groups[0] ?? '').length < 2 || groups.slice(1).some((group) => group.length < 2)) {
    return run.isBracketed || /^[0-9]{3,5}-[0-9]-[0-9]{4}$/u.test(groups.join('-')) ? 0.6 : 0;
  }
  // Pairs throughout are French, and otherwise times or scores.
  if (/^2(?:-2)*$/u.test(shape)) return shape === '2-2-2-2-2' && isUniform(gaps) ? 0.75 : 0;
  return 0.75;
}

/** An area code in brackets, unless it is a year. */
function bracketScore({ groups, digits, run }: Candidate): number {
  const [area = '', ...rest] = groups;
  if (!run.isBracketed || rest.length === 0 || rest.length > 4 || area.length < 2 || area.length > 5)
    return 0;
  if (/^(?:19|20)[0-9]{2}$/u.test(area) || rest.some((group) => group.length < 2)) return 0;
  return digits.length >= 7 && digits.length <= 12 ? 0.7 : 0;
}

function nationalScore({ shape, digits, groups, gaps, run }: Candidate): number {
  const isDashed = gaps.every((gap) => gap === '-');
  const form = NATIONAL_SHAPES.get(shape)?.find(
    ({ first, dashed }) => first.test(digits) && (dashed === undefined || isDashed),
  );
  if (form === undefined) return 0;
  if (run.isBracketed) return form.score;
  // 700 000 000 is an amount.
  return groups.slice(1).every((group) => /^0+$/u.test(group)) ? 0 : form.score;
}

/** Digits spelled out one by one, as by those who hide a number, unless they count upwards. */
function spacedScore({ shape, digits, gaps }: Candidate): number {
  if (!/^1(?:-1){8,}$/u.test(shape) || '0123456789012345'.includes(digits)) return 0;
  return isUniform(gaps) ? 0.55 : 0;
}

/** Groups that a word calls a telephone number: of 7 to 13 digits, in any grouping in use. */
function namedScore({ groups, digits, shape }: Candidate): number {
  if (digits.length > 13) return 0;
  if (/^1(?:-1){6,}$/u.test(shape)) return 0.7;
  if (groups.length > 6) return 0;
  const short = groups.filter((group) => group.length < 2).length;
  return short <= 1 && !/^0+$/u.test(digits) ? 0.85 : 0;
}

function formScore(candidate: Candidate): number {
  return Math.max(
    internationalScore(candidate),
    trunkScore(candidate),
    bracketScore(candidate),
    nationalScore(candidate),
    spacedScore(candidate),
  );
}

/** Fifteen of an international number, and three of a prefix. */
const MOST_DIGITS = 18;

/** How sure a form is that stays one whatever the words around it say. */
const OWN_RIGHT = 0.8;

/** The score of the first `count` groups of a run as a telephone number; 0 where they are none. */
function score(run: DigitRun, count: number, cue: Cue): number {
  const groups = run.groups.slice(0, count);
  const gaps = run.gaps.slice(0, count - 1);
  const candidate: Candidate = {
    run,
    groups,
    gaps,
    digits: groups.join(''),
    shape: groups.map(({ length }) => length).join('-'),
  };
  if (candidate.digits.length < LEAST_DIGITS || candidate.digits.length > MOST_DIGITS) return 0;
  if (!run.isInternational && !run.isBracketed && (isDate(candidate) || hasStrayDots(candidate))) return 0;
  const form = formScore(candidate);
  const isWhole = count === run.groups.length;
  if (cue === 'phone') {
    const named = isWhole ? namedScore(candidate) : 0;
    return form > 0 ? Math.min(0.95, Math.max(form, named) + 0.1) : named;
  }
  // Of a longer run of digits only a form that is sure by itself is taken, and only up to a space.
  if (!isWhole && (form < 0.7 || run.gaps[count - 1] !== ' ')) return 0;
  return cue === 'other' && form < OWN_RIGHT ? 0 : form;
}

const GAPS_BEFORE = ' .,:/-';

/** Whether digits and a separator stand directly before a place, so that what begins there is the rest of a number. */
function followsNumber(text: string, start: number): boolean {
  const before = text.charAt(start - 1) === '(' ? start - 1 : start;
  if (!GAPS_BEFORE.includes(text.charAt(before - 1)) || !/[0-9)]/u.test(text.charAt(before - 2)))
    return false;
  // Behind a whole number and a space the next one begins.
  return !endsWith(text, before, /[0-9]{7} $/u, 8);
}

/** How those forms begin that are sure enough to be taken behind other digits. */
const SURE_BEGINNING = /(?:[178][ .-]{0,2}\(?)?[0-9]{3}\)?[ .-]{0,2}[0-9]{3}[ .-]|00|011/uy;

/** Whether a number may end at a place: no letter, decimals, percent sign or unit follows. */
function mayEndAt(text: string, end: number): boolean {
  if (isWordAt(text, end) || text.charAt(end) === '_') return false;
  if (/[.,:/@-]/u.test(text.charAt(end)) && isDigitAt(text, end + 1)) return false;
  return matchAt(text, end, UNITS_AFTER) === null;
}

/** Reports the telephone number that begins with a token of digits, its extension included. */
export function findPhone(text: string, token: Token, report: Report): void {
  const isRest = followsNumber(text, token.start);
  if (isRest && matchAt(text, token.start, SURE_BEGINNING) === null) return;
  const run = readDigitRun(text, token.start);
  if (run.digits < LEAST_DIGITS) return;
  if (/[$€£¥#_]$/u.test(text.slice(Math.max(0, run.start - 1), run.start))) return;
  // Behind other digits a number is one by its own form, whatever word stands before them all.
  const cue = isRest ? 'none' : cueAt(text, run.start, run.ends.at(-1) ?? token.end);
  for (let count = run.groups.length; count > 0; count -= 1) {
    const end = run.ends[count - 1] ?? token.end;
    const extension = matchAt(text, end, EXTENSION)?.[0].length ?? 0;
    if (extension === 0 && !(count < run.groups.length || mayEndAt(text, end))) continue;
    const found = score(run, count, cue);
    if (found < 0.5 || (isRest && found < OWN_RIGHT)) continue;
    report('phone', run.start, end + extension, found);
    return;
  }
}
