import { logistic, logit } from '../../src/engine/math.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { HEADS, type Classifiers, type Head } from '../../src/modules/compliance/classifiers/index.js';
import { authoredExamples, isBenign, isFunctional, TEST_FOLD, type Example } from './authored.js';
import { benignTests, falseAlarms, scoreRules } from './benign.js';
import type { Datasets } from './datasets.js';
import {
  auc,
  averagePrecision,
  bestThreshold,
  characterF1,
  confusion,
  f1,
  falsePositiveRate,
  macroF1,
  recall,
  thresholdAtFalsePositives,
  type Scored,
} from './metrics.js';
import { obfuscate } from './obfuscate.js';
import { DEV_FOLD } from './recipe.js';
import { SurfaceTrainer, type Parts } from './surface-trainer.js';
import { shuffled } from './trainer.js';

/** What can be said of a set, in the order in which it is printed. */
export const FIGURES = [
  'accuracy',
  'macro-F1',
  'F1',
  'recall',
  'false positives',
  'AUC',
  'AUPRC',
  'recall at 2 % FPR',
  'character F1',
  'obfuscation, points lost',
] as const;

/** The figures of one head on one set. */
export interface SetFigures {
  readonly set: string;
  readonly head: Head;
  readonly texts: number;
  readonly figures: Partial<Record<(typeof FIGURES)[number], number>>;
}

const AUTHORED_SEED = 'azt3knet';

function score(
  classifiers: Classifiers,
  examples: readonly Example[],
  head: Head,
  turn?: (text: string) => string,
): Scored[] {
  const index = HEADS.indexOf(head);
  return examples
    .filter(({ labels }) => labels[index] !== -1)
    .map(({ text, labels }) => ({
      score: classifiers.scores(turn?.(text) ?? text)[index] ?? 0,
      label: labels[index] === 1,
    }));
}

/** Every figure of a labelled set that its labels allow. */
function figuresOf(set: string, head: Head, items: readonly Scored[], threshold: number): SetFigures[] {
  if (items.length === 0) return [];
  const counts = confusion(items, threshold);
  const row = (figures: SetFigures['figures']): SetFigures[] => [{ set, head, texts: items.length, figures }];
  if (counts.tp + counts.fn === 0) return row({ 'false positives': falsePositiveRate(counts) });
  if (counts.fp + counts.tn === 0) return row({ recall: recall(counts) });
  return row({
    'macro-F1': macroF1(counts),
    F1: f1(counts),
    recall: recall(counts),
    'false positives': falsePositiveRate(counts),
    AUC: auc(items),
    AUPRC: averagePrecision(items),
    'recall at 2 % FPR': recall(confusion(items, thresholdAtFalsePositives(items, 0.02))),
  });
}

/** How well what `explain` marks agrees with what readers marked, as the mean character F1 of SemEval-2021 task 5. */
function spanFigure(classifiers: Classifiers, datasets: Datasets, split: 'trial' | 'test'): SetFigures[] {
  const comments = datasets.toxicSpans(split);
  if (comments.length === 0) return [];
  const values = comments.map(({ text, marked }) => {
    const found = new Set<number>();
    for (const { start, end } of classifiers.explain(text, 'harassment')) {
      for (let at = start; at < end; at += 1) found.add(at);
    }
    return characterF1(found, marked);
  });
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  return [
    {
      set: `toxic-spans-${split}`,
      head: 'harassment',
      texts: comments.length,
      figures: { 'character F1': value },
    },
  ];
}

/** What a head loses in macro-F1, in points, when texts are obfuscated in styles that the training does not use. */
function obfuscationLoss(
  classifiers: Classifiers,
  set: string,
  head: Head,
  examples: readonly Example[],
): SetFigures[] {
  if (examples.length === 0) return [];
  const draw = new RandomStream(keyFromText(`obfuscate ${set}`), 0);
  const plain = confusion(score(classifiers, examples, head), classifiers.threshold(head));
  const turned = confusion(
    score(classifiers, examples, head, (text) => obfuscate(text, draw)),
    classifiers.threshold(head),
  );
  const value = 100 * (macroF1(plain) - macroF1(turned));
  return [{ set, head, texts: examples.length, figures: { 'obfuscation, points lost': value } }];
}

const PARTS = 5;

/**
 * How well letters alone tell messages apart, learned from four fifths and tried on the fifth, in turn for the whole set; the
 * threshold of a fifth is what suits the others.
 * @param of which fifth a message is in
 */
function crossValidated(
  set: string,
  trainer: SurfaceTrainer,
  messages: readonly Example[],
  of: Parts['of'],
): SetFigures[] {
  if (messages.length === 0) return [];
  const column = HEADS.indexOf('spam');
  const said = trainer.crossScored(messages, { count: PARTS, of });
  const items = messages.map((message) => ({
    part: of(message),
    score: logistic(said.get(message) ?? 0),
    label: message.labels[column] === 1,
  }));
  const shifts = Array.from({ length: PARTS }, (_, part) =>
    logit(
      bestThreshold(
        items.filter((item) => item.part !== part),
        f1,
      ),
    ),
  );
  const shifted = items.map((item) => ({
    score: logistic(logit(item.score) - (shifts[item.part] ?? 0)),
    label: item.label,
  }));
  return figuresOf(set, 'spam', shifted, 0.5);
}

/** Both ways to part the messages: copies of a text together, and at random. */
function crossValidations(classifiers: Classifiers, messages: readonly Example[]): SetFigures[] {
  const trainer = new SurfaceTrainer(messages, classifiers.tokeniser, AUTHORED_SEED);
  const order = shuffled(messages.length, 'cross-validation');
  const places = new Map(messages.map((message, at) => [message, (order[at] ?? 0) % PARTS]));
  return [
    ...crossValidated('sms, five fifths in turn', trainer, messages, ({ fold }) => fold % PARTS),
    ...crossValidated('sms, fifths at random', trainer, messages, (each) => places.get(each) ?? 0),
  ];
}

const tested = ({ fold }: Example): boolean => fold < TEST_FOLD;

/** How many ordinary texts each rule on a score takes for what it is about, at the score that the rule asks for. */
async function benignFigures(classifiers: Classifiers): Promise<SetFigures[]> {
  const tests = await benignTests(AUTHORED_SEED);
  return tests.flatMap(({ name, examples }) =>
    Array.from(falseAlarms(classifiers, examples, scoreRules()), ([{ head, least }, part]): SetFigures => ({
      set: `${name}, from ${least} on`,
      head,
      texts: examples.length,
      figures: { 'false positives': part },
    })),
  );
}

/** The figures of every set that is there, with the shipped thresholds. */
export async function evaluateAll(classifiers: Classifiers, datasets: Datasets): Promise<SetFigures[]> {
  const written = authoredExamples(AUTHORED_SEED).filter(({ fold }) => fold < DEV_FOLD);
  const authored = written.filter((example) => !isFunctional(example) && !isBenign(example));
  const sms = datasets.sms().filter(tested);
  const ken20 = datasets.ken20('test_2000');
  const sets: [string, Head, readonly Example[]][] = [
    ['hatemojibuild-validation', 'hate', datasets.hatemoji('validation')],
    ['hatemojibuild-test', 'hate', datasets.hatemoji('test')],
    ['ken20-dev', 'hate', datasets.ken20('dev_500')],
    ['ken20-test', 'hate', ken20],
    ['edos-dev', 'hate', datasets.edos('dev')],
    ['edos-test', 'hate', datasets.edos('test')],
    ['surge-test', 'harassment', datasets.surge().filter(tested)],
    ['sms-test', 'spam', sms],
    ['telegram', 'spam', datasets.telegram()],
    ['deepset-test', 'injection', datasets.deepset('test')],
    ['giskard', 'injection', datasets.giskard()],
    ['jailbreak-test', 'injection', datasets.jailbreaks().filter(tested)],
  ];
  const labelled = sets.flatMap(([set, head, examples]) =>
    figuresOf(set, head, score(classifiers, examples, head), classifiers.threshold(head)),
  );
  if (labelled.length === 0) return [];
  const frames = HEADS.flatMap((head) =>
    figuresOf(
      'authored, frames held back',
      head,
      score(classifiers, authored, head),
      classifiers.threshold(head),
    ),
  );
  return [
    ...labelled,
    ...crossValidations(classifiers, datasets.sms()),
    ...spanFigure(classifiers, datasets, 'trial'),
    ...spanFigure(classifiers, datasets, 'test'),
    ...obfuscationLoss(classifiers, 'ken20-test', 'hate', ken20),
    ...obfuscationLoss(classifiers, 'sms-test', 'spam', sms),
    ...obfuscationLoss(
      classifiers,
      'authored, frames held back',
      'hate',
      authored.filter(({ source }) => source === 'authored-en-hate'),
    ),
    ...frames,
    ...(await benignFigures(classifiers)),
    ...functionFigures(classifiers, written.filter(isFunctional)),
  ];
}

/** Which head a functional section is about: injection where it says so, hate elsewhere. */
function headOf(examples: readonly Example[]): Head {
  const column = HEADS.indexOf('injection');
  const isInjection = examples.some(({ source, labels }) => labels[column] === 1 || /:safe-/u.test(source));
  return isInjection ? 'injection' : 'hate';
}

/** How often each function of the authored functional sections is told right, in frames that were not learned from. */
function functionFigures(classifiers: Classifiers, examples: readonly Example[]): SetFigures[] {
  const sources = [...new Set(examples.map(({ source }) => source))];
  const rows = sources.map((source) => {
    const own = examples.filter((example) => example.source === source);
    const head = headOf(own);
    return { source, head, items: score(classifiers, own, head) };
  });
  const single = rows.map(({ source, head, items }): SetFigures => {
    const { tp, tn } = confusion(items, classifiers.threshold(head));
    return { set: source, head, texts: items.length, figures: { accuracy: (tp + tn) / items.length } };
  });
  const together = (['hate', 'injection'] as const).flatMap((head) => {
    const items = rows.filter((row) => row.head === head).flatMap((row) => row.items);
    return figuresOf('functional, together', head, items, classifiers.threshold(head));
  });
  return [...together, ...single];
}
