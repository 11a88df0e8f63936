import { logistic } from '../../src/engine/math.js';
import { logOdds, type Classifiers } from '../../src/modules/compliance/classifiers/classifiers.js';
import { HEADS, type Head } from '../../src/modules/compliance/classifiers/heads.js';
import type { ModelHeader } from '../../src/modules/compliance/classifiers/model-file.js';
import type { Example } from './authored.js';
import {
  auc,
  balancedAccuracy,
  bestThreshold,
  confusion,
  f1,
  falsePositiveRate,
  macroF1,
  recall,
  thresholdAtFalsePositives,
  type Scored,
} from './metrics.js';
import { fitPlatt, type Judged } from './platt.js';

/** Which held-back sources settle a head; the others' labels for it are by-products. */
const SOURCES: Record<Head, readonly string[]> = {
  hate: [
    'hatemojibuild-validation',
    'ken20-dev_500',
    'authored-en-hate',
    'authored-es',
    'authored-long',
    'toxigen',
  ],
  harassment: ['authored-en-hate', 'authored-es', 'authored-long', 'surge', 'toxigen', 'sms'],
  self_harm: ['authored-en-harms', 'authored-long', 'authored-es', 'sms', 'toxigen'],
  sexual: ['authored-en-harms', 'authored-long', 'authored-es', 'sms', 'toxigen'],
  violence: ['authored-en-harms', 'authored-long', 'authored-en-hate', 'authored-es', 'sms', 'toxigen'],
  minors: ['authored-en-harms', 'authored-long', 'authored-es', 'sms', 'toxigen'],
  spam: ['sms'],
  scam: ['authored-en-harms', 'authored-es', 'sms'],
  disinformation: ['authored-en-harms', 'authored-long', 'authored-es', 'sms', 'toxigen'],
  injection: ['deepset-train', 'authored-injection', 'jailbreak', 'ken20-dev_500', 'authored-ordinary'],
  profanity: ['davidson', 'authored-en-hate', 'toxigen'],
};

/** Held-back negatives of injection are mostly near misses; at most this part of them may be taken for one. */
const NEAR_MISSES = 0.12;

/** Rare and grave: of other texts this part may be held for a look, so that few of these pass. */
const TO_BE_FOUND = new Set<Head>(['self_harm', 'minors', 'disinformation']);
const FALSE_ALARMS = 0.01;

/** Where a head's threshold lies: in the wild hate is rare, in tests of it common, so neither kind may count more. */
function settle(head: Head, items: readonly Scored[]): number {
  if (head === 'injection') return thresholdAtFalsePositives(items, NEAR_MISSES);
  if (TO_BE_FOUND.has(head)) return thresholdAtFalsePositives(items, FALSE_ALARMS);
  if (head === 'spam') return bestThreshold(items, f1);
  return bestThreshold(items, head === 'hate' ? balancedAccuracy : macroF1);
}

const SPAM = HEADS.indexOf('spam');
/** A policy can ask for more or less than a threshold only where it leaves room on both sides. */
const LOWEST = 0.3;
const HIGHEST = 0.9;

/** The columns and the table of letters as they are shipped. */
type Settled = Pick<ModelHeader, 'columns' | 'surface'>;

/**
 * Calibrates every head and sets its threshold on what was held back.
 * @param drafts the model with its columns alone, and what letters say of messages by a table that has not seen them
 */
export function settleColumns(
  { columns, surface }: Settled,
  heldBack: readonly Example[],
  drafts: {
    columns: Classifiers;
    letters: ReadonlyMap<Example, number>;
    report: (line: string) => void;
  },
): Settled {
  const { report } = drafts;
  const said = heldBack.map((example) => ({ example, scores: drafts.columns.scores(example.text) }));
  let letters = surface;
  const settled = columns.map((column, index) => {
    const head = HEADS[index];
    if (head === undefined) return column;
    const items = said
      .filter(({ example }) => example.labels[index] !== -1 && SOURCES[head].includes(example.source))
      .map(({ example, scores }): Judged & { source: string } => {
        const x = [logOdds(scores[index] ?? 0)];
        if (index === SPAM) x.push(drafts.letters.get(example) ?? 0);
        return { x, label: example.labels[index] === 1, source: example.source };
      });
    if (!items.some(({ label }) => label) || items.every(({ label }) => label)) return column;
    const factors = fitPlatt(items);
    const shift = factors.at(-1) ?? 0;
    const slope = Math.max(0.05, factors[0] ?? 1);
    if (index === SPAM) letters = { ...surface, slope: Math.max(0, factors[1] ?? 0) };
    const calibrated = items.map(({ x: [own = 0, added = 0], label, source }) => ({
      score: logistic(slope * own + letters.slope * added + shift),
      label,
      source,
    }));
    const best = settle(head, calibrated);
    const threshold = Math.round(100 * Math.max(LOWEST, Math.min(HIGHEST, best))) / 100;
    describe(head, calibrated, [best, threshold], report);
    return { ...column, slope, shift, threshold };
  });
  return { columns: settled, surface: letters };
}

function describe(
  head: Head,
  items: readonly (Scored & { source: string })[],
  [best, threshold]: readonly [number, number],
  report: (line: string) => void,
): void {
  const counts = confusion(items, threshold);
  report(
    `${head}: n ${items.length}, AUC ${auc(items).toFixed(3)}, threshold ${threshold} (best ${best.toFixed(3)}), F1 ${f1(counts).toFixed(3)}, macro-F1 ${macroF1(counts).toFixed(3)}, recall ${recall(counts).toFixed(3)}, false positives ${falsePositiveRate(counts).toFixed(3)}`,
  );
  for (const source of new Set(items.map((item) => item.source))) {
    const own = items.filter((item) => item.source === source);
    report(`    ${source}: n ${own.length}, AUC ${auc(own).toFixed(3)}`);
  }
}
