import type { Heard } from './recogniser.js';

/** A row of what was understood: word, first and last frame, probability, score of the sound. */
const ROW = /^(\S+) +(-?\d+) +(-?\d+) +[\d.]+ +(-?\d+) +-?\d+ +-?\d+ *$/;
/** Silence and noise. */
const NO_WORD = /^[<[(+]/;
/** The longest line that is looked at. */
const LINE_MAX = 1_000;
/** Score of a frame, against the best of any sound, at which words of the grammar and other words are as likely, and how fast that changes. */
const MIDDLE = -77;
const STEEPNESS = 8;

/** Reads what pocketsphinx prints with `-backtrace yes`: the words, and how well the sound fits them. */
export class SphinxLog {
  private rest = '';
  private readonly words: { word: string; frames: number; score: number }[] = [];

  read(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = (lines.pop() ?? '').slice(0, LINE_MAX);
    for (const line of lines) {
      const [, word = '', from, to, score] = ROW.exec(line) ?? [];
      if (word === '' || NO_WORD.test(word)) continue;
      const frames = Number(to) - Number(from) + 1;
      this.words.push({ word: word.replace(/\(\d+\)$/, ''), frames, score: Number(score) });
    }
  }

  /** What was understood. The grammar alone would be certain of whatever fits it best, so the sound itself is judged. */
  heard(): Heard {
    const frames = this.words.reduce((sum, each) => sum + each.frames, 0);
    if (frames === 0) return { text: '', confidence: undefined };
    const score = this.words.reduce((sum, each) => sum + each.score, 0) / frames;
    return {
      text: this.words.map(({ word }) => word).join(' '),
      confidence: 1 / (1 + Math.exp((MIDDLE - score) / STEEPNESS)),
    };
  }
}
