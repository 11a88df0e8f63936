import { logistic } from '../../src/engine/math.js';
import { logOdds, type Classifiers } from '../../src/modules/compliance/classifiers/classifiers.js';
import { HARM_HEADS, HEADS } from '../../src/modules/compliance/classifiers/heads.js';
import type { ModelHeader } from '../../src/modules/compliance/classifiers/model-file.js';
import { isAuthored, type Example } from './authored.js';
import { auc, averagePrecision, type Scored } from './metrics.js';

type Any = ModelHeader['any'];

const HARMS = HARM_HEADS.map((head) => HEADS.indexOf(head));
const HATE = HEADS.indexOf('hate');

/** Every head counts as it says itself. */
export const NO_HARM: Any = HARMS.map(() => ({ slope: 1, shift: 0 }));

const ROUNDS = 400;
const RATE = 0.5;
/** Draws slopes towards START_SLOPE: some heads know one hand alone, and would be taken for surer than they are. */
const RIDGE = 0.02;
const START_SLOPE = 0.6;
const START_SHIFT = -3;
const MOST_SLOPE = 1.2;

/** A text as the log-odds of the harms, and whether it is any of them. */
interface Judged {
  readonly x: readonly number[];
  readonly label: boolean;
  readonly weight: number;
}

/** Whether a text is harmful; undefined where that is not known. */
function isHarmful({ labels }: Example): boolean | undefined {
  if (HARMS.some((head) => labels[head] === 1)) return true;
  return labels[HATE] === 0 ? false : undefined;
}

/** What part of the texts is taken to be harmful. */
const HARMFUL_PART = 0.3;

/**
 * What a text is an example of: each of its harms or none, as written by this project or by others. What was written for
 * this project is told more easily, and some sources have far more texts than others.
 */
function kindsOf(example: Example): readonly string[] {
  const hand = isAuthored(example) ? 'authored' : 'natural';
  const harms = HARMS.filter((head) => example.labels[head] === 1);
  return harms.length === 0 ? [`none ${hand}`] : harms.map((head) => `${head} ${hand}`);
}

const isNatural = (kind: string): boolean => kind.endsWith('natural');
const isNone = (kind: string): boolean => kind.startsWith('none');

/** Texts as what is said of them; of the harmful as of the others both hands weigh the same, and so do a hand's kinds. */
function judge(classifiers: Classifiers, examples: readonly Example[]): Judged[] {
  const known = examples.filter((example) => isHarmful(example) !== undefined);
  const counts = new Map<string, number>();
  for (const kind of known.flatMap(kindsOf)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts.keys()];
  const weightOf = (kind: string): number => {
    const alike = kinds.filter((each) => isNone(each) === isNone(kind));
    const own = alike.filter((each) => isNatural(each) === isNatural(kind)).length;
    const hands = own === alike.length ? 1 : 2;
    const part = isNone(kind) ? 1 - HARMFUL_PART : HARMFUL_PART;
    return part / hands / own / (counts.get(kind) ?? 1);
  };
  const weights = new Map(kinds.map((kind) => [kind, weightOf(kind)]));
  return known.map((example) => {
    const scores = classifiers.scores(example.text);
    return {
      x: HARMS.map((head) => logOdds(scores[head] ?? 0)),
      label: isHarmful(example) === true,
      weight: kindsOf(example).reduce((sum, kind) => sum + (weights.get(kind) ?? 0), 0),
    };
  });
}

const partsOf = (any: Any, { x }: Judged): number[] =>
  x.map((value, harm) => logistic((any[harm]?.slope ?? 1) * value + (any[harm]?.shift ?? 0)));

const scoreOf = (any: Any, item: Judged): Scored => ({
  label: item.label,
  score: 1 - partsOf(any, item).reduce((none, part) => none * (1 - part), 1),
});

/** One step against the gradient of the log loss of `1 - Π (1 - part)`. */
function step(any: Any, items: readonly Judged[]): Any {
  const gradients = any.map(({ slope }) => ({ slope: RIDGE * (slope - START_SLOPE), shift: 0 }));
  for (const item of items) {
    const parts = partsOf(any, item);
    const none = parts.reduce((product, part) => product * (1 - part), 1);
    // d log(1 - none) = none / (1 - none) · part; d log(none) = -part
    const pull = item.label ? -Math.min(1e3, none / Math.max(1e-9, 1 - none)) : 1;
    parts.forEach((part, harm) => {
      const gradient = gradients[harm];
      if (gradient === undefined) return;
      gradient.slope += item.weight * pull * part * (item.x[harm] ?? 0);
      gradient.shift += item.weight * pull * part;
    });
  }
  return any.map(({ slope, shift }, harm) => ({
    slope: Math.max(0, Math.min(MOST_SLOPE, slope - RATE * (gradients[harm]?.slope ?? 0))),
    shift: shift - RATE * (gradients[harm]?.shift ?? 0),
  }));
}

/** How much each harm's score says of there being any, on texts that were held back. */
export function settleAny(
  classifiers: Classifiers,
  examples: readonly Example[],
  report: (line: string) => void,
): Any {
  const items = judge(classifiers, examples);
  if (!items.some(({ label }) => label)) return NO_HARM;
  let any: Any = HARMS.map(() => ({ slope: START_SLOPE, shift: START_SHIFT }));
  for (let round = 0; round < ROUNDS; round += 1) any = step(any, items);
  for (const [name, each] of [['as they are', NO_HARM] as const, ['settled', any] as const]) {
    const scored = items.map((item) => scoreOf(each, item));
    report(
      `any, ${name}: n ${items.length}, AUC ${auc(scored).toFixed(3)}, AUPRC ${averagePrecision(scored).toFixed(3)}`,
    );
  }
  HARM_HEADS.forEach((head, harm) =>
    report(`    ${head}: slope ${any[harm]?.slope.toFixed(2)}, shift ${any[harm]?.shift.toFixed(2)}`),
  );
  return any;
}
