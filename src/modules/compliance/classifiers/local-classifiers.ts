import type { TextClassifier } from '../guard/text-classifier.js';
import type { Classifiers, Span } from './classifiers.js';
import { HEADS, type Head } from './heads.js';
import type { Language } from './language.js';
import { loadClassifiers } from './loader.js';

/** The shipped classifiers as the guard asks for them; the model is read when something is first asked of it. */
export class LocalClassifiers implements TextClassifier {
  readonly heads: readonly Head[] = HEADS;
  private loaded: Classifiers | undefined;

  /** @param load reads the model; throws when it is not what was shipped */
  constructor(private readonly load: () => Classifiers = loadClassifiers) {}

  get version(): string {
    return this.model.version;
  }

  scores(text: string): Float32Array {
    return this.model.scores(text);
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
