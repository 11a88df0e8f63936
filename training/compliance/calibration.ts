import { logistic, logit } from '../../src/engine/math.js';
import type { Classifiers } from '../../src/modules/compliance/classifiers/classifiers.js';
import { HEADS, type Head } from '../../src/modules/compliance/classifiers/heads.js';
import type { ModelColumn } from '../../src/modules/compliance/classifiers/model-file.js';
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

/** Which held-back sources settle a head; the others' labels for it are by-products. */
const SOURCES: Record<Head, readonly string[]> = {
  hate: ['hatemojibuild-validation', 'ken20-dev_500', 'authored-en-hate', 'authored-es', 'toxigen'],
  harassment: ['authored-en-hate', 'authored-es', 'surge', 'toxigen', 'sms'],
  self_harm: ['authored-en-harms', 'authored-es', 'sms', 'toxigen'],
  sexual: ['authored-en-harms', 'authored-es', 'sms', 'toxigen'],
  violence: ['authored-en-harms', 'authored-en-hate', 'authored-es', 'sms', 'toxigen'],
  minors: ['authored-en-harms', 'authored-es', 'sms', 'toxigen'],
  spam: ['sms'],
  scam: ['authored-en-harms', 'authored-es', 'sms'],
  disinformation: ['authored-en-harms', 'authored-es', 'sms', 'toxigen'],
  injection: ['deepset-train', 'authored-injection', 'jailbreak', 'ken20-dev_500', 'authored-ordinary'],
  profanity: ['davidson', 'authored-en-hate', 'toxigen'],
};

/** Slope and shift that turn raw log-odds into honest ones (Platt 1999), by gradient steps from the identity. */
function fit(items: readonly Scored[]): { slope: number; shift: number } {
  let slope = 1;
  let shift = 0;
  const points = items.map(({ score, label }) => ({
    x: logit(Math.min(1 - 1e-6, Math.max(1e-6, score))),
    y: label ? 1 : 0,
  }));
  const rate = 0.3;
  for (let step = 0; step < 400; step += 1) {
    let bySlope = 0;
    let byShift = 0;
    for (const { x, y } of points) {
      const gap = logistic(slope * x + shift) - y;
      bySlope += gap * x;
      byShift += gap;
    }
    slope -= (rate * bySlope) / points.length / 4;
    shift -= (rate * byShift) / points.length;
  }
  return { slope: Math.max(0.2, slope), shift };
}

/** Held-back negatives of injection are mostly near misses; at most this part of them may be taken for one. */
const NEAR_MISSES = 0.03;

/** Rare and grave: of other texts this part may be held for a look, so that few of these pass. */
const TO_BE_FOUND = new Set<Head>(['self_harm', 'minors', 'disinformation']);
const FALSE_ALARMS = 0.01;

/** Where a head's threshold lies: in the wild hate is rare, in tests of it common, so neither kind may count more. */
function settle(head: Head, items: readonly Scored[]): number {
  if (head === 'injection') return thresholdAtFalsePositives(items, NEAR_MISSES);
  if (TO_BE_FOUND.has(head)) return thresholdAtFalsePositives(items, FALSE_ALARMS);
  return bestThreshold(items, head === 'hate' ? balancedAccuracy : macroF1);
}

/** Calibrates every head and sets its threshold on what was held back. */
export function settleColumns(
  columns: readonly ModelColumn[],
  heldBack: readonly Example[],
  draft: Classifiers,
  report: (line: string) => void,
): ModelColumn[] {
  const scores = heldBack.map(({ text }) => draft.scores(text));
  return columns.map((column, index) => {
    const head = HEADS[index];
    if (head === undefined) return column;
    const bySource = new Map<string, Scored[]>();
    heldBack.forEach(({ labels, source }, at) => {
      if (labels[index] === -1 || !SOURCES[head].includes(source)) return;
      const item = { score: scores[at]?.[index] ?? 0, label: labels[index] === 1 };
      bySource.set(source, [...(bySource.get(source) ?? []), item]);
    });
    const items = [...bySource.values()].flat();
    if (items.length === 0) return column;
    const { slope, shift } = fit(items);
    const calibrated = items.map(({ score, label }) => ({
      score: logistic(slope * logit(Math.min(1 - 1e-9, Math.max(1e-9, score))) + shift),
      label,
    }));
    const threshold = settle(head, calibrated);
    const counts = confusion(calibrated, threshold);
    report(
      `${head}: n ${items.length}, AUC ${auc(items).toFixed(3)}, threshold ${threshold.toFixed(3)}, F1 ${f1(counts).toFixed(3)}, macro-F1 ${macroF1(counts).toFixed(3)}, recall ${recall(counts).toFixed(3)}, false positives ${falsePositiveRate(counts).toFixed(3)}`,
    );
    for (const [source, own] of bySource)
      report(`    ${source}: n ${own.length}, AUC ${auc(own).toFixed(3)}`);
    return { ...column, slope, shift, threshold: Math.max(0.01, Math.min(0.99, threshold)) };
  });
}
