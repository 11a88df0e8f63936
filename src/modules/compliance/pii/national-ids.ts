import {
  hasCurpForm,
  hasRfcForm,
  isCnpj,
  isCpf,
  isItin,
  isSpanishId,
  isSsn,
  meetsCurpCheck,
  meetsRfcCheck,
} from './checksums.js';
import { lastCue, matchAt } from './context.js';
import type { PiiKind, Report } from './pii-kinds.js';
import { isWordAt, type Token } from './reading.js';

/** How far before an id the word that names it may stand. */
const REACH = 40;

const isNamed = (text: string, at: number, cue: RegExp): boolean =>
  lastCue(text, at, cue, REACH) !== undefined;

interface IdForm {
  kind: PiiKind;
  /** Sticky; spaces, dashes, dots and slashes in it do not count. */
  form: RegExp;
  isValid: (id: string) => boolean;
  /** The score of a valid id by itself; 0 where it counts only beside a word that names it. */
  alone: number;
  /** The score of a valid id beside such a word. */
  named: number;
  cue: RegExp;
}

const SSN_CUE = /\b(?:ssn|social security|seguro social|soc sec)\b/gu;
const ITIN_CUE = /\b(?:itin|taxpayer|tin)\b/gu;
const DNI_CUE = /\b(?:dni|nif|documento|identidad)\b/gu;
const NIE_CUE = /\b(?:nie|nif|extranjeros?)\b/gu;
const CPF_CUE = /\b(?:cpf|contribuinte)\b/gu;
const CNPJ_CUE = /\bcnpj\b/gu;

const NUMBER_FORMS: readonly IdForm[] = [
  {
    kind: 'us_ssn',
    form: /[0-9]{3}([ -])[0-9]{2}\1[0-9]{4}/uy,
    isValid: isSsn,
    alone: 0.85,
    named: 0.95,
    cue: SSN_CUE,
  },
  { kind: 'us_ssn', form: /[0-9]{9}/uy, isValid: isSsn, alone: 0, named: 0.9, cue: SSN_CUE },
  {
    kind: 'us_itin',
    form: /[0-9]{3}([ -])[0-9]{2}\1[0-9]{4}/uy,
    isValid: isItin,
    alone: 0.85,
    named: 0.95,
    cue: ITIN_CUE,
  },
  { kind: 'us_itin', form: /[0-9]{9}/uy, isValid: isItin, alone: 0, named: 0.9, cue: ITIN_CUE },
  { kind: 'es_dni', form: /[0-9]{8}[ -]?[a-z]/uy, isValid: isSpanishId, alone: 1, named: 1, cue: DNI_CUE },
  {
    kind: 'es_dni',
    form: /[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}[ -]?[a-z]/uy,
    isValid: isSpanishId,
    alone: 1,
    named: 1,
    cue: DNI_CUE,
  },
  { kind: 'es_dni', form: /[0-9]{7}[ -]?[a-z]/uy, isValid: isSpanishId, alone: 0, named: 1, cue: DNI_CUE },
  {
    kind: 'br_cpf',
    form: /[0-9]{3}\.[0-9]{3}\.[0-9]{3}[-.][0-9]{2}/uy,
    isValid: isCpf,
    alone: 1,
    named: 1,
    cue: CPF_CUE,
  },
  {
    kind: 'br_cpf',
    form: /[0-9]{3}( ?)[0-9]{3}\1[0-9]{3}[ -]?[0-9]{2}/uy,
    isValid: isCpf,
    alone: 0,
    named: 1,
    cue: CPF_CUE,
  },
  {
    kind: 'br_cnpj',
    form: /[0-9a-z]{2}\.[0-9a-z]{3}\.[0-9a-z]{3}\/[0-9a-z]{4}-[0-9]{2}/uy,
    isValid: isCnpj,
    alone: 1,
    named: 1,
    cue: CNPJ_CUE,
  },
  { kind: 'br_cnpj', form: /[0-9a-z]{12}[0-9]{2}/uy, isValid: isCnpj, alone: 0, named: 1, cue: CNPJ_CUE },
];

const LETTER_FORMS: readonly IdForm[] = [
  {
    kind: 'es_nie',
    form: /[xyz][ -]?[0-9]{7}[ -]?[a-z]/uy,
    isValid: isSpanishId,
    alone: 1,
    named: 1,
    cue: NIE_CUE,
  },
  ...NUMBER_FORMS.filter(({ kind }) => kind === 'br_cnpj'),
];

function findForms(forms: readonly IdForm[], text: string, start: number, report: Report): void {
  for (const { kind, form, isValid, alone, named, cue } of forms) {
    const match = matchAt(text, start, form);
    if (match === null || isWordAt(text, start + match[0].length)) continue;
    if (!isValid(match[0].replaceAll(/[ ./-]/gu, ''))) continue;
    const score = isNamed(text, start, cue) ? named : alone;
    if (score > 0) report(kind, start, start + match[0].length, score);
  }
}

const RFC = /[a-z&]{3,4}[ -]?[0-9]{6}[ -]?[0-9a-z]{3}/uy;
const RFC_CUE = /\brfc\b/gu;
/** The RFC of everybody who has none. */
const NOBODYS_RFC = /^x[ae]xx010101000$/u;

/** Also in its groups: name, day of birth, sex and place, and the last two signs. */
const CURP = /[a-z]{4}[ -]?[0-9]{6}[ -]?[a-z]{6}[ -]?[a-z0-9][0-9]/uy;

/** A form this specific is one even with a mistyped check digit, at a lower score. */
function findMexicanIds(text: string, token: Token, report: Report): void {
  const { start } = token;
  const written = matchAt(text, start, CURP)?.[0] ?? '';
  const curp = written.replaceAll(/[ -]/gu, '');
  if (hasCurpForm(curp) && !isWordAt(text, start + written.length))
    report('mx_curp', start, start + written.length, meetsCurpCheck(curp) ? 1 : 0.7);
  const match = matchAt(text, start, RFC);
  if (match === null || isWordAt(text, start + match[0].length)) return;
  const rfc = match[0].replaceAll(/[ -]/gu, '');
  if (!hasRfcForm(rfc) || NOBODYS_RFC.test(rfc)) return;
  const score = meetsRfcCheck(rfc) ? 1 : isNamed(text, start, RFC_CUE) ? 0.7 : rfc.length === 13 ? 0.5 : 0;
  if (score > 0) report('mx_rfc', start, start + match[0].length, score);
}

/** Reports the national ids that begin with a token of digits, or of digits and letters that begins with a digit. */
export function findNumberIds(text: string, token: Token, report: Report): void {
  findForms(NUMBER_FORMS, text, token.start, report);
}

/** Reports the national ids that begin with a token that begins with a letter. */
export function findLetterIds(text: string, token: Token, report: Report): void {
  findForms(LETTER_FORMS, text, token.start, report);
  findMexicanIds(text, token, report);
}
