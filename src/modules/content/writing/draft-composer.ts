import type { RandomStream } from '../../../engine/random.js';
import { ContentError } from '../content.errors.js';
import { normaliseHashtags } from './hashtag.rules.js';
import type {
  Alternative,
  ChoiceList,
  CompiledLanguage,
  CompiledTemplate,
} from '../templates/compiled-template.js';
import type { LiquidScope } from '../templates/liquid-sandbox.js';
import {
  emptyScope,
  scopeOf,
  type DraftAgent,
  type ScopeContext,
  type Subjects,
} from '../templates/variables.js';
import { interestName } from './interest-names.js';
import { isAlike, readingOf } from './reading.js';
import { inVoice, type Voice } from './voice.js';

/** The longest caption and the longest alt text, in UTF-16 units. */
export const CAPTION_MAX_LENGTH = 2_200;
export const ALT_TEXT_MAX_LENGTH = 1_000;
/** How often a variation is drawn again when it reads like the caption or another variation. */
const VARIATION_ATTEMPTS = 32;

/** Which alternative was drawn for which place, by its position in the template. */
export type Choices = Record<string, number>;

/** One telling of the subject: its drawn phrases, in a scope, and the choices that were made. */
interface Telling {
  readonly scope: LiquidScope;
  readonly choices: Choices;
}

/** Writes the texts of one draft; every draw comes from the stream, in a fixed order. */
export class DraftComposer {
  private readonly base: LiquidScope;

  constructor(
    private readonly template: CompiledTemplate,
    private readonly texts: CompiledLanguage,
    private readonly writer: { readonly agent: DraftAgent; readonly voice: Voice },
    private readonly stream: RandomStream,
    context: ScopeContext,
  ) {
    const { agent } = writer;
    this.base = scopeOf(template.variables, { agent, subjects: this.subjects(), context });
  }

  main(): { caption: string; altText: string; hashtags: string[]; choices: Choices } {
    const telling = this.telling();
    const caption = this.caption('caption', this.texts.caption, telling);
    const altText = tidy(this.write('alt_text', this.texts.altText, telling));
    this.limit('alt_text', altText, ALT_TEXT_MAX_LENGTH);
    const hashtags = normaliseHashtags(this.texts.hashtags.map((tag) => this.render(tag, telling)));
    return { caption, altText, hashtags, choices: telling.choices };
  }

  /**
   * Captions that are at least {@link VARIATION_DISTANCE} away from the main one and from each other.
   * @throws ContentError `variations_exhausted` where the template does not give so many
   */
  variations(caption: string, count: number): { caption: string; choices: Choices }[] {
    const seen = [readingOf(caption)];
    const found: { caption: string; choices: Choices }[] = [];
    const lists = this.texts.variations;
    for (let attempt = 0; found.length < count; attempt += 1) {
      if (attempt === count * VARIATION_ATTEMPTS) throw this.exhausted(count, found.length);
      const list = lists[found.length % lists.length];
      if (list === undefined) throw this.exhausted(count, found.length);
      const telling = this.telling();
      const text = this.caption('variations', list, telling);
      const reading = readingOf(text);
      if (seen.some((other) => isAlike(reading, other))) continue;
      seen.push(reading);
      found.push({ caption: text, choices: telling.choices });
    }
    return found;
  }

  private subjects(): Subjects {
    const { language, terms } = this.texts;
    const interests = this.writer.agent.interests.map((name) => interestName(name, language, terms));
    const count = interests.length;
    const first = count > 1 ? this.stream.below(count) : 0;
    const second = count > 1 ? (first + 1 + this.stream.below(count - 1)) % count : 0;
    return { interests, interest: interests[first], otherInterest: interests[second] };
  }

  private telling(): Telling {
    return { scope: Object.assign(emptyScope(), this.base), choices: {} };
  }

  private caption(field: string, list: ChoiceList, telling: Telling): string {
    const { agent, voice } = this.writer;
    const text = inVoice(tidy(this.write('caption', list, telling)), voice, agent.tone);
    this.limit(field, text, CAPTION_MAX_LENGTH);
    return text;
  }

  private write(place: string, list: ChoiceList, telling: Telling): string {
    const options = list[this.writer.agent.tone];
    const drawn = options[options.length > 1 ? this.stream.below(options.length) : 0];
    if (drawn === undefined)
      throw this.failure('template_render_failed', `${place} has no text for this tone`);
    telling.choices[place] = drawn.index;
    return this.render(drawn, telling);
  }

  /** Renders a text after drawing those of its phrases that this telling has not drawn yet. */
  private render(drawn: Alternative, telling: Telling): string {
    for (const name of drawn.phrases) {
      const list = this.texts.phrases.get(name);
      if (list !== undefined && !(name in telling.scope))
        telling.scope[name] = this.write(name, list, telling);
    }
    try {
      return drawn.text.render(telling.scope);
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      throw this.failure('template_render_failed', error.message, error);
    }
  }

  private limit(field: string, text: string, limit: number): void {
    if (text === '') throw this.failure('template_render_failed', `${field} came out empty`);
    if (text.length <= limit) return;
    const said = `${field} has ${text.length} characters; at most ${limit} are accepted`;
    throw this.failure('draft_too_long', said);
  }

  private exhausted(count: number, found: number): ContentError {
    const said = `its alternatives do not give ${count} different captions, only ${found}; any two must differ in half of their three-word sequences`;
    return this.failure('variations_exhausted', said);
  }

  private failure(
    code: 'template_render_failed' | 'draft_too_long' | 'variations_exhausted',
    said: string,
    cause?: unknown,
  ): ContentError {
    const message = `template ${this.template.id} (${this.texts.language}) for agent ${this.writer.agent.id}: ${said}`;
    const options = cause === undefined ? undefined : { cause };
    return new ContentError('invalid', code, message, [{ field: 'template', message: said }], options);
  }
}

/** One form of Unicode, single spaces, no blank ends, line breaks kept. */
export function tidy(text: string): string {
  const composed = text.normalize('NFC').trim();
  // Most texts have single spaces already, and a test is cheaper than three replacements.
  if (!/\s\s|[^\S ]/u.test(composed)) return composed;
  return composed
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n');
}
