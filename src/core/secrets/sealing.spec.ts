import { createSecretKey, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSealingKeys, type SealingKey } from './sealing-keys.js';
import { SealBrokenError, sealContext, Sealing } from './sealing.js';

const key = (id: string): SealingKey => ({ id, key: createSecretKey(randomBytes(32)) });
const text = fc.string({ unit: 'grapheme', maxLength: 300 });
const CONTEXT = sealContext('users', 'totp_secret', '1');

/** Whether it is refused in words that repeat neither the sealed nor the plain value. */
function refused(sealing: Sealing, sealed: string, context: string, plain: string): boolean {
  try {
    sealing.open(sealed, context);
    return false;
  } catch (error) {
    const told = error instanceof SealBrokenError ? error.message : '';
    const tells = (value: string): boolean => value.length > 20 && told.includes(value.slice(-20));
    return told !== '' && !tells(sealed) && !tells(plain);
  }
}

describe('Sealing', () => {
  const one = key('one');
  const two = key('two');
  const sealing = new Sealing(() => [one]);

  it('opens what it sealed, whatever the text and the context', () => {
    fc.assert(
      fc.property(text, text, (plain, context) => {
        const sealed = sealing.seal(plain, context);
        expect(sealed).toMatch(/^v1\.one\.[A-Za-z0-9_-]+$/);
        expect(sealing.open(sealed, context)).toBe(plain);
      }),
    );
  });

  it('never gives the same value twice', () => {
    const sealed = Array.from({ length: 1_000 }, () => sealing.seal('same', CONTEXT));
    const nonces = new Set(sealed.map((value) => value.slice('v1.one.'.length, 'v1.one.'.length + 16)));
    expect(nonces.size).toBe(1_000);
  });

  it('refuses a value in which any single bit is another', () => {
    const plain = 'JBSWY3DPEHPK3PXPJBSWY3DP';
    const sealed = Buffer.from(sealing.seal(plain, CONTEXT), 'latin1');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const damaged = Buffer.from(sealed);
      damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(refused(sealing, damaged.toString('latin1'), CONTEXT, plain)).toBe(true);
    }
    const bytes = Buffer.from(sealed.toString('latin1').slice('v1.one.'.length), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(refused(sealing, `v1.one.${damaged.toString('base64url')}`, CONTEXT, plain)).toBe(true);
    }
  });

  it('refuses what was cut, lengthened, or never sealed', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.string(), (plain, at, more) => {
        const sealed = sealing.seal(plain, CONTEXT);
        expect(refused(sealing, sealed.slice(0, at % sealed.length), CONTEXT, plain)).toBe(true);
        expect(refused(sealing, `${sealed}x${more}`, CONTEXT, plain)).toBe(true);
        expect(refused(sealing, more, CONTEXT, plain)).toBe(true);
        expect(refused(sealing, plain, CONTEXT, plain)).toBe(true);
      }),
    );
  });

  it('refuses a value in the place of another', () => {
    fc.assert(
      fc.property(text, text, text, (plain, context, other) => {
        fc.pre(context !== other);
        expect(refused(sealing, sealing.seal(plain, context), other, plain)).toBe(true);
      }),
    );
  });

  it('refuses a value whose key is another or unknown, and says which', () => {
    const sealed = sealing.seal('secret', CONTEXT);
    const impostor = new Sealing(() => [{ ...two, id: 'one' }]);
    expect(() => impostor.open(sealed, CONTEXT)).toThrow(/its key one is another/);
    const stranger = new Sealing(() => [two]);
    expect(() => stranger.open(sealed, CONTEXT)).toThrow(/its key one is not among AZT3KNET_ENCRYPTION_KEYS/);
    // The same key under another name: the name is sealed too.
    const renamed = new Sealing(() => [{ ...one, id: 'uno' }]);
    expect(refused(renamed, sealed.replace('v1.one.', 'v1.uno.'), CONTEXT, 'secret')).toBe(true);
  });

  it('seals with the first key and opens with all', () => {
    const before = sealing.seal('secret', CONTEXT);
    const after = new Sealing(() => [two, one]);
    expect(after.open(before, CONTEXT)).toBe('secret');
    expect([after.isCurrent(before), sealing.isCurrent(before)]).toEqual([false, true]);
    const anew = after.seal('secret', CONTEXT);
    expect(anew.startsWith(after.currentPrefix)).toBe(true);
    expect([after.isCurrent(anew), after.isCurrent('no seal')]).toEqual([true, false]);
  });

  it('takes on keys that change while it is used', () => {
    let keys = [one];
    const changing = new Sealing(() => keys);
    const before = changing.seal('secret', CONTEXT);
    keys = [two, one];
    expect(changing.open(before, CONTEXT)).toBe('secret');
    expect(changing.isCurrent(before)).toBe(false);
  });
});

describe('the list of keys', () => {
  const base64 = randomBytes(32).toString('base64');

  it('is read in its order', () => {
    const keys = parseSealingKeys(` 2025-11:${base64} ,old:${randomBytes(32).toString('base64')}`);
    expect(keys?.map(({ id }) => id)).toEqual(['2025-11', 'old']);
    expect(keys?.[0]?.key.export().toString('base64')).toBe(base64);
  });

  it.each([
    ['without an id', base64],
    ['without a key', 'one:'],
    ['with a short key', `one:${randomBytes(31).toString('base64')}`],
    ['with a long key', `one:${randomBytes(33).toString('base64')}`],
    ['with something that is not base64', `one:${'!'.repeat(44)}`],
    ['with a dot in the id', `o.ne:${base64}`],
    ['with the id of the derived key', `default:${base64}`],
    ['with an id twice', `one:${base64},one:${base64}`],
    ['with an empty entry', `one:${base64},`],
    ['with too many parts', `one:${base64}:x`],
  ])('is refused %s', (_, given) => {
    expect(parseSealingKeys(given)).toBeUndefined();
  });
});
