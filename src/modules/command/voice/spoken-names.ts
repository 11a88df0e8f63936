import { plain } from '../language/words.js';
import type { ThingKind } from '../registry/things.js';

/** A name, and how it is said. */
interface SpokenName {
  kind: ThingKind;
  name: string;
  /** `analytics bot v one` for `analytics-bot-v1`. */
  said: readonly string[];
}

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
/** Words of a name that is still said aloud. */
const WORDS_MAX = 8;

/** The words that a name is said in: its parts, digits one by one. */
function wordsOf(name: string): string[] {
  return (plain(name).match(/\p{L}+|\d/gu) ?? []).map((part) => DIGITS[Number(part)] ?? part);
}

/** What things are called, and how that sounds: nobody says a hyphen. */
export class SpokenNames {
  readonly all: readonly SpokenName[];
  private readonly bySound = new Map<string, string | undefined>();
  private readonly longest: number;

  constructor(names: readonly { kind: ThingKind; name: string }[]) {
    this.all = names.flatMap(({ kind, name }) => {
      const said = wordsOf(name);
      return said.length === 0 || said.length > WORDS_MAX ? [] : [{ kind, name, said }];
    });
    for (const { said, name } of this.all) {
      const sound = said.join(' ');
      const other = this.bySound.get(sound);
      // Two names that sound the same are not told apart here: whoever looks them up asks.
      this.bySound.set(sound, this.bySound.has(sound) && other !== name ? undefined : name);
    }
    this.longest = Math.max(0, ...this.all.map(({ said }) => said.length));
  }

  /** What was heard, with names as they are written in place of how they sound; the longest first. */
  written(text: string): string {
    const words = text.split(/\s+/).filter((word) => word !== '');
    const sounds = words.map((word) => wordsOf(word).join(' '));
    const written: string[] = [];
    for (let at = 0; at < words.length;) {
      const length = this.lengthAt(sounds, at);
      const name = this.bySound.get(sounds.slice(at, at + length).join(' '));
      written.push(
        length > 1 && name !== undefined ? name : words.slice(at, at + Math.max(1, length)).join(' '),
      );
      at += Math.max(1, length);
    }
    return written.join(' ');
  }

  /** How many words from here on are a name; one word is its own name. */
  private lengthAt(sounds: readonly string[], at: number): number {
    for (let length = Math.min(this.longest, sounds.length - at); length > 1; length -= 1)
      if (this.bySound.get(sounds.slice(at, at + length).join(' ')) !== undefined) return length;
    return 1;
  }
}
