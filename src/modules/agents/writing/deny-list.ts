import { DENIED_HANDLE_PARTS, DENIED_NAMES } from '../data/denied.js';
import { foldText, foldToAscii } from '../generator/text.js';

const NAMES = DENIED_NAMES.map((name) => ` ${foldText(name)} `);

/** Whether a name is, or has in it, one that nobody may have: that of somebody who is known the world over. */
export function isDeniedName(name: string): boolean {
  const folded = ` ${foldText(name)} `;
  return NAMES.some((denied) => folded.includes(denied));
}

/** Whether a handle claims to be an office, or says what nobody should. */
export function isDeniedHandle(handle: string): boolean {
  const folded = foldToAscii(handle);
  return DENIED_HANDLE_PARTS.some((part) => folded.includes(part));
}
