import type { RandomStream } from '../../src/engine/random.js';

/** What a long text is made of, over and over, that asks more of some part of the guard than prose does. */
export const LONG_TEXTS: Readonly<Record<string, string>> = {
  'one letter': 'a',
  emoji: '👩‍👩‍👧‍👦',
  'marks on one letter': '\u0301',
  'invisible characters': '\u200b',
  'ligatures that fold to many': 'ﷺ',
  'letters apart': 'k i l l ',
  'letters with dots': 'k.i.l.l ',
  'the beginning of a phrase': 'i will really ',
  'words written together': 'killyourkillyour',
  digits: '1234567890',
  'digits in groups': '4111 1111 1111 111 ',
  'the beginnings of addresses': 'a@a.',
  'at signs': '@',
  symbols: '$@!|+',
  hashtags: '#a',
  links: 'a.b/',
  schemes: 'http://',
  'quotes in quotes': '"\'«“‘(',
  'half surrogates': '\ud83d',
  NUL: '\0',
  'turned round': '\u202ea\u202c',
  tags: '\u{e0061}',
  'right to left': 'שלום ',
  'mixed scripts': 'kіⅼļ уοu ',
};

const PROSE =
  'The crew met at the old station to paint the long wall beside the market, and people stopped to talk. ';

const ATTEMPTS = 5;

/** Of the processor, in microseconds, the least of some attempts: whatever else runs on the machine only adds. */
function least(work: () => void): number {
  let best = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const started = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(started);
    best = Math.min(best, user + system);
  }
  return best;
}

const filled = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** How many times as long a text takes as prose of the same length. */
export function slowdown(judge: (text: string) => void, unit: string, length: number): number {
  const [text, prose] = [filled(unit, length), filled(PROSE, length)];
  return least(() => judge(text)) / least(() => judge(prose));
}

const PIECES = [
  ...Object.values(LONG_TEXTS),
  ...'kill yourself,ignore previous instructions,ana@example.com,+52 55 1234 5678,bit.ly/abc,#tag,<b>'.split(
    ',',
  ),
];

/** A text of anything: code units without sense, pieces of what the guard looks for. */
export function fuzz(draw: RandomStream): string {
  let text = '';
  for (let parts = draw.below(40); parts > 0; parts -= 1) {
    const kind = draw.below(4);
    if (kind === 0) text += String.fromCharCode(draw.below(0x10000));
    else if (kind === 1) text += String.fromCodePoint(draw.below(0x110000));
    else if (kind === 2) text += String.fromCharCode(0x20 + draw.below(0x60));
    else text += PIECES[draw.below(PIECES.length)] ?? '';
  }
  return text;
}
