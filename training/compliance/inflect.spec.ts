import { describe, expect, it } from 'vitest';
import { maskOf } from '../../src/modules/compliance/classifiers/heads.js';
import { inflections } from './inflect.js';

describe('inflections', () => {
  it.each([
    ['stab', 'harm', 'en', ['stabs', 'stabbed', 'stabbing']],
    ['execute', 'harm', 'en', ['executes', 'executed', 'executing']],
    ['parasites', 'dehuman', 'en', ['parasite']],
    ['asquerosos', 'negative', 'es', ['asqueroso', 'asquerosa', 'asquerosas']],
    ['ladrones', 'negative', 'es', ['ladron', 'ladrona', 'ladronas']],
  ] as const)('of %j as %s', (word, name, language, expected) => {
    expect(inflections(word, maskOf(name), language)).toEqual(expect.arrayContaining([...expected]));
  });

  it('leaves short words and phrases alone', () => {
    expect(inflections('rat', maskOf('dehuman'), 'en')).toEqual([]);
    expect(inflections('go home', maskOf('exclude'), 'en')).toEqual([]);
  });
});
