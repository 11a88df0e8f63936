import { AppError } from '../../../core/errors/index.js';
import type { OpinionSource, ScoreHead } from '../guard/text-classifier.js';

/** What a classifier says of one text, from 0 to 1; of heads that it does not know, nothing. */
export type GivenScores = Partial<Record<ScoreHead, number>>;

/** What a classifier elsewhere answered. */
export interface Answer {
  /** What answered, with its version: printable ASCII. */
  model: string;
  /** Of each text, in the order in which they were given; undefined where there is no answer about it. */
  scores: (GivenScores | undefined)[];
  /** Why there is no answer about some; null where all have one. */
  problem: string | null;
}

/** A classifier that other programs run. */
export interface OutsideClassifier {
  readonly source: OpinionSource;
  /**
   * @param texts no two alike, none of them blank
   * @throws AppError, OutsideError, or the reason of the signal, where it has nothing to say of any
   */
  classify(texts: readonly string[], signal: AbortSignal): Promise<Answer>;
}

/** What a version of a model may be called: it stands in reasons and lists. */
export const MODEL_NAME = /^[\x21-\x7e][\x20-\x7e]{0,199}$/;

/** A classifier elsewhere that answered with something else than an answer. */
export class OutsideError extends AppError {
  private constructor(
    code: string,
    message: string,
    /** Whether it shows that the server does not work, rather than that it made nothing of these texts. */
    readonly isOutage: boolean,
  ) {
    super('unavailable', code, message);
  }

  /** A status other than 200. */
  static status(source: OpinionSource, status: number): OutsideError {
    return new OutsideError(`status_${status}`, `the ${source} classifier answers ${status}`, status >= 429);
  }

  /** 200, and something that is no answer; what it is, is not repeated: it may hold the text. */
  static unreadable(source: OpinionSource, message: string): OutsideError {
    return new OutsideError(
      'answer_invalid',
      `the ${source} classifier has not answered as agreed: ${message}`,
      false,
    );
  }
}
