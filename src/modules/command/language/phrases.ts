import { commandNamed, CHAT_COMMANDS } from '../registry/registry.js';
import type { ChatCommand } from '../registry/chat-command.js';
import { FILLERS, NO, REASONS, WATCHING, YES } from './lexicon.js';
import type { Intent } from './reading.js';
import { spansOf, type Span } from './spans.js';
import { LANGUAGES, plain, tokensOf, type Language, type Words } from './words.js';

/** Whole phrases, whatever is asked nicely around them. */

function wordsOf(text: string): string[] {
  return tokensOf(text).map(({ word }) => word);
}

/** Takes phrases off both ends of a sentence, the longest first. */
function stripped(words: readonly string[], phrases: Words, language: Language): string[] {
  const sorted = phrases[language].map((phrase) => phrase.split(' ')).toSorted((a, b) => b.length - a.length);
  let left = [...words];
  for (;;) {
    const [from, to] = [left, left.length];
    const start = sorted.find(
      (phrase) => phrase.length < to && phrase.every((word, at) => from[at] === word),
    );
    if (start !== undefined) left = left.slice(start.length);
    const [now, length] = [left, left.length];
    const end = sorted.find(
      (phrase) =>
        phrase.length < length && phrase.every((word, at) => now[length - phrase.length + at] === word),
    );
    if (end !== undefined) left = left.slice(0, length - end.length);
    if (start === undefined && end === undefined) return left;
  }
}

/** The command whose alias this is, with or without what asks nicely. */
export function aliasOf(text: string, language: Language): ChatCommand | undefined {
  if (tokensOf(text).some(({ quoted, after }) => quoted || after === 'sentence')) return undefined;
  const words = wordsOf(text);
  const whole = text.trim() === '?' ? '?' : words.join(' ');
  const bare = stripped(words, FILLERS, language).join(' ');
  const named = commandNamed(whole);
  if (
    named !== undefined &&
    Object.values(named.arguments.shape).every((each) => each.safeParse(undefined).success)
  )
    return named;
  return CHAT_COMMANDS.find(({ aliases }) =>
    LANGUAGES.some((each) => aliases[each].includes(whole) || aliases[each].includes(bare)),
  );
}

/** Whether a text says yes or no to a question, and nothing else. */
export function answerIn(text: string, language: Language): 'yes' | 'no' | undefined {
  const tokens = tokensOf(text);
  if (tokens.some(({ quoted }) => quoted) || text.includes('?')) return undefined;
  const words = tokens.map(({ word }) => word);
  const polite: Words = {
    en: ['please', 'thanks', 'thank you', 'pls'],
    es: ['por favor', 'porfa', 'gracias', 'muchas gracias'],
  };
  for (const [answer, phrases] of [
    ['no', NO],
    ['yes', YES],
  ] as const)
    for (const each of [language, ...LANGUAGES])
      if (isMadeOf(words, [...phrases[each], ...polite[each]]) && !isMadeOf(words, polite[each]))
        return answer;
  return undefined;
}

/** Whether words are nothing but these phrases, one after the other. */
function isMadeOf(words: readonly string[], phrases: readonly string[]): boolean {
  if (words.length === 0) return false;
  const sorted = phrases.map((phrase) => phrase.split(' ')).toSorted((a, b) => b.length - a.length);
  let at = 0;
  while (at < words.length) {
    const from = at;
    const next = sorted.find((phrase) => phrase.every((word, index) => words[from + index] === word));
    if (next === undefined) return false;
    at += next.length;
  }
  return true;
}

const HELP: Readonly<Record<Language, RegExp>> = {
  en: /^(?:please )?(?:help|how (?:do|can|would|should|could|to|does)|what (?:does|do|would|will) .*\b(?:do|mean)|explain|what commands)\b(.*)$/,
  es: /^(?:por favor )?(?:ayuda(?:me)?|como (?!va\b|van\b|esta\b|estan\b|anda\b|estas\b)|que (?:hace|significa)|explica(?:me)?|que (?:comandos|ordenes))\b(.*)$/,
};

/** Who asks how something is done wants it explained and not done. */
export function helpIn(text: string, language: Language): Intent | undefined {
  const command = commandNamed('help');
  const sentence = wordsOf(text).join(' ');
  if (command === undefined || !HELP[language].test(sentence)) return undefined;
  return { command, given: { topic: plain(text).slice(0, 200) } };
}

/** A sentence without the reason that it ends in, which may say anything. */
export function reasonIn(text: string, language: Language): { words: string; reason?: string } {
  for (const phrase of REASONS[language]) {
    const at = new RegExp(`(?:^|[\\s,;.])${phrase}(?:[:,])?\\s+`, 'iu').exec(plainKeeping(text));
    if (at === null || at.index === 0) continue;
    const reason = text.slice(at.index + at[0].length).trim();
    if (reason !== '') return { words: text.slice(0, at.index), reason };
  }
  return { words: text };
}

/** Without accents, and every letter where it was. */
function plainKeeping(text: string): string {
  return text.replaceAll(/[\u00c0-\u017f]/g, (letter) => plain(letter)[0] ?? letter);
}

/** "Tell me when … finishes": what stands between, or undefined where a text is none of these. */
export function watchingIn(spans: readonly Span[], language: Language): Span[] | undefined {
  const words = spans.flatMap((span) => span.tokens.map((token) => ({ span, token })));
  const bare = words.findIndex(({ span }) => !span.meanings.some(({ is }) => is === 'filler'));
  const asked = phraseAt(words, [bare, 0], WATCHING.ask[language]);
  if (asked === undefined) return undefined;
  const when = phraseAt(words, [asked], WATCHING.when[language]);
  if (when === undefined) return undefined;
  const rest = words.slice(when);
  // The longest words that say it ends, wherever they stand: Spanish has them before what ends.
  for (let length = 4; length > 0; length -= 1)
    for (let from = 0; from + length <= rest.length; from += 1) {
      const own = rest.slice(from, from + length);
      if (!WATCHING.end[language].includes(own.map(({ token }) => token.word).join(' '))) continue;
      const others = [...rest.slice(0, from), ...rest.slice(from + length)];
      const text = others.map(({ token: { raw, quoted } }) => (quoted ? `"${raw}"` : raw)).join(' ');
      return spansOf(text, language);
    }
  return undefined;
}

/** Where a phrase ends that begins at one of these places. */
function phraseAt(
  words: readonly { token: { word: string } }[],
  places: readonly number[],
  phrases: readonly string[],
): number | undefined {
  for (const place of places)
    for (let length = 5; length > 0; length -= 1) {
      const said = words
        .slice(place, place + length)
        .map(({ token }) => token.word)
        .join(' ');
      if (place >= 0 && phrases.includes(said)) return place + length;
    }
  return undefined;
}
