import { describe, expect, it } from 'vitest';
import type { Classifiers } from '../../src/modules/compliance/classifiers/classifiers.js';
import { HARM_HEADS, HEADS, type Head } from '../../src/modules/compliance/classifiers/heads.js';
import { NO_HARM, settleAny } from './any-harm.js';
import type { Example } from './authored.js';

/** Texts that say the scores themselves: `hate=0.6 sexual=0.1`. */
const classifiers = {
  scores: (text: string) =>
    Float32Array.from(HEADS, (head) => Number(new RegExp(`${head}=([0-9.]+)`, 'u').exec(text)?.[1] ?? 0.02)),
} as Pick<Classifiers, 'scores'> as Classifiers;

const example = (text: string, harm: Head | undefined, source: string): Example => ({
  text,
  labels: Int8Array.from(HEADS, (head) => (head === harm ? 1 : 0)),
  source,
  fold: 0,
  weight: 1,
});
const times = (count: number, each: Example): Example[] => Array.from({ length: count }, () => each);

describe('how much a harm says of there being any', () => {
  const settled = settleAny(
    classifiers,
    [
      ...times(40, example('hate=0.9', 'hate', 'ken20-dev_500')),
      ...times(20, example('hate=0.8', undefined, 'ken20-dev_500')),
      ...times(20, example('hate=0.1', undefined, 'authored-long')),
      ...times(30, example('sexual=0.9', 'sexual', 'authored-long')),
    ],
    () => undefined,
  );
  const saysOf = (head: Head): number => {
    const { slope, shift } = settled[HARM_HEADS.indexOf(head)] ?? { slope: 0, shift: 0 };
    return slope * Math.log(0.9 / 0.1) + shift;
  };

  it('is less when ordinary texts score high for it, too', () => {
    expect(saysOf('sexual')).toBeGreaterThan(saysOf('hate'));
  });

  it('is as it is when no text is harmful', () => {
    expect(settleAny(classifiers, [example('', undefined, 'sms')], () => undefined)).toEqual(NO_HARM);
  });
});
