import { lastCue, matchAt } from './context.js';
import type { Report } from './pii-kinds.js';
import { isWordAt } from './reading.js';

/** The longest local part and domain (RFC 5321). */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;

const LOCAL_END = /[a-z0-9_](?:[a-z0-9_.%+'&=-]{0,62}[a-z0-9_%+=-])?$/u;
const FOREIGN_LOCAL_END = /[\p{L}\p{N}._-]{1,64}$/u;
const DOMAIN = /[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})){1,8}/uy;
const TOP_LEVEL = /^(?:\p{L}{2,24}|xn--[a-z0-9-]{1,59})$/u;

/** After these only a country may follow: of `ana@example.com.thanks` the last word is the next sentence. */
const GENERIC_TOP_LEVEL = new Set(['com', 'org', 'net', 'edu', 'gov', 'gob', 'info', 'io']);

/** Providers whose name after a bare "at" makes a mail address of the word before. */
const PROVIDER = '(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|proton|protonmail|gmx|aol)';

const DOT_WORD =
  '(?: ?[\\[({<] ?(?:dot|punto|ponto|punkt|point|\\.) ?[\\])}>] ?| (?:dot|punto|ponto|punkt) |-dot-)';
const DOT = `(?:\\.|${DOT_WORD})`;
const LABEL = '[a-z0-9][a-z0-9-]{0,40}';
const END = '(?:com|org|net|edu|gov|gob|info|biz|io|co|me|app|dev|mail|xyz|online|[a-z]{2})(?![a-z0-9])';
/** What may follow a spelled "at": a domain whose dots are spelled, or plain ones where `at` stands in brackets. */
const SPELLED_DOMAIN = new RegExp(` ?${LABEL}(?:${DOT}${LABEL}){0,3}${DOT}${END}`, 'uy');
const SPELLED_DOT_DOMAIN = new RegExp(` ${LABEL}(?:${DOT}${LABEL}){0,2}${DOT_WORD}${END}`, 'uy');
const PROVIDER_DOMAIN = new RegExp(` ${PROVIDER}${DOT}${END}`, 'uy');
const AT_CLOSE = / ?[\])}>]/uy;
const AT_OPEN = / ?[[({<] ?$/u;
const SPELLED_LOCAL = new RegExp(`[a-z0-9_](?:[a-z0-9_.%+-]|${DOT_WORD}){0,63}$`, 'u');

/** Words before "at" that are no mailbox: "look at example dot com". */
const NO_MAILBOX =
  /^(?:look|looking|looks|meet|me|us|you|him|her|them|it|is|are|be|was|were|am|find|found|here|there|available|shop|buy|sold|store|more|info|site|online|visit|work|works|working|now|only|or|and|see|read|up|live|page|people|friends|everyone|hosted|blog)$/u;

const MAIL_CUE =
  /\b(?:e-?mails?|mails?|correos?|inbox|write|writes|reach|contact|contacto|contacta|escribe|escribeme|escribir|escriban|send|manda|mandame|address|adresse|schreib|ecris|contato|kontakt)\b/gu;

const isMailExpected = (text: string, at: number): boolean => lastCue(text, at, MAIL_CUE, 48) !== undefined;

/** Where the mailbox that ends at `end` begins, or -1. */
function localStart(text: string, end: number): number {
  const before = text.slice(Math.max(0, end - MAX_LOCAL), end);
  const match = LOCAL_END.exec(before) ?? FOREIGN_LOCAL_END.exec(before);
  if (match === null) return -1;
  const doubled = match[0].lastIndexOf('..');
  return end - match[0].length + (doubled < 0 ? 0 : doubled + 2);
}

/** Where the domain that begins at `start` ends, or -1. */
function domainEnd(text: string, start: number): number {
  const match = matchAt(text, start, DOMAIN);
  if (match === null || match[0].length > MAX_DOMAIN) return -1;
  const labels = match[0].split('.');
  const generic = labels.findIndex((label, place) => place > 0 && GENERIC_TOP_LEVEL.has(label));
  const next = labels[generic + 1] ?? '';
  if (generic > 0 && !/^[a-z]{2}$/u.test(next)) labels.length = generic + 1;
  else if (generic > 0) labels.length = generic + 2;
  while (labels.length > 1 && !TOP_LEVEL.test((labels.at(-1) ?? '').replace(/(?<!-)-+$/u, ''))) labels.pop();
  if (labels.length < 2) return -1;
  return start + labels.join('.').replace(/(?<!-)-+$/u, '').length;
}

/** Reports the mail address around an `@` at a place. */
export function findEmail(text: string, at: number, report: Report): void {
  const spaced = text.charAt(at - 1) === ' ' && text.charAt(at + 1) === ' ';
  const start = localStart(text, spaced ? at - 1 : at);
  const end = domainEnd(text, spaced ? at + 2 : at + 1);
  const spelled = end < 0 ? matchAt(text, at + 1, spaced ? SPELLED_DOT_DOMAIN : SPELLED_DOMAIN) : null;
  if (start >= 0 && end >= 0 && !spaced) report('email', start, end, 1);
  else if (
    start >= 0 &&
    end >= 0 &&
    (matchAt(text, at + 1, PROVIDER_DOMAIN) !== null || isMailExpected(text, start))
  )
    report('email', start, end, 0.7);
  else if (start >= 0 && spelled !== null) report('email', start, spelled.index + spelled[0].length, 0.9);
  else findSpelledEmail(text, at, at + 1, report);
}

/** The spelled domain at a place and how sure it is, where `at` stands in brackets or dashes, or by itself. */
function spelledDomain(
  text: string,
  at: number,
  isMarked: boolean,
): { end: number; score: number } | undefined {
  const forms: readonly [RegExp, number][] = isMarked
    ? [[SPELLED_DOMAIN, 0.9]]
    : [
        [SPELLED_DOT_DOMAIN, 0.8],
        [PROVIDER_DOMAIN, 0.7],
      ];
  for (const [form, score] of forms) {
    const match = matchAt(text, at, form);
    if (match !== null) return { end: at + match[0].length, score };
  }
  return undefined;
}

/** Reports the mail address around a spelled `@` (`at`, `arroba`, `[@]`) at [start, end). */
export function findSpelledEmail(text: string, start: number, end: number, report: Report): void {
  const open = AT_OPEN.exec(text.slice(Math.max(0, start - 3), start))?.[0].length ?? 0;
  const close = open === 0 ? 0 : (matchAt(text, end, AT_CLOSE)?.[0].length ?? 0);
  const isBracketed = close > 0;
  const isDashed = text.charAt(start - 1) === '-' && text.charAt(end) === '-';
  const domain = spelledDomain(text, isDashed ? end + 1 : end + close, isBracketed || isDashed);
  if (domain === undefined) return;
  const localEnd = isBracketed ? start - open : start - 1;
  const local = SPELLED_LOCAL.exec(text.slice(Math.max(0, localEnd - MAX_LOCAL), localEnd))?.[0];
  if (local === undefined || isWordAt(text, localEnd - local.length - 1)) return;
  const from = localEnd - local.length;
  if (!isBracketed && !isDashed && !isMailbox(text, from, local, domain.score)) return;
  report('email', from, domain.end, domain.score);
}

/** Whether the word before a bare "at" is a mailbox: it looks like one, or the text speaks of mail, or the dots are spelled. */
function isMailbox(text: string, start: number, local: string, score: number): boolean {
  return !NO_MAILBOX.test(local) && (score > 0.7 || /[0-9._]/u.test(local) || isMailExpected(text, start));
}
