import { keyFromText, RandomStream } from '../src/engine/random.js';
import { findPii } from '../src/modules/compliance/pii/index.js';
import { figure, printFigures, rate } from './figure.js';

const TEXT_LENGTH = 120;
const TEXTS = 10_000;
const RUNS = 10;
const GOAL = 50_000;
const HOSTILE_LENGTH = 1_000_000;

const WORDS =
  'the a and with for from of my i you we in on at street art urban culture murals walls painter is this 2014 new project every friday 12 vinyl tacos el la con por arte 9:30 30% ciudad noche'.split(
    ' ',
  );
const PERSONAL = [
  'call (415) 555-2671',
  'write to ana@example.com',
  'mi cel 55 1234 5678',
  'card 4111 1111 1111 1111',
  'GB82 WEST 1234 5698 7654 32',
  'ana [at] example [dot] com',
  '+44 20 7946 0018',
  '192.0.2.44',
];

/** What is usually pasted for the job: one expression a kind, no check digits, no way back from a disguise. */
const NAIVE = [
  /[\w.%+-]{1,64}@[\w.-]{1,255}\.[a-z]{2,24}/giu,
  /\+?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}/gu,
  /\b(?:\d[ -]?){13,16}\b/gu,
  /\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?\b/giu,
  /\b(?:\d{1,3}\.){3}\d{1,3}\b/gu,
  /\b\d{3}-\d{2}-\d{4}\b/gu,
];

/** Texts of TEXT_LENGTH characters; every `every`-th ends in something personal. */
function textsFrom(every: number): string[] {
  const draw = new RandomStream(keyFromText('pii'), 0);
  return Array.from({ length: TEXTS }, (_, index) => {
    draw.restart(index);
    let text = '';
    while (text.length < TEXT_LENGTH) text += `${WORDS[draw.below(WORDS.length)] ?? ''} `;
    const end = (index + 1) % every === 0 ? (PERSONAL[draw.below(PERSONAL.length)] ?? '') : '';
    return `${text.slice(0, TEXT_LENGTH - end.length - 1)} ${end}`;
  });
}

const measure = (texts: readonly string[], work: (text: string) => unknown): Promise<number> =>
  rate(texts.length, RUNS, () => {
    for (const text of texts) work(text);
  });

const matchNaively = (text: string): number =>
  NAIVE.reduce((found, pattern) => found + (text.match(pattern)?.length ?? 0), 0);

/** Units a second of a text of HOSTILE_LENGTH that repeats a part. */
const measureHostile = (part: string): Promise<number> => {
  const text = part.repeat(HOSTILE_LENGTH / part.length);
  return rate(HOSTILE_LENGTH / 1e6, 3, () => findPii(text));
};

const clean = textsFrom(Infinity);
const personal = textsFrom(1);
const rates = {
  clean: await measure(clean, findPii),
  tenth: await measure(textsFrom(10), findPii),
  personal: await measure(personal, findPii),
  naive: await measure(personal, matchNaively),
};

printFigures([
  figure('pii', 'clean posts, 120 characters', Math.round(rates.clean), 'posts/s', GOAL),
  figure('pii', 'every tenth post has personal data', Math.round(rates.tenth), 'posts/s', GOAL),
  figure('pii', 'every post has personal data', Math.round(rates.personal), 'posts/s', GOAL),
  figure('pii', 'six naive patterns, same posts', Math.round(rates.naive), 'posts/s'),
  figure('pii', 'every post ÷ naive patterns', rates.personal / rates.naive, '×'),
  figure('pii', '1 MB of digits', await measureHostile('1'), 'MB/s'),
  figure('pii', '1 MB of lone digits', await measureHostile('1 '), 'MB/s'),
  figure('pii', '1 MB of @', await measureHostile('@'), 'MB/s'),
  figure('pii', '1 MB of (', await measureHostile('('), 'MB/s'),
]);
