import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { phraseWords } from '../../src/modules/compliance/guard/words.js';
import { inflections } from './inflect.js';
import { MAX_PHRASE_WORDS } from '../../src/modules/compliance/classifiers/vocabulary.js';
import { HEADS, maskOf, type Head, type WordClass } from '../../src/modules/compliance/classifiers/heads.js';

const FOLDER = join(PROJECT_ROOT, 'training', 'compliance', 'authored');
const ARTICLE = /^(?:el|la|los|las|un|una|unos|unas|the|a|an) (?=.)/u;
/** The name of the function that a section of functional frames is for. */
const FUNCTION = /@[a-z-]+/u;
/** A tested frame is written at most this often: more copies say nothing more of it. */
const TESTED_COPIES = 20;
/** What a frame is written at most this often, with other words each time. */
const COPIES = 90;

const BENIGN_COPIES = 50;
/** Rows of the sources below this fold are kept for tests where a source has no split of its own. */
export const TEST_FOLD = 20;

/** 1 or 0 for each head, -1 where it is not known. */
export type Labels = Int8Array;

/** A text to learn from; `fold` tells frames and rows apart, so that a part can be held back. */
export interface Example {
  readonly text: string;
  readonly labels: Labels;
  readonly source: string;
  readonly fold: number;
  readonly weight: number;
}

const FUNCTIONAL = 'functional:';

/** Whether an example is of a functional section; its source names the function. */
export const isFunctional = ({ source }: Pick<Example, 'source'>): boolean => source.startsWith(FUNCTIONAL);

const BENIGN = 'authored-benign';

/** Whether an example is of the frames that no head is about: ordinary posts, captions, hashtags, biographies. */
export const isBenign = ({ source }: Pick<Example, 'source'>): boolean => source.startsWith(BENIGN);

/** Whether an example was written for this project, so that its labels are known for every head. */
export const isAuthored = (example: Pick<Example, 'source'>): boolean =>
  example.source.startsWith('authored') || isFunctional(example);

/** Words that frames are filled with, by slot. */
type Slots = Map<string, string[]>;

function readAuthored(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

const contentLines = (text: string): string[] =>
  text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('# '));

/** The names of emoji, by emoji. */
export function emojiNames(): Map<string, string> {
  return new Map(
    contentLines(readAuthored('emoji.txt')).map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(0, space), line.slice(space + 1)];
    }),
  );
}

/** An entry of a list as the lexicon has it: folded, without an article; undefined when it is too long for it. */
export function lexiconEntry(entry: string): string | undefined {
  const words = phraseWords(entry.replace(ARTICLE, ''));
  return words.length === 0 || words.length > MAX_PHRASE_WORDS ? undefined : words.join(' ');
}

function readWords(name: string): { lexicon: Map<string, number>; slots: Slots } {
  const lexicon = new Map<string, number>();
  const slots: Slots = new Map();
  for (const line of contentLines(readAuthored(name))) {
    const [head = '', list = ''] = line.split(/:(.*)/su);
    const [classes = '', names = ''] = head.split(' ');
    const entries = list.split(',').map((entry) => entry.trim());
    const mask = classes === '-' ? 0 : maskOf(...(classes.split(',') as WordClass[]));
    for (const slot of names.split(',')) {
      if (slot !== '-') slots.set(plain(slot), [...(slots.get(plain(slot)) ?? []), ...entries]);
    }
    for (const entry of entries.map(lexiconEntry)) {
      if (entry !== undefined && mask !== 0) lexicon.set(entry, (lexicon.get(entry) ?? 0) | mask);
    }
  }
  return { lexicon, slots };
}

/** The authored lexicon of both languages, other forms of its words included: class masks by folded word or phrase. */
export function authoredLexicon(): Map<string, number> {
  const lexicon = new Map<string, number>();
  const add = (entry: string, mask: number): void => {
    lexicon.set(entry, (lexicon.get(entry) ?? 0) | mask);
  };
  const english = readWords('words.en.txt').lexicon;
  const spanish = readWords('words.es.txt').lexicon;
  for (const [entry, mask] of [...english, ...spanish]) add(entry, mask);
  const inflected = new Map<string, number>();
  for (const [words, language] of [[english, 'en'] as const, [spanish, 'es'] as const]) {
    for (const [entry, mask] of words) {
      for (const form of inflections(entry, mask, language))
        if (!inflected.has(form)) inflected.set(form, mask);
    }
  }
  // What is written down counts more than what a rule makes.
  for (const [form, mask] of inflected) if (!lexicon.has(form)) add(form, mask);
  return lexicon;
}

/** The labels that a line such as `== hate=1 profanity=?` gives; a head that it does not name is 0. */
function parseLabels(line: string): Labels {
  const labels = new Int8Array(HEADS.length);
  const named = new Set<string>();
  for (const part of line.replace('==', '').replace(FUNCTION, '').trim().split(/\s+/u)) {
    const [name = '', value = ''] = part.split('=');
    const head = HEADS.indexOf(name as Head);
    if (head < 0) throw new Error(`an authored section names the head ${name}`);
    labels[head] = value === '?' ? -1 : Number(value);
    named.add(name);
  }
  // A rude text may well be profane; only where it is said do we know.
  if (!named.has('profanity') && labels[HEADS.indexOf('harassment')] !== 0)
    labels[HEADS.indexOf('profanity')] = -1;
  return labels;
}

/** Writes a frame once: choices in parentheses and slots in braces are drawn. */
function write(frame: string, slots: Slots, draw: RandomStream): string {
  let text = frame;
  // Innermost choices first, since choices may hold others.
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/\(([^()]*)\)/u, (_, choices: string) => pick(choices.split('|'), draw));
  }
  return text
    .replace(/\{([^{}]+)\}/gu, (_, slot: string) => pick(slots.get(plain(slot)) ?? missing(slot), draw))
    .replace(/\s+/gu, ' ')
    .trim();
}

const plain = (slot: string): string => slot.normalize('NFD').replace(/\p{Mn}/gu, '');

function missing(slot: string): never {
  throw new Error(`an authored frame names the slot ${slot}`);
}

function pick(choices: readonly string[], draw: RandomStream): string {
  return choices[draw.below(choices.length)] ?? '';
}

interface Frame {
  readonly text: string;
  readonly fold: number;
  readonly labels: Labels;
  readonly slots: Slots;
  readonly source: string;
}

/**
 * Every tenth frame of a section, the fourth first, has the fold 0; of a functional section every second. Of five benign
 * frames the fourth has the fold 0, for tests, and the second TEST_FOLD, for thresholds.
 */
function foldAt(place: number, source: string): number {
  if (isFunctional({ source })) return (place % 2) * 50;
  if (isBenign({ source })) return [50, TEST_FOLD, 50, 0, 50][place % 5] ?? 50;
  return ((place + 7) % 10) * 10;
}

function readFrames(name: string, source: string, slots: Slots): Frame[] {
  const frames: Frame[] = [];
  let labels: Labels | undefined;
  let from = source;
  let place = 0;
  for (const line of contentLines(readAuthored(name))) {
    if (line.startsWith('==')) {
      labels = parseLabels(line);
      const [named] = FUNCTION.exec(line) ?? [];
      from = named === undefined ? source : `${FUNCTIONAL}${named.slice(1)}`;
      place = 0;
    } else if (labels !== undefined) {
      const fold = foldAt(place, from);
      frames.push({ text: line.trim(), fold, labels, slots, source: from });
      place += 1;
    }
  }
  return frames;
}

/** How many texts a frame is good for: few for one that has few forms. */
function copiesOf({ text, slots, source, fold }: Frame): number {
  let forms = 1;
  for (const [, choices = ''] of text.matchAll(/\(([^()]*)\)/gu)) forms *= choices.split('|').length;
  for (const [, slot = ''] of text.matchAll(/\{([^{}]+)\}/gu)) forms *= slots.get(plain(slot))?.length ?? 1;
  let most = isFunctional({ source }) && fold === 0 ? TESTED_COPIES : COPIES;
  if (isBenign({ source })) most = BENIGN_COPIES;
  return Math.min(most, Math.ceil(forms / 2));
}

/** A number in [0, 100) from a text, by which parts are held back. */
export function foldOf(text: string): number {
  return keyFromText(text).k0 % 100;
}

/** Every authored frame written out; the same seed gives the same texts. */
export function authoredExamples(seed: string): Example[] {
  const english = readWords('words.en.txt').slots;
  const spanish = readWords('words.es.txt').slots;
  const frames = [
    ...readFrames('frames.en.hate.txt', 'authored-en-hate', english),
    ...readFrames('frames.en.harms.txt', 'authored-en-harms', english),
    ...readFrames('frames.en.long.txt', 'authored-long', english),
    ...readFrames('frames.en.injection.txt', 'authored-injection', english),
    ...readFrames('frames.es.txt', 'authored-es', spanish),
    ...readFrames('frames.ordinary.txt', 'authored-ordinary', english),
    ...readFrames('frames.benign.en.txt', `${BENIGN}-en`, readWords('words.benign.en.txt').slots),
    ...readFrames('frames.benign.es.txt', `${BENIGN}-es`, readWords('words.benign.es.txt').slots),
    ...readFrames('functional.en.txt', 'functional', english),
    ...readFrames('functional.es.txt', 'functional', spanish),
    ...readFrames('functional.injection.txt', 'functional', english),
  ];
  const draw = new RandomStream(keyFromText(seed), 0);
  return frames.flatMap((frame, index) => {
    draw.restart(index);
    const texts = new Set<string>();
    for (let copy = copiesOf(frame); copy > 0; copy -= 1) texts.add(write(frame.text, frame.slots, draw));
    return Array.from(texts, (text) => ({
      text,
      labels: frame.labels,
      source: frame.source,
      fold: frame.fold,
      weight: 1,
    }));
  });
}
