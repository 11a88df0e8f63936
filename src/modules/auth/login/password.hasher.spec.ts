import { describe, expect, it } from 'vitest';
import { PasswordHasher } from './password.hasher.js';

const PASSWORD = 'violet harbour seven lanterns';

describe('a hash of a password', () => {
  const hasher = new PasswordHasher();

  it('is argon2id as OWASP recommends it, salted each time', async () => {
    const [first, second] = [await hasher.hash(PASSWORD), await hasher.hash(PASSWORD)];
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(first).not.toBe(second);
  });

  it('belongs to the password as it was given, to the last character', async () => {
    const long = `${PASSWORD} ${'ñ'.repeat(170)}`;
    const hash = await hasher.hash(long);
    expect(await hasher.verify(hash, long, 'known')).toBe(true);
    for (const other of [
      long.slice(0, -1),
      `${long} `,
      long.toUpperCase(),
      long.normalize('NFD'),
      long.trim().slice(1),
    ])
      expect(await hasher.verify(hash, other, 'stranger')).toBe(false);
  });

  it('is checked by one that is made up where there is none', async () => {
    for (const hash of [null, undefined]) expect(await hasher.verify(hash, PASSWORD, 'stranger')).toBe(false);
  });

  it('does not keep who is known in line with strangers, however many', async () => {
    const hash = await hasher.hash(PASSWORD);
    let strangers = 0;
    const flood = Array.from({ length: 200 }, async () => {
      await hasher.verify(hash, 'a guess', 'stranger');
      strangers += 1;
    });
    const ended = Promise.allSettled(flood);
    expect(await hasher.verify(hash, PASSWORD, 'known')).toBe(true);
    expect(strangers).toBeLessThan(10);
    const refused = (await ended).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(200 - 52);
  });
});
