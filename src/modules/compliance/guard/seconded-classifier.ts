import type { OpinionSource, ScoreHead, TextClassifier } from './text-classifier.js';

/** What a classifier elsewhere said of the texts of one decision, or why it said nothing. */
export interface Opinion {
  readonly source: OpinionSource;
  /** What answered, with its version; null where nothing did. */
  readonly model: string | null;
  /** Why there is no answer, or none about some of the texts, as a code; null where all were answered. */
  readonly problem: string | null;
  /** Of each text, in the order of the decision, what was said, from 0 to 1; nothing of those that were not answered. */
  readonly scores: readonly Readonly<Partial<Record<ScoreHead, number>>>[];
}

/** A score above which a text as a whole is said to carry what only a classifier elsewhere saw in it. */
const CARRIED = 0.5;

/**
 * The local classifiers with the opinions of others on one text of a decision. Others raise a score and never lower one: a
 * text may talk to whoever judges it, and all that it can reach is to be judged by what is here alone.
 */
export class SecondedClassifier implements TextClassifier {
  readonly version: string;
  readonly heads: readonly ScoreHead[];
  readonly elsewhere: { readonly asked: number; readonly failed: number };

  /** @param place of the text among those of the decision */
  constructor(
    private readonly local: TextClassifier,
    private readonly opinions: readonly Opinion[],
    private readonly place: number,
  ) {
    const models = opinions.flatMap(({ source, model }) => (model === null ? [] : [`${source} ${model}`]));
    this.version = [local.version, ...models].join(', ');
    this.heads = local.heads;
    this.elsewhere = {
      asked: opinions.length,
      failed: opinions.filter(({ problem }) => problem !== null).length,
    };
  }

  scores(text: string): Float32Array {
    return this.raised(text, this.opinions);
  }

  scoresWith(source: OpinionSource, text: string): Float32Array {
    return this.raised(
      text,
      this.opinions.filter((opinion) => opinion.source === source),
    );
  }

  explain(text: string, head: ScoreHead): { start: number; end: number }[] {
    const place = this.heads.indexOf(head);
    const local = this.local.scores(text)[place] ?? 0;
    const score = this.scores(text)[place] ?? 0;
    return score > local && score >= CARRIED
      ? [{ start: 0, end: text.length }]
      : this.local.explain(text, head);
  }

  language(text: string): string {
    return this.local.language(text);
  }

  private raised(text: string, opinions: readonly Opinion[]): Float32Array {
    const scores = this.local.scores(text).slice();
    for (const { scores: said } of opinions) {
      this.heads.forEach((head, place) => {
        scores[place] = Math.max(scores[place] ?? 0, said[this.place]?.[head] ?? 0);
      });
    }
    return scores;
  }
}
