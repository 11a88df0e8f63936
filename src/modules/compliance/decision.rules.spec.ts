import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { TextHash } from './decision.rules.js';

describe('the hash of texts', () => {
  it.each([1, 3, 400])('is that over the names and texts of %d fields, however long they are', (count) => {
    const hash = new TextHash();
    const plain = createHash('sha256');
    for (let index = 0; index < count; index += 1) {
      const text = `ñ🎨\ud83d ${'a wall '.repeat(index * 10)}`;
      hash.add({ field: `texts[${index}]`, text });
      plain.update(JSON.stringify([`texts[${index}]`, text]));
    }
    expect(hash.digest()).toBe(plain.digest('hex'));
  });
});
