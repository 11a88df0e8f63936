import { ApiError, type Client } from '@azt3knet/client';
import { LANGUAGES, type Language } from '../language/words.js';
import { nounOf, SHELVES, THING_KINDS, type ThingKind } from './things.js';

/** What stands for a name in an example: `<campaign>`, `<población>`. */
const PLACEHOLDER = /<(\p{L}+)>/gu;
/** Characters of an id that are said. */
const ID_START = 8;

const KINDS: ReadonlyMap<string, ThingKind> = new Map(
  THING_KINDS.flatMap((kind) => LANGUAGES.map((language) => [nounOf(kind, language), kind])),
);

/** Whether a text is an example that names nothing yet. */
export function hasPlaceholder(text: string): boolean {
  return text.search(PLACEHOLDER) >= 0;
}

/**
 * Puts the name of the newest thing of its kind in the place of each placeholder that has one; the others stay, as does what the speaker
 * may not see.
 * @returns the texts in their order
 */
export async function withNames(
  api: Client,
  texts: readonly string[],
  language: Language,
): Promise<string[]> {
  const words = new Set(
    texts.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map(([, word]) => word ?? '')),
  );
  const names = new Map(
    await Promise.all(
      [...words].map(async (word) => [word, await newestName(api, KINDS.get(word))] as const),
    ),
  );
  const marks = language === 'es' ? ['«', '»'] : ['“', '”'];
  return texts.map((text) =>
    text.replaceAll(PLACEHOLDER, (placeholder, word: string) => {
      const name = names.get(word);
      if (name === undefined) return placeholder;
      return /^[\p{L}\p{N}_.@-]+$/u.test(name) ? name : marks.join(name);
    }),
  );
}

async function newestName(api: Client, kind: ThingKind | undefined): Promise<string | undefined> {
  const shelf = kind === undefined ? undefined : SHELVES[kind];
  try {
    const newest = (await shelf?.newest(api, 1))?.[0];
    if (newest === undefined) return undefined;
    return newest.name === newest.id && /^[\da-f]{8}-/u.test(newest.id)
      ? newest.id.slice(0, ID_START)
      : newest.name;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
