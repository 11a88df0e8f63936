import { keyFromText, RandomStream } from '../src/engine/random.js';
import { HEADS, LocalClassifiers } from '../src/modules/compliance/classifiers/index.js';
import { figure, printFigures, rate } from './figure.js';

const TEXT_LENGTH = 120;
const TEXTS = 5_000;
const RUNS = 8;
const GOAL = 12_000;

const WORDS =
  'the a and with for from of my i you we they in on at people women muslims immigrants are is was not never love hate great terrible stupid city street art music night weekend coffee friends colour community free win call now password instructions ignore vaccine truth el la de con por los son una gente barrio arte feliz gracias malos nunca'.split(
    ' ',
  );

/** Posts of exactly TEXT_LENGTH characters, of words that the heads care for and such they do not. */
function posts(run: number): string[] {
  const draw = new RandomStream(keyFromText(`bench:classifiers:${run}`), 0);
  return Array.from({ length: TEXTS }, (_, index) => {
    draw.restart(index);
    let text = '';
    while (text.length < TEXT_LENGTH)
      text += `${WORDS[draw.below(WORDS.length)] ?? ''}${draw.below(9) === 0 ? '. ' : ' '}`;
    return text.slice(0, TEXT_LENGTH);
  });
}

/** The cheapest thing that could be called a classifier: whether one of the words is in the text, one pass each. */
function containsAny(text: string): boolean {
  const lower = text.toLowerCase();
  return HEADS.some((head) => lower.includes(head));
}

const started = performance.now();
const classifiers = new LocalClassifiers();
classifiers.scores('hello');
const reading = performance.now() - started;
// What was scored lately is remembered: every run has other posts.
const runs = Array.from({ length: RUNS }, (_, run) => posts(run));
const texts = posts(RUNS);
const all = await rate(TEXTS, RUNS, () => {
  for (const text of runs.pop() ?? []) classifiers.scores(text);
});
const naive = await rate(TEXTS, RUNS, () => {
  for (const text of texts) containsAny(text);
});
const explained = await rate(TEXTS, 2, () => {
  for (const text of texts) classifiers.explain(text, 'hate');
});
printFigures([
  figure('classifiers', 'reading the model, first score included', Math.round(reading), 'ms'),
  figure('classifiers', `all ${HEADS.length} heads, 120 characters`, Math.round(all), 'posts/s', GOAL),
  figure('classifiers', 'looking for eleven words', Math.round(naive), 'posts/s'),
  figure('classifiers', 'all heads ÷ looking for eleven words', all / naive, '×'),
  figure('classifiers', 'spans of one head', Math.round(explained), 'posts/s'),
]);
