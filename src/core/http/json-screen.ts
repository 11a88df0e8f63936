import { BadRequestException } from '@nestjs/common';

/** Deeper than any body is nested. */
const DEPTH_MAX = 32;
/** More values than any body has. */
const VALUES_MAX = 50_000;

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;

/** Where the text ends that begins at `start`; the end of everything when it does not. */
function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (json.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return json.length;
}

/**
 * Looks at a JSON text before it is parsed, in a thousandth of a second for a megabyte: what is nested or wide beyond
 * reason would cost far more later.
 * @throws BadRequestException
 */
export function screenJson(json: string): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfText(json, at);
        break;
      case COMMA:
        values += 1;
        if (values >= VALUES_MAX) refuse(`must have at most ${VALUES_MAX} values`);
        break;
      case 91: // [
      case 123: // {
        depth += 1;
        if (depth > DEPTH_MAX) refuse(`must be nested at most ${DEPTH_MAX} levels deep`);
        break;
      case 93: // ]
      case 125: // }
        depth -= 1;
        break;
    }
  }
}

function refuse(message: string): never {
  throw new BadRequestException(`the body ${message}`);
}
