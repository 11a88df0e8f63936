import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { Classifiers } from '../../src/modules/compliance/classifiers/classifiers.js';
import { Features, textShape, WINDOW_TOKENS } from '../../src/modules/compliance/classifiers/features.js';
import { hashText } from '../../src/modules/compliance/classifiers/hashing.js';
import { COLUMNS, HEADS, maskOf, type Head } from '../../src/modules/compliance/classifiers/heads.js';
import {
  decodeModel,
  encodeModel,
  type Model,
  type ModelColumn,
} from '../../src/modules/compliance/classifiers/model-file.js';
import { Lexicon, packLexicon } from '../../src/modules/compliance/classifiers/lexicon.js';
import { Tokeniser, TokenKind, type Token } from '../../src/modules/compliance/classifiers/tokens.js';
import { Vocabulary } from '../../src/modules/compliance/classifiers/vocabulary.js';
import { disguise, vary } from './augment.js';
import {
  authoredLexicon,
  emojiNames,
  isAuthored,
  isBenign,
  isFunctional,
  TEST_FOLD,
  type Example,
} from './authored.js';
import { NO_HARM, settleAny } from './any-harm.js';
import { settleColumns } from './calibration.js';
import type { Datasets } from './datasets.js';
import { mistakableWords, type Dictionaries } from './dictionary.js';
import { learnSpans } from './spans.js';
import { isMessage, SurfaceTrainer } from './surface-trainer.js';
import { FeatureLists, quantise, train, type TrainingSet } from './trainer.js';

const RELEASE = '2026.11';
const ROUNDS = 3;
const RATE = 0.08;
/** Frames and rows below this fold are held back to settle thresholds. */
export const DEV_FOLD = 10;
const FREQUENT_WORDS = 24_000;
const MIN_COUNT = 4;

export interface Recipe {
  readonly datasets: Datasets;
  readonly authored: readonly Example[];
  /** What the product writes itself, none of it harmful; to learn from as it stands. */
  readonly own: readonly Example[];
  /** Words of each language that exist, whether the examples have them or not. */
  readonly dictionaries: Dictionaries;
  readonly seed: string;
  readonly report: (line: string) => void;
}

const hasOwnTest = (example: Example): boolean =>
  ['sms', 'surge', 'jailbreak'].includes(example.source) || isFunctional(example) || isBenign(example);
/** Of the messages more are held back: their threshold is to tell a few percent apart. */
const MESSAGES_HELD = 40;
/** Parts of the messages held back, each scored by letters learned from the others. */
const TRIALS = 4;
const HARMLESS_SOURCES = new Set([
  'authored-en-harms',
  'authored-long',
  'authored-ordinary',
  'authored-benign-en',
  'authored-benign-es',
]);
/** Of a long harmless text so many windows are learned from; of others the first alone, as where the harm is is not known. */
const HARMLESS_WINDOWS = 4;

const isHeld = (example: Example): boolean => {
  const { source, fold } = example;
  if (source === 'sms') return fold < TEST_FOLD + MESSAGES_HELD;
  return hasOwnTest(example) ? fold < TEST_FOLD + DEV_FOLD : fold < DEV_FOLD;
};

/** Whether a text was written to be none of what the heads are about. */
const isHarmless = ({ source, labels }: Example): boolean =>
  HARMLESS_SOURCES.has(source) && labels.every((label) => label === 0);

/** What is learned from, and what is held back to settle the thresholds; tests are in neither. */
function gather({ datasets, authored, own, seed }: Recipe): {
  learned: Example[];
  heldBack: Example[];
  plain: Example[];
} {
  const posts = [
    ...datasets.hatemoji('train'),
    ...datasets.davidson(),
    ...datasets.edos('train'),
    ...datasets.ken20('train_union'),
    ...datasets.toxigen(),
    ...datasets.surge(),
    ...datasets.sms(),
    ...datasets.deepset('train'),
    ...datasets.jailbreaks(),
    ...datasets.toxicComments(),
  ];
  const dev = [
    ...datasets.hatemoji('validation'),
    ...datasets.edos('dev'),
    ...datasets.ken20('dev_500'),
    ...datasets.telegram(),
  ];
  const all = [...authored, ...posts].filter((example) => !(hasOwnTest(example) && example.fold < TEST_FOLD));
  const draw = new RandomStream(keyFromText(`${seed}:vary`), 0);
  const surroundings = {
    ordinary: authored.filter(({ source }) => source === 'authored-ordinary'),
    harmless: authored.filter((example) => isHarmless(example) && !isHeld(example)),
    emojiOf: new Map(Array.from(emojiNames(), ([emoji, name]) => [name, emoji])),
  };
  const plain = all.filter((example) => !isHeld(example));
  const learned = plain.flatMap((example, index) => {
    draw.restart(index);
    // A caption or hashtag comes as it stands far more often than varied.
    if (isBenign(example)) return [example, vary(example, surroundings, draw)];
    if (isAuthored(example)) return [vary(example, surroundings, draw)];
    return draw.below(8) === 0 ? [example, { ...example, text: disguise(example.text, draw) }] : [example];
  });
  learned.push(...own);
  return { learned, plain, heldBack: [...all.filter(isHeld), ...dev] };
}

const vocabularyOf = (frequent: Int32Array, lexicon: ReadonlyMap<string, number>): Vocabulary =>
  new Vocabulary(frequent, new Lexicon(packLexicon(lexicon)));

/** The most frequent words of letters alone, as hashes. */
function frequentWords(examples: readonly Example[]): Int32Array {
  const counts = new Map<string, number>();
  const tokeniser = new Tokeniser(vocabularyOf(new Int32Array(), new Map()), new Map());
  for (const { text } of examples) {
    for (const { word, kind } of tokeniser.read(text)) {
      if (kind === TokenKind.word && /^[a-z]+$/u.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const words = Array.from(counts).filter(([, count]) => count >= MIN_COUNT);
  const sorted = words.toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return Int32Array.from(sorted.slice(0, FREQUENT_WORDS), ([word]) => hashText(word));
}

const DOUBTFUL: Partial<Record<Head, number>> = {
  sexual: maskOf('sexual'),
  self_harm: maskOf('selfharm'),
  violence: maskOf('harm', 'weapon'),
  minors: maskOf('minor'),
  disinformation: maskOf('conspiracy'),
  scam: maskOf('money'),
};

/** The targets of an example: a general source's 0 is unknown where the text has words of what the head is about. */
function targetsOf(example: Example, tokens: readonly Token[]): Int8Array {
  const targets = new Int8Array(COLUMNS).fill(-1);
  targets.set(example.labels);
  if (!isAuthored(example)) {
    const mask = tokens.reduce((all, token) => all | token.mask, 0);
    HEADS.forEach((head, column) => {
      if (targets[column] === 0 && (mask & (DOUBTFUL[head] ?? 0)) !== 0) targets[column] = -1;
    });
  }
  return targets;
}

function trainingSet(examples: readonly Example[], tokeniser: Tokeniser): TrainingSet {
  const lists = new FeatureLists();
  const features = new Features();
  const targets: Int8Array[] = [];
  const weights: number[] = [];
  for (const example of examples) {
    const tokens = tokeniser.read(example.text);
    const shape = textShape(example.text, tokens);
    const target = targetsOf(example, tokens);
    const most = example.labels.includes(1) ? 1 : HARMLESS_WINDOWS;
    for (
      let from = 0;
      from === 0 || from < Math.min(tokens.length, most * WINDOW_TOKENS);
      from += WINDOW_TOKENS
    ) {
      features.read(tokens.slice(from, from + WINDOW_TOKENS), shape);
      lists.push(features.buckets, features.families, features.length, features.values);
      targets.push(target);
      weights.push(example.weight);
    }
  }
  const all = new Int8Array(targets.length * COLUMNS);
  targets.forEach((target, list) => all.set(target, list * COLUMNS));
  return { lists, targets: all, weights: Float32Array.from(weights) };
}

/** Trains every head and returns the bytes of the model file; the same data and seed give the same bytes. */
export function trainModel(recipe: Recipe): Buffer {
  const { datasets, seed, report } = recipe;
  const { learned, plain, heldBack } = gather(recipe);
  report(`${learned.length} texts to learn from, ${heldBack.length} held back`);
  const lexicon = authoredLexicon();
  for (const [entry, mask] of datasets.lexicon()) if (!lexicon.has(entry)) lexicon.set(entry, mask);
  const common = frequentWords(plain);
  const mistakable = mistakableWords(vocabularyOf(common, lexicon), recipe.dictionaries);
  const frequent = Int32Array.from([...common, ...mistakable]);
  const emoji = emojiNames();
  report(
    `${common.length} frequent words, ${mistakable.length} others like one of the lexicon, ${lexicon.size} entries of the lexicon`,
  );
  const tokeniser = new Tokeniser(vocabularyOf(frequent, lexicon), emoji);
  const set = trainingSet(learned, tokeniser);
  report('features are read');
  const linear = train(set, seed, ROUNDS, RATE, report);
  learnSpans(linear, datasets.toxicSpans('train'), tokeniser, seed);
  const { weights, scales } = quantise(linear);
  const columns = [...HEADS, 'span'].map((name, column): ModelColumn => ({
    name,
    bias: linear.bias[column] ?? 0,
    scale: scales[column] ?? 1,
    slope: 1,
    shift: 0,
    threshold: 0.5,
  }));
  const messages = heldBack.filter(isMessage);
  const letters = new SurfaceTrainer([...plain, ...messages], tokeniser, seed);
  const without = { bias: 0, scale: 0, slope: 0 };
  const { weights: surface, ...own } = letters.train();
  report('letters are learned');
  const model: Omit<Model, 'version'> = {
    header: { release: RELEASE, columns, surface: without, any: NO_HARM, frequent: 0, lexicon: 0, emoji: 0 },
    weights,
    surface,
    frequent,
    lexicon: packLexicon(lexicon),
    emoji,
  };
  const draft = (header: Partial<Model['header']>): Classifiers =>
    new Classifiers(decodeModel(encodeModel({ ...model, header: { ...model.header, ...header } })));
  const settled = settleColumns({ columns, surface: { ...own, slope: 0 } }, heldBack, {
    columns: draft({}),
    letters: letters.crossScored(messages, { count: TRIALS, of: ({ fold }) => fold % TRIALS }),
    report,
  });
  const any = settleAny(draft(settled), [...heldBack, ...datasets.harmless()], report);
  const header = { ...model.header, ...settled, any };
  return encodeModel({ ...model, header });
}
