import { Secret, TOTP } from 'otpauth';

/** Seconds that a code is shown. */
const PERIOD_S = 30;
/** Steps before and after the current one that count, for clocks that differ (RFC 6238, 5.2). */
const WINDOW = 1;
const SECRET_BYTES = 20;

/** A new secret, base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What an authenticator reads as a QR code: `otpauth://totp/…`. */
export function totpUri(secret: string, username: string): string {
  return totpOf(secret, username).toString();
}

/**
 * The time step that a code belongs to, by RFC 6238 with SHA-1, six digits and 30 seconds, which every authenticator knows.
 * @param at milliseconds since 1970
 * @returns undefined when the code is of no step near
 */
export function stepOfCode(secret: string, code: string, at: number): number | undefined {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: at, window: WINDOW });
  return delta === null ? undefined : Math.floor(at / 1000 / PERIOD_S) + delta;
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'Azt3kNet', label, period: PERIOD_S, secret: Secret.fromBase32(secret) });
}
