import type { RandomStream } from '../../../engine/random.js';
import { TONES, type Tone } from '../agent.profile.js';
import { ENGLISH_BIOGRAPHIES, SPANISH_BIOGRAPHIES, type BiographyTable } from '../data/biographies.js';
import { interestName } from './interests.js';

export const MAX_BIO = 160;

/** Writes biographies of 60 to 160 characters in Spanish or English, from sentences of the agent's tone. */
export class BiographyWriter {
  private readonly table: BiographyTable;
  private readonly sentences = new Map<string, Readonly<Record<Tone, readonly string[]>>>();

  /**
   * @param language the agents' language; any but Spanish gets English
   * @param interests every interest that may be written about
   */
  constructor(language: string, interests: readonly string[]) {
    this.table = language === 'es' ? SPANISH_BIOGRAPHIES : ENGLISH_BIOGRAPHIES;
    for (const interest of interests) {
      const name = interestName(interest, language);
      const filled = (tone: Tone): string[] =>
        this.table.interests[tone].map((sentence) => sentence.replace('{}', () => name));
      this.sentences.set(interest, {
        casual: filled('casual'),
        formal: filled('formal'),
        enthusiastic: filled('enthusiastic'),
        sarcastic: filled('sarcastic'),
        informative: filled('informative'),
      });
    }
  }

  /** Every sentence that biographies of this population are made of: what a guard has to have read. */
  *allSentences(): Generator<string> {
    for (const tone of TONES) {
      yield* this.table.openings[tone];
      yield* this.table.closings[tone];
      for (const sentences of this.sentences.values()) yield* sentences[tone];
    }
  }

  /** @param interest one of those the writer was made for */
  write(tone: Tone, interest: string, stream: RandomStream): string {
    const opening = pick(this.table.openings[tone], stream);
    const middle = pick(this.sentences.get(interest)?.[tone] ?? [], stream);
    const closing = pick(this.table.closings[tone], stream);
    const length = opening.length + middle.length + closing.length + 2;
    return length <= MAX_BIO ? `${opening} ${middle} ${closing}` : `${opening} ${middle}`;
  }
}

function pick(sentences: readonly string[], stream: RandomStream): string {
  return sentences[stream.below(sentences.length)] as string;
}
