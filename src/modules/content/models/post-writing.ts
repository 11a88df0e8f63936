import type { LlmRequest } from '../../../core/llm/index.js';
import type { CompiledTemplate } from '../templates/compiled-template.js';
import type { DraftAgent } from '../templates/variables.js';
import type { ComposedDraft } from '../writing/compose-draft.js';
import type { DraftContext } from '../writing/draft-context.js';
import { isAlike, readingOf } from '../writing/reading.js';
import { inVoice } from '../writing/voice.js';
import {
  checkAltText,
  checkCaption,
  checkHashtags,
  type CheckedText,
  type PostRefusal,
} from './check-post.js';
import { postRequest, type WrittenPost } from './post.request.js';

/** The fields of a draft that a model writes. */
export const POST_FIELDS = ['caption', 'alt_text', 'hashtags', 'variations'] as const;
export type PostField = (typeof POST_FIELDS)[number];

/** What a post is written about. */
export interface PostSubject {
  readonly template: CompiledTemplate;
  readonly agent: DraftAgent;
  readonly context: DraftContext | undefined;
  readonly post: string | undefined;
  readonly outline: ComposedDraft;
}

/** A text of a model that was not taken. */
export interface RefusedText {
  readonly field: PostField;
  readonly reason: PostRefusal;
  readonly words: string;
}

/**
 * One post while a model writes it. What was taken of an answer stays; what was refused is asked for again, and what stays
 * refused the rules write. A post without a caption of the model is the rules' altogether.
 */
export class PostWriting {
  private caption: string | undefined;
  private altText: string | undefined;
  private hashtags: string[] | undefined;
  private variations: string[] = [];
  private latest: RefusedText[] = [];
  readonly refused: RefusedText[] = [];

  constructor(private readonly subject: PostSubject) {}

  get isComplete(): boolean {
    const { caption, altText, hashtags, missing } = this;
    return caption !== undefined && altText !== undefined && hashtags !== undefined && missing === 0;
  }

  /** How many variations are asked for: those that are missing, at least one. */
  get count(): number {
    return Math.max(1, this.missing);
  }

  request(): LlmRequest {
    const { subject, count, latest } = this;
    const refused = latest.map(({ words }) => words);
    return postRequest({ ...subject, count, refused, taken: this.captions() });
  }

  /** Takes what can be taken of an answer. @param answer undefined where nothing can be made of it */
  take(answer: WrittenPost | undefined): void {
    this.latest = [];
    if (answer === undefined) {
      this.refuse('caption', { reason: 'missing', words: 'the answer could not be read' });
      return;
    }
    if (this.caption === undefined) this.caption = this.takeCaption('caption', 'caption', answer.caption);
    if (this.altText === undefined) this.altText = this.taken('alt_text', checkAltText(answer.alt_text));
    if (this.hashtags === undefined) this.hashtags = this.taken('hashtags', checkHashtags(answer.hashtags));
    for (const [at, text] of answer.variations.entries()) {
      if (this.missing === 0) break;
      const value = this.takeCaption('variations', `variations[${at}]`, text);
      if (value !== undefined) this.variations.push(value);
    }
    if (this.missing > 0) {
      const words = `${this.missing} more variations are needed`;
      this.refuse('variations', { reason: 'missing', words });
    }
  }

  /** The draft, the rules' words in the place of what is missing, and which fields have them. */
  finish(): { draft: ComposedDraft; byRules: PostField[] } {
    const { outline } = this.subject;
    const { caption, altText, hashtags } = this;
    const variations = this.filled();
    if (caption === undefined || variations === undefined)
      return { draft: outline, byRules: [...POST_FIELDS] };
    const byRules: PostField[] = [
      ...(altText === undefined ? (['alt_text'] as const) : []),
      ...(hashtags === undefined ? (['hashtags'] as const) : []),
      ...(this.missing > 0 ? (['variations'] as const) : []),
    ];
    const texts = {
      caption,
      altText: altText ?? outline.altText,
      hashtags: hashtags ?? outline.hashtags,
      variations: variations.map((each) => ({ caption: each })),
    };
    const lengths = {
      caption: caption.length,
      alt_text: texts.altText.length,
      hashtags: texts.hashtags.length,
      variations: variations.map(({ length }) => length),
    };
    return {
      draft: { ...outline, ...texts, metadata: { ...outline.metadata, generator: 'llm', lengths } },
      byRules,
    };
  }

  private get missing(): number {
    return this.subject.outline.variations.length - this.variations.length;
  }

  private captions(): string[] {
    return [...(this.caption === undefined ? [] : [this.caption]), ...this.variations];
  }

  /** The model's variations, and as many of the rules as are missing; undefined where those are too much like the model's. */
  private filled(): string[] | undefined {
    const all = [...this.variations];
    const seen = this.captions().map(readingOf);
    for (const { caption } of this.subject.outline.variations) {
      if (all.length === this.subject.outline.variations.length) break;
      const reading = readingOf(caption);
      if (seen.some((other) => isAlike(reading, other))) continue;
      seen.push(reading);
      all.push(caption);
    }
    return all.length === this.subject.outline.variations.length ? all : undefined;
  }

  private takeCaption(field: 'caption' | 'variations', place: string, text: string): string | undefined {
    const { agent, context, outline } = this.subject;
    const checked = checkCaption(place, text, context?.thread?.author);
    if ('reason' in checked) return this.taken(field, checked);
    const value = inVoice(checked.value, outline.metadata.voice, agent.tone);
    const reading = readingOf(value);
    if (this.captions().some((other) => isAlike(reading, readingOf(other))))
      return this.taken(field, {
        reason: 'alike',
        words: `${place} is too much like another caption of the post`,
      });
    return value;
  }

  private taken<T>(field: PostField, checked: CheckedText<T>): T | undefined {
    if ('value' in checked) return checked.value;
    this.refuse(field, checked);
    return undefined;
  }

  private refuse(field: PostField, { reason, words }: { reason: PostRefusal; words: string }): void {
    const refused = { field, reason, words };
    this.latest.push(refused);
    this.refused.push(refused);
  }
}
