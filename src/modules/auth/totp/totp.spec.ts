import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { newTotpSecret, stepOfCode } from './totp.js';

describe('a secret of an authenticator', () => {
  it('has 160 random bits', () => {
    const secrets = Array.from({ length: 200 }, newTotpSecret);
    expect(new Set(secrets).size).toBe(200);
    const ones = secrets.flatMap((text) => {
      const { bytes } = Secret.fromBase32(text);
      expect(bytes).toHaveLength(20);
      return Array.from(bytes, (byte) => byte.toString(2).replaceAll('0', '').length);
    });
    // Of 32,000 bits half are set, give or take six times the deviation.
    expect(Math.abs(ones.reduce((sum, count) => sum + count, 0) - 16_000)).toBeLessThan(540);
  });

  it('has codes that change every thirty seconds and count one step before and after their own', () => {
    const secret = newTotpSecret();
    const at = 1_800_000_000_000;
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
    const steps = [-2, -1, 0, 1, 2].map((n) => stepOfCode(secret, code, at + n * 30_000));
    const own = at / 30_000;
    // A code of a step far away may be the same by chance, once in a million.
    expect(steps.slice(1, 4)).toEqual([own, own, own]);
    expect([steps[0], steps[4]]).toEqual([undefined, undefined]);
  });
});
