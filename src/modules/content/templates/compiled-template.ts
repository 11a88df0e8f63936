import type { Language } from '../writing/language.js';
import type { Tone } from '../../agents/index.js';
import type { LiquidText } from './liquid-sandbox.js';
import type { TemplateDocument } from './template.schema.js';
import type { TemplateInputs } from './inputs.js';
import type { VariableName } from './variables.js';

/** One of several texts for the same place. */
export interface Alternative {
  /** Its position in the template's list, for the record of choices. */
  readonly index: number;
  readonly text: LiquidText;
  /** The phrases that it reads, in the template's order. */
  readonly phrases: readonly string[];
}

/** The alternatives for one place, by the tones that may use them; never empty for a tone. */
export type ChoiceList = Readonly<Record<Tone, readonly Alternative[]>>;

/** A template's texts in one language, parsed and checked. */
export interface CompiledLanguage {
  readonly language: Language;
  readonly terms: ReadonlyMap<string, string>;
  readonly phrases: ReadonlyMap<string, ChoiceList>;
  readonly caption: ChoiceList;
  readonly altText: ChoiceList;
  readonly hashtags: readonly Alternative[];
  /** How many variations a draft has unless it is asked for another number. */
  readonly variationCount: number;
  /** Variation n is drawn from list n, starting over after the last. */
  readonly variations: readonly ChoiceList[];
}

/** A template that is ready to compose drafts. */
export interface CompiledTemplate {
  /** As its text has it, defaults filled in. */
  readonly document: TemplateDocument;
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** SHA-256 of its text, lower-case hexadecimal: the order of its keys counts, and a comment has a place in it. */
  readonly sha256: string;
  /** The first 16 digits of it, which drafts record: tells an edit without a new version. */
  readonly digest: string;
  readonly variables: readonly VariableName[];
  readonly inputs: TemplateInputs;
  readonly defaultLanguage: Language;
  readonly languages: ReadonlyMap<Language, CompiledLanguage>;
  /** Variants of a language, by their locale: `es-AR`. */
  readonly locales: ReadonlyMap<string, CompiledLanguage>;
}
