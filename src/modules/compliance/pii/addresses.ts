import { lastCue, matchAt } from './context.js';
import type { Report } from './pii-kinds.js';
import type { Reading, Token } from './reading.js';

/** How far before the word for the street its number may stand, in folded units. */
const STREET_REACH = 64;
const CAPITALISED = "\\p{Lu}[\\p{L}\\p{M}'’-]*";
/** Words for a street behind its name and number. */
export const STREETS_BEHIND: readonly string[] =
  'street st avenue ave road rd boulevard blvd lane ln drive dr court ct square terrace highway hwy parkway pkwy'.split(
    ' ',
  );
const BEFORE_STREET = new RegExp(`[0-9]{1,5}[A-Za-z]? (?:[nsew]\\.? )?(?:${CAPITALISED} ){1,3}$`, 'u');
const UNIT = /,? (?:apt|apartment|suite|ste|unit|floor|#)\.? ?#?[0-9a-z]{1,6}(?![0-9a-z])/uy;

/** Reports `742 Evergreen Lane, apt 4` where the token is the word for the street. */
export function findStreetAfterNumber(reading: Reading, token: Token, report: Report): void {
  const from = Math.max(0, token.start - STREET_REACH);
  const written = reading.written(from, token.start);
  const match = BEFORE_STREET.exec(written);
  if (match === null) return;
  const [sourceStart] = reading.sourceSpan(from, token.start);
  let start = from;
  while (reading.sourceSpan(start, start + 1)[0] < sourceStart + match.index) start += 1;
  const unit = matchAt(reading.text, token.end, UNIT)?.[0].length ?? 0;
  report('address', start, token.end + unit, 0.7);
}

/** Words for a street before its name and number. */
export const STREETS_BEFORE: readonly string[] =
  'calle avenida av avda calz calzada paseo privada callejon boulevard blvd cerrada andador carrera rua rue via viale plaza'.split(
    ' ',
  );
const STREET_AND_NUMBER =
  /\.? (?:(?:de|del|la|las|los|da|do|dos|des|du) ){0,2}[a-z0-9.']{1,20}(?: [a-z.']{1,20}){0,4},? (?:(?:#|no\.?|num\.?|numero|n\.|n°) ?)?[0-9]{1,5}(?:[a-z]|-[0-9a-z]{1,4})?(?![0-9a-z])/uy;
const LIVES =
  /(?<![a-z])(?:vivo|vive|viven|domicilio|direccion|casa|mudamos|mude|live|lives|address)(?![a-z])/gu;

/** Reports `Calle Durango 123` where the token is the word for the street and the street is capitalised or said to be lived in. */
export function findStreetBeforeNumber(reading: Reading, token: Token, report: Report): void {
  const match = matchAt(reading.text, token.end, STREET_AND_NUMBER);
  if (match === null) return;
  const end = token.end + match[0].length;
  const isCapitalised = /^\S+ (?:\p{Ll}{1,3} ){0,2}\p{Lu}/u.test(reading.written(token.start, end));
  if (isCapitalised || lastCue(reading.text, token.start, LIVES, 24) !== undefined)
    report('address', token.start, end, 0.7);
}
