import type { TextClassifier } from '../guard/text-classifier.js';
import type { Classifiers, Span } from './classifiers.js';
import { HEADS, type Head } from './heads.js';
import type { Language } from './language.js';
import { loadClassifiers } from './loader.js';

/** Of so many texts the scores are kept, each text at most so many UTF-16 units long: some eight megabytes. */
const KEPT_TEXTS = 16_384;
const KEPT_LENGTH = 200;

/** The shipped classifiers as the guard asks for them; the model is read when something is first asked of it. */
export class LocalClassifiers implements TextClassifier {
  readonly heads: readonly Head[] = HEADS;
  private loaded: Classifiers | undefined;
  /** Hashtags, descriptions and labels come again and again: most of a batch of drafts is short texts seen before. */
  private readonly known = new Map<string, Float32Array>();

  /** @param load reads the model; throws when it is not what was shipped */
  constructor(private readonly load: () => Classifiers = loadClassifiers) {}

  get version(): string {
    return this.model.version;
  }

  scores(text: string): Float32Array {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const scores = this.model.scores(text);
    if (this.known.size === KEPT_TEXTS) this.known.clear();
    if (text.length <= KEPT_LENGTH) this.known.set(text, scores);
    return scores;
  }

  explain(text: string, head: Head): Span[] {
    return this.model.explain(text, head);
  }

  language(text: string): Language {
    return this.model.language(text);
  }

  private get model(): Classifiers {
    this.loaded ??= this.load();
    return this.loaded;
  }
}
