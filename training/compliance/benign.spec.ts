import { describe, expect, it } from 'vitest';
import { loadClassifiers } from '../../src/modules/compliance/classifiers/index.js';
import { HEADS } from '../../src/modules/compliance/classifiers/heads.js';
import { authoredExamples, isBenign, TEST_FOLD } from './authored.js';
import { benignTests, falseAlarms, scoreRules } from './benign.js';

const SEED = 'azt3knet';
/** Of ordinary texts a live rule may take this part for what it is about. */
const MOST_FALSE = 0.005;

describe('the rules on scores', () => {
  it('are there for each head', () => {
    expect(new Set(scoreRules().map(({ head }) => head))).toEqual(new Set(HEADS));
  });

  it('leave ordinary texts alone, those that are live', async () => {
    const rules = scoreRules().filter(({ isLive }) => isLive);
    expect(rules).not.toEqual([]);
    for (const { name, examples } of await benignTests(SEED)) {
      expect([name, examples.length > 500]).toEqual([name, true]);
      for (const [{ rule }, part] of falseAlarms(loadClassifiers(), examples, rules)) {
        expect([name, rule, part <= MOST_FALSE, part]).toEqual([name, rule, true, part]);
      }
    }
  });
});

describe('the benign frames', () => {
  it('are of three parts, and the tested texts are in no other', () => {
    const frames = authoredExamples(SEED).filter(isBenign);
    expect(new Set(frames.map(({ fold }) => fold))).toEqual(new Set([0, TEST_FOLD, 50]));
    const others = new Set(frames.filter(({ fold }) => fold !== 0).map(({ text }) => text));
    const tested = frames.filter(({ fold }) => fold === 0);
    expect(tested.filter(({ text }) => others.has(text)).map(({ text }) => text)).toEqual([]);
  });
});
