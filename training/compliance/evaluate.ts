import Table from 'cli-table3';
import { parseArgs } from 'node:util';
import { AppError } from '../../src/core/errors/index.js';
import {
  HEADS,
  loadClassifiers,
  type Classifiers,
  type Head,
} from '../../src/modules/compliance/classifiers/index.js';
import { Datasets } from './datasets.js';
import { readLabelled, type LabelledText } from './labelled-file.js';
import {
  auc,
  averagePrecision,
  confusion,
  f1,
  falsePositiveRate,
  macroF1,
  recall,
  thresholdAtFalsePositives,
  type Scored,
} from './metrics.js';
import { evaluateAll, FIGURES } from './test-sets.js';

const USAGE = `Usage: npm run eval:compliance -- --data DIR
       npm run eval:compliance -- --file FILE --text COLUMN (--label COLUMN[,COLUMN] | --all 1|0) --head HEAD
                                  [--group COLUMN] [--threshold NUMBER]
Heads: ${HEADS.join(', ')}, any
`;

const percent = (value: number): string => (Number.isNaN(value) ? '' : `${(100 * value).toFixed(1)} %`);
const number = (value: number): string => (Number.isNaN(value) ? '' : value.toFixed(3));

function scoreOf(classifiers: Classifiers, head: Head | 'any', text: string): number {
  const scores = classifiers.scores(text);
  return head === 'any' ? classifiers.anyHarm(scores) : (scores[HEADS.indexOf(head)] ?? 0);
}

function readHead(name: string | undefined): Head | 'any' {
  if (name === 'any') return name;
  const head = HEADS.find((each) => each === name);
  if (head !== undefined) return head;
  const message = `'${name ?? ''}' is no head; it takes ${HEADS.join(', ')} or any`;
  throw new AppError('invalid', 'evaluation_invalid', `--head: ${message}`, [{ field: 'head', message }]);
}

function readThreshold(value: string | undefined, shipped: number): number {
  if (value === undefined) return shipped;
  const threshold = Number(value);
  if (value.trim() !== '' && threshold >= 0 && threshold <= 1) return threshold;
  const message = `'${value}' is no number from 0 to 1`;
  throw new AppError('invalid', 'evaluation_invalid', `--threshold: ${message}`, [
    { field: 'threshold', message },
  ]);
}

function printGroups(items: readonly (Scored & LabelledText)[], threshold: number): void {
  const table = new Table({
    head: ['group', 'texts', 'positive', 'accuracy'],
    style: { head: [], border: [] },
  });
  for (const group of [...new Set(items.map((item) => item.group))].toSorted()) {
    const own = items.filter((item) => item.group === group);
    const right = own.filter(({ score, label }) => score >= threshold === label).length;
    table.push([group, own.length, own.filter(({ label }) => label).length, percent(right / own.length)]);
  }
  process.stdout.write(`${table.toString()}\n`);
}

/** The figures of a file that somebody brought, with the shipped threshold unless another is given. */
function evaluateFile(classifiers: Classifiers, options: Options): void {
  const head = readHead(options.head);
  const threshold = readThreshold(options.threshold, head === 'any' ? 0.5 : classifiers.threshold(head));
  const { file = '', text = 'text', label, all, group } = options;
  const items = readLabelled({ file, text, label, all, group }).map((item) => ({
    ...item,
    score: scoreOf(classifiers, head, item.text),
  }));
  const counts = confusion(items, threshold);
  const strict = confusion(items, thresholdAtFalsePositives(items, 0.02));
  const table = new Table({ head: ['figure', 'value'], style: { head: [], border: [] } });
  table.push(
    ['model', classifiers.version],
    ['head', head],
    ['threshold', number(threshold)],
    ['texts', items.length],
    ['positive', counts.tp + counts.fn],
    ['accuracy', percent((counts.tp + counts.tn) / items.length)],
    ['macro-F1', number(macroF1(counts))],
    ['F1', number(f1(counts))],
    ['recall', percent(recall(counts))],
    ['false positives', percent(falsePositiveRate(counts))],
    ['AUC', number(auc(items))],
    ['AUPRC', number(averagePrecision(items))],
    ['recall at 2 % false positives', percent(recall(strict))],
  );
  process.stdout.write(`${table.toString()}\n`);
  if (group !== undefined) printGroups(items, threshold);
}

async function printAll(classifiers: Classifiers, folder: string): Promise<void> {
  const table = new Table({ head: ['set', 'head', 'texts', ...FIGURES], style: { head: [], border: [] } });
  for (const { set, head, texts, figures } of await evaluateAll(classifiers, new Datasets(folder))) {
    table.push([set, head, texts, ...FIGURES.map((figure) => number(figures[figure] ?? Number.NaN))]);
  }
  if (table.length === 0) {
    const message = `${folder} has none of the known sets; it takes a folder such as ../shared/data/moderation`;
    throw new AppError('invalid', 'evaluation_invalid', `--data: ${message}`, [{ field: 'data', message }]);
  }
  process.stdout.write(`Model ${classifiers.version}, shipped thresholds\n${table.toString()}\n`);
}

function readOptions() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '../shared/data/moderation' },
      file: text,
      text,
      label: text,
      all: text,
      head: text,
      group: text,
      threshold: text,
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}
type Options = ReturnType<typeof readOptions>;

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) process.stdout.write(USAGE);
  else if (options.file === undefined) await printAll(loadClassifiers(), options.data);
  else evaluateFile(loadClassifiers(), options);
}

try {
  await main();
} catch (error) {
  // A mistake in the command or its file is said in one line; anything else is a defect and shows as one.
  const isMistake = error instanceof AppError || (error instanceof TypeError && 'code' in error);
  if (!isMistake) throw error;
  process.stderr.write(`eval:compliance: ${error.message}\n${error instanceof AppError ? '' : USAGE}`);
  process.exitCode = 2;
}
