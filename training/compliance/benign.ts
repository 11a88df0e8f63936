import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { HEADS, type Classifiers, type Head } from '../../src/modules/compliance/classifiers/index.js';
import { loadPolicies } from '../../src/modules/compliance/index.js';
import { authoredExamples, isBenign, TEST_FOLD, type Example } from './authored.js';
import { productExamples } from './product-texts.js';

const SCORE = /^scores\.(\w+) >= (0?\.\d+)$/u;

/** A shipped rule that asks for nothing but a score. */
export interface ScoreRule {
  readonly rule: string;
  readonly head: Head;
  /** From this score on the rule matches. */
  readonly least: number;
  readonly isLive: boolean;
}

/** The rules of the shipped policies that rest on a score alone. */
export function scoreRules(): ScoreRule[] {
  return loadPolicies(join(PROJECT_ROOT, 'policies')).flatMap(({ rules }) =>
    rules.flatMap(({ id, status = 'live', condition = '' }) => {
      const [, name, least] = SCORE.exec(condition) ?? [];
      const head = HEADS.find((each) => each === name);
      return head === undefined ? [] : [{ rule: id, head, least: Number(least), isLive: status === 'live' }];
    }),
  );
}

/** Ordinary texts that nothing was learned from nor settled on: frames held back, and the product's own texts for other agents. */
export async function benignTests(seed: string): Promise<{ name: string; examples: Example[] }[]> {
  const frames = authoredExamples(seed).filter((example) => isBenign(example) && example.fold < TEST_FOLD);
  const of = (language: string): Example[] => frames.filter(({ source }) => source.endsWith(language));
  return [
    { name: 'benign frames, en', examples: of('en') },
    { name: 'benign frames, es', examples: of('es') },
    { name: 'product texts', examples: await productExamples(seed, 'tested') },
  ];
}

/** How many of some harmless texts each rule takes for what it is about, from 0 to 1. */
export function falseAlarms(
  classifiers: Classifiers,
  examples: readonly Example[],
  rules: readonly ScoreRule[],
): Map<ScoreRule, number> {
  const scores = examples.map(({ text }) => classifiers.scores(text));
  return new Map(
    rules.map((rule) => {
      const column = HEADS.indexOf(rule.head);
      const wrong = scores.filter((each) => (each[column] ?? 0) >= rule.least).length;
      return [rule, wrong / Math.max(1, examples.length)];
    }),
  );
}
