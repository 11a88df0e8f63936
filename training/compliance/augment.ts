import type { RandomStream } from '../../src/engine/random.js';
import type { Example } from './authored.js';

const DIGITS: Readonly<Record<string, string>> = {
  a: '4',
  e: '3',
  i: '1',
  o: '0',
  s: '5',
  t: '7',
  b: '8',
  g: '9',
};
const ENDS = ['', '', '', '.', '!', '!!', '...', '?!', ' lol', ' smh', ' :(', ' #facts'];
const STARTS = ['', '', '', '', '@user ', 'RT @user: ', 'wow, ', 'ok so ', 'listen: ', 'lol '];

const swapAt = (word: string, at: number): string =>
  word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);

/** Ways in which people write around a filter or slip; the evaluation's obfuscator has others. */
const DISGUISES: readonly ((word: string, draw: RandomStream) => string)[] = [
  (word) => Array.from(word, (letter) => DIGITS[letter] ?? letter).join(''),
  (word, draw) => {
    const at = draw.below(word.length);
    return word.slice(0, at) + word.charAt(at).repeat(3) + word.slice(at);
  },
  (word, draw) => (word.length < 4 ? word : swapAt(word, 1 + draw.below(word.length - 2))),
  (word, draw) => {
    const at = 1 + draw.below(Math.max(1, word.length - 1));
    return word.length < 4 ? word : word.slice(0, at) + word.slice(at + 1);
  },
  (word) => Array.from(word).join(' '),
];

/** A text with one to three of its words disguised. */
export function disguise(text: string, draw: RandomStream): string {
  const words = text.split(' ');
  const how = DISGUISES[draw.below(DISGUISES.length)];
  for (let count = 1 + draw.below(3); count > 0; count -= 1) {
    const at = draw.below(words.length);
    words[at] = how?.(words[at] ?? '', draw) ?? '';
  }
  return draw.below(12) === 0 ? words.join('') : words.join(' ');
}

/** A text with one word, where an emoji is called that, as the emoji. */
function picture(text: string, emojiOf: ReadonlyMap<string, string>, draw: RandomStream): string {
  const words = text.split(' ');
  const places = words.flatMap((word, at) => (emojiOf.has(word) ? [at] : []));
  const at = places[draw.below(Math.max(1, places.length))];
  if (at !== undefined) words[at] = emojiOf.get(words[at] ?? '') ?? '';
  return words.join(' ');
}

/** So many words may stand before a text, so that it begins in the first window that is read. */
const WORDS_BEFORE = 40;

/** A text with up to three others before it and after it. */
function amid(text: string, others: readonly Example[], draw: RandomStream): string {
  const some = (): string[] =>
    Array.from({ length: draw.below(4) }, () => sentence(others[draw.below(others.length)]?.text ?? ''));
  const before = some();
  while (before.join(' ').split(' ').length > WORDS_BEFORE) before.pop();
  return [...before, sentence(text), ...some()].join(' ');
}

const sentence = (text: string): string => (/[.?!"]$/u.test(text) ? text : `${text}.`);

/** What the texts of a source may be varied with. */
export interface Surroundings {
  readonly ordinary: readonly Example[];
  /** Texts without any harm, to stand around others in a longer one. */
  readonly harmless: readonly Example[];
  /** Emoji by the one word of their name. */
  readonly emojiOf: ReadonlyMap<string, string>;
}

/** An authored text as it may stand in a post: after or before an ordinary sentence, amid several, loud, unpunctuated, disguised. */
export function vary(
  example: Example,
  { ordinary, harmless, emojiOf }: Surroundings,
  draw: RandomStream,
): Example {
  let { text } = example;
  if (draw.below(12) === 0) text = picture(text, emojiOf, draw);
  if (draw.below(8) === 0) text = text.toUpperCase();
  else if (draw.below(3) === 0) text = text.charAt(0).toUpperCase() + text.slice(1);
  const chance = draw.below(20);
  if (chance < 3) text = disguise(text, draw);
  const end = ENDS[draw.below(ENDS.length)] ?? '';
  text += /[.?!]$/u.test(text) ? '' : end;
  const beside = ordinary[draw.below(Math.max(1, ordinary.length))]?.text ?? '';
  const place = draw.below(10);
  if (draw.below(6) === 0 && harmless.length > 0) text = amid(text, harmless, draw);
  else if (place === 0) text = `${beside}. ${text}`;
  else if (place === 1) text = `${text}${/[.?!]$/u.test(text) ? '' : '.'} ${beside}`;
  else text = (STARTS[draw.below(STARTS.length)] ?? '') + text;
  return { ...example, text };
}
