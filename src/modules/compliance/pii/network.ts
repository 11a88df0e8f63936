import { isIPv6 } from 'node:net';
import { endsWith, matchAt } from './context.js';
import type { Report } from './pii-kinds.js';
import { isDigitAt, isWordAt, type Token } from './reading.js';

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
/** Every address but those of no host and of the machine itself. */
const IPV4 = new RegExp(`(?!0\\.|127\\.)${OCTET}(?:\\.${OCTET}){3}(?![0-9a-z])`, 'uy');
const DEFANGED_IPV4 = new RegExp(`${OCTET}(?:\\[\\.\\]${OCTET}){3}(?![0-9a-z])`, 'uy');
const IPV6 = /(?:[0-9a-f]{0,4}:){2,8}(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|[0-9a-f]{1,4})?/uy;
const MAC = /[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![0-9a-z])/uy;
const VERSION = /\b(?:v|ver|version|release|build|section|chapter|rev)\.? ?$/u;

/** Reports the IPv4 address that begins with a token of digits, unless it is called a version. */
export function findIpv4(text: string, token: Token, report: Report): void {
  if (token.end - token.start > 3) return;
  const match = matchAt(text, token.start, IPV4) ?? matchAt(text, token.start, DEFANGED_IPV4);
  if (match === null) return;
  const end = token.start + match[0].length;
  // 1.2.3.4.5 is the number of a section or version.
  if (text.charAt(end) === '.' && isDigitAt(text, end + 1)) return;
  if (!endsWith(text, token.start, VERSION, 12)) report('ip', token.start, end, 0.9);
}

/** Reports the IPv6 or MAC address whose first group is a token, or that begins with the `::` at `start`. */
export function findColonAddress(text: string, start: number, report: Report): void {
  const mac = matchAt(text, start, MAC);
  if (mac !== null) {
    report('mac', start, start + mac[0].length, 0.9);
    return;
  }
  const match = matchAt(text, start, IPV6);
  if (match === null) return;
  // A colon after the address belongs to the sentence.
  const address = isIPv6(match[0]) ? match[0] : match[0].replace(/:$/u, '');
  const end = start + address.length;
  // `a::b` is as well a name in a program; an address of some length or with digits is not.
  if (isWordAt(text, end) || !isIPv6(address) || !/[0-9]/u.test(address) || address.length < 6) return;
  report('ip', start, end, 0.9);
}
