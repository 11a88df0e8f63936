/**
 * Calling codes (ITU-T E.164) and how many digits a number after them has, where that is narrow; 6 to 12 elsewhere.
 */
const CALLING_CODES: ReadonlyMap<string, readonly [least: number, most: number]> = new Map(
  (
    '1:10 7:10 20:8-10 27:9 30:10 31:9 32:8-9 33:9 34:9 36:8-9 39 40:9 41:9 43:7-13 44:9-10 45:8 46:7-9 47:8 48:9 49:6-12 ' +
    '51:8-9 52:10-11 53 54:10-11 55:10-11 56:9 57:8-10 58:10 60:8-10 61:9 62:7-12 63:8-10 64:8-10 65:8 66:8-9 81:9-10 ' +
    '82:8-10 84:9-10 86:9-11 90:10 91:10 92:9-10 93:9 94:9 95 98:10 211 212:9 213:8-9 216:8 218 220 221:9 222 223 224 225:8-10 ' +
    '226 227 228 229 230 231 232 233:9 234:8-10 235 236 237:8-9 238 239 240 241 242 243:9 244:9 245 246 247 248 249:9 250:9 ' +
    '251:9 252 253 254:9 255:9 256:9 257 258 260:9 261:9 262:9 263 264 265 266 267 268 269 290 291 297 298 299 350:8 351:9 ' +
    '352 353:7-9 354:7-9 355 356:8 357:8 358:6-11 359:7-9 370:8 371:8 372:7-8 373:8 374:8 375:9 376 377:8-9 378 380:9 381 ' +
    '382:8 383 385:8-9 386:8 387:8-9 389:8 420:9 421:9 423:7-9 500 501:7 502:8 503:8 504:8 505:8 506:8 507:7-8 508 509:8 ' +
    '590:9 591:8 592:7 593:8-9 594:9 595:9 596:9 597 598:8 599 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 ' +
    '687 688 689 690 691 692 800 808 850 852:8 853:8 855:8-9 856 870 878 880:8-10 881 882 883 886:8-9 960:7 961:7-8 962:8-9 ' +
    '963:8-9 964:8-10 965:8 966:9 967 968:8 970:8-9 971:8-9 972:8-9 973:8 974:8 975 976:8 977:8-10 979 992:9 993:8 994:9 ' +
    '995:9 996:9 998:9'
  )
    .split(' ')
    .map((entry) => {
      const [code = '', digits = '6-12'] = entry.split(':');
      const [least = 6, most = least] = digits.split('-').map(Number);
      return [code, [least, most] as const];
    }),
);

/** Whether digits without a prefix are a calling code and as many digits as a number there has. */
export function isInternational(digits: string): boolean {
  const range = rangeOf(digits);
  return range !== undefined && range.rest >= range.least && range.rest <= range.most;
}

/** Whether digits begin with a calling code. */
export function hasCallingCode(digits: string): boolean {
  return rangeOf(digits) !== undefined;
}

/** No calling code begins another, so the first that fits is the one. */
function rangeOf(digits: string): { least: number; most: number; rest: number } | undefined {
  for (let length = 1; length <= 3; length += 1) {
    const range = CALLING_CODES.get(digits.slice(0, length));
    if (range !== undefined) return { least: range[0], most: range[1], rest: digits.length - length };
  }
  return undefined;
}
