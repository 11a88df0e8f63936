import canonicalize from 'canonicalize';
import { keyFromText, RandomStream } from '../../../engine/random.js';
import { ContentError } from '../content.errors.js';
import type { CompiledLanguage } from '../templates/compiled-template.js';
import type { DraftContext, InputValue } from './draft-context.js';
import { voiceOf, type Voice } from './voice.js';
import { DraftComposer, type Choices } from './draft-composer.js';
import { languageOfLocale, type Language } from './language.js';
import type { CompiledTemplate } from '../templates/compiled-template.js';
import { VARIATIONS_MAX, VARIATIONS_MIN } from '../templates/template.schema.js';
import type { DraftAgent } from '../templates/variables.js';
import type { Tone } from '../../agents/index.js';

/** How a draft came to be; the same metadata gives the same draft. It goes over the wire and into the database. */
export interface DraftMetadata {
  /** Who wrote the caption. Choices are those of the rules, whose text is the outline of a model's. */
  readonly generator: 'rules' | 'llm';
  readonly template: string;
  readonly template_version: string;
  readonly template_digest: string;
  readonly language: Language;
  readonly tone: Tone;
  readonly seed: string;
  /** Which of the agent's drafts with this seed it is, from 0. */
  readonly index: number;
  readonly voice: Voice;
  readonly choices: Choices;
  readonly variation_choices: readonly Choices[];
  /** In UTF-16 units; hashtags in their number. */
  readonly lengths: {
    readonly caption: number;
    readonly alt_text: number;
    readonly hashtags: number;
    readonly variations: readonly number[];
  };
}

/** What a draft is asked for, beside its template and agent. */
export interface DraftRequestOptions {
  /** How many variations, 1 to 5; the template's own number unless given. */
  readonly variations?: number | undefined;
  readonly context?: DraftContext | undefined;
  /** Told when a step of the work is done. */
  readonly onStep?: ((step: 'write' | 'vary') => void) | undefined;
}

/** A draft as composed: not yet scored, decided on or stored. */
export interface ComposedDraft {
  readonly language: Language;
  readonly caption: string;
  readonly altText: string;
  readonly hashtags: readonly string[];
  readonly variations: readonly { readonly caption: string }[];
  readonly metadata: DraftMetadata;
}

/**
 * Composes one draft: a pure function of the template's version, the agent, the seed, the index and the context. The
 * language is that of the agent's locale where the template has it, else the template's default.
 * @param index which of the agent's drafts with this seed, an unsigned 32-bit integer
 * @param options a smaller number of variations gives the same caption and the first variations of a larger one
 * @throws ContentError `variations_out_of_range`, `template_render_failed`, `draft_too_long`, or `variations_exhausted`
 *   where the template has too few alternatives for that many different captions
 */
export function composeDraft(
  template: CompiledTemplate,
  agent: DraftAgent,
  seed: string,
  index: number,
  { variations, context, onStep }: DraftRequestOptions = {},
): ComposedDraft {
  if (!Number.isInteger(index) || index < 0 || index > 0xffffffff) {
    throw new RangeError(`the index of a draft is an unsigned 32-bit integer, not ${index}`);
  }
  const texts = textsFor(template, agent.locale);
  const count = variations ?? texts.variationCount;
  if (!Number.isInteger(count) || count < VARIATIONS_MIN || count > VARIATIONS_MAX)
    throw variationsOutOfRange(count);

  const identity = ['draft', template.id, template.version, seed, agent.id];
  const key = keyFromText(
    JSON.stringify(context === undefined ? identity : [...identity, canonicalize(context)]),
  );
  const voice = voiceOf(agent);
  const read = { ...context, inputs: { ...defaultsOf(template), ...context?.inputs } };
  const composer = new DraftComposer(template, texts, { agent, voice }, new RandomStream(key, index), read);
  const main = composer.main();
  onStep?.('write');
  const others = composer.variations(main.caption, count);
  onStep?.('vary');
  return {
    language: texts.language,
    caption: main.caption,
    altText: main.altText,
    hashtags: main.hashtags,
    variations: others.map(({ caption }) => ({ caption })),
    metadata: {
      generator: 'rules',
      template: template.id,
      template_version: template.version,
      template_digest: template.digest,
      language: texts.language,
      tone: agent.tone,
      seed,
      index,
      voice,
      choices: main.choices,
      variation_choices: others.map(({ choices }) => choices),
      lengths: {
        caption: main.caption.length,
        alt_text: main.altText.length,
        hashtags: main.hashtags.length,
        variations: others.map(({ caption }) => caption.length),
      },
    },
  };
}

/** The texts of a template for a locale: its variant, its language, or the default one. */
export function textsFor(template: CompiledTemplate, locale: string): CompiledLanguage {
  const variant = template.locales.get(locale.replace('_', '-'));
  const spoken = languageOfLocale(locale);
  const texts =
    variant ??
    (spoken === undefined ? undefined : template.languages.get(spoken)) ??
    template.languages.get(template.defaultLanguage);
  if (texts === undefined) throw new TypeError(`template ${template.id} has no default language`);
  return texts;
}

function defaultsOf({ inputs }: CompiledTemplate): Record<string, InputValue> {
  const values: Record<string, InputValue> = {};
  for (const [name, { default: value }] of Object.entries(inputs))
    if (value !== undefined) values[name] = value;
  return values;
}

/** The refusal of a number of variations that no draft has. */
export function variationsOutOfRange(count: unknown): ContentError {
  const message = `variations must be an integer from ${VARIATIONS_MIN} to ${VARIATIONS_MAX}, not ${String(count)}`;
  return new ContentError('invalid', 'variations_out_of_range', message, [{ field: 'variations', message }]);
}
