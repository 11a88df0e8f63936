import { describe, expect, it } from 'vitest';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { Classifiers } from '../../src/modules/compliance/classifiers/classifiers.js';
import { HEADS } from '../../src/modules/compliance/classifiers/heads.js';
import { decodeModel } from '../../src/modules/compliance/classifiers/model-file.js';
import { authoredExamples, type Example } from './authored.js';
import { Datasets } from './datasets.js';
import { obfuscate } from './obfuscate.js';
import { trainModel } from './recipe.js';

const NOTHING = new Datasets('/nowhere');
const INSULT = Int8Array.from(HEADS, (head) => (head === 'harassment' ? 1 : 0));
const NEUTRAL = new Int8Array(HEADS.length);

function example(index: number, rude: boolean): Example {
  const ending = ['in the park', 'at home', 'on the bus', 'in the rain'][index % 4] ?? '';
  return {
    text: `${rude ? 'you are a stupid idiot' : 'we walk with our dog'} ${ending}`,
    labels: rude ? INSULT : NEUTRAL,
    source: 'authored-en-hate',
    fold: (index * 7) % 100,
    weight: 1,
  };
}
const tiny = Array.from({ length: 60 }, (_, index) => example(index, index % 2 === 0));
const trained = (seed: string): Buffer =>
  trainModel({
    datasets: NOTHING,
    authored: tiny,
    own: [],
    dictionaries: { english: ['table'], spanish: ['mesa'] },
    seed,
    report: () => undefined,
  });

describe('training', () => {
  it('gives the same bytes for the same data and seed, and others for another seed', () => {
    const first = trained('a');
    expect(trained('a').equals(first)).toBe(true);
    expect(trained('b').equals(first)).toBe(false);
  });

  it('learns what the labels say', () => {
    const classifiers = new Classifiers(decodeModel(trained('a')));
    const harassment = HEADS.indexOf('harassment');
    const rude = classifiers.scores('you are a stupid idiot')[harassment] ?? 0;
    expect(rude).toBeGreaterThan(classifiers.scores('we walk with our dog')[harassment] ?? 1);
  });
});

describe('the authored texts', () => {
  const texts = authoredExamples('a');

  it('are the same for the same seed', () => {
    expect(authoredExamples('a').map(({ text }) => text)).toEqual(texts.map(({ text }) => text));
  });

  it('leave no choice or slot unwritten', () => {
    expect(texts.filter(({ text }) => /[{}()]/u.test(text))).toEqual([]);
  });

  it('have both kinds of every head, and some of each held back', () => {
    for (const [at, head] of HEADS.entries()) {
      for (const label of [0, 1]) {
        const own = texts.filter(({ labels }) => labels[at] === label);
        expect([head, label, own.length > 100]).toEqual([head, label, true]);
        expect([head, label, own.some(({ fold }) => fold < 10)]).toEqual([head, label, true]);
      }
    }
  });
});

const turn = (): string[] => {
  const draw = new RandomStream(keyFromText('spec'), 0);
  return Array.from({ length: 20 }, () => obfuscate('these are several longer words', draw));
};

describe('the obfuscator of the evaluation', () => {
  it('changes texts, the same way for the same draws', () => {
    expect(turn()).toEqual(turn());
    expect(new Set(turn()).size).toBeGreaterThan(8);
  });
});
