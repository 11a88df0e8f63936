import { z } from 'zod';
import { renderPrompt, type LlmRequest, type RenderedPrompt } from '../../../core/llm/index.js';
import type { CompiledTemplate } from '../templates/compiled-template.js';
import type { DraftAgent } from '../templates/variables.js';
import type { ComposedDraft } from '../writing/compose-draft.js';
import type { DraftContext } from '../writing/draft-context.js';
import type { Language } from '../writing/language.js';

const PROMPT = 'write_draft';
/** Room for the brief, the post, and what a reasoning model thinks. */
const CONTEXT_TOKENS = 8_192;

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Spanish' };

/** A post as a model writes it. */
export interface WrittenPost {
  caption: string;
  alt_text: string;
  hashtags: string[];
  variations: string[];
}

/** What a model is told about a post. */
export interface PostBrief {
  readonly template: CompiledTemplate;
  readonly agent: DraftAgent;
  readonly context: DraftContext | undefined;
  /** The text of the post that is answered. */
  readonly post: string | undefined;
  /** What the rules wrote. */
  readonly outline: ComposedDraft;
  /** Captions that were taken of earlier answers: the rest is to differ from them. */
  readonly taken: readonly string[];
  /** How many variations are missing. */
  readonly count: number;
  /** What was refused of the answer before, in words. */
  readonly refused: readonly string[];
}

const schemas = new Map<number, z.ZodType<WrittenPost>>();

/** What an answer has to fit; how many variations there are in it is counted afterwards. */
export function postSchema(count: number): z.ZodType<WrittenPost> {
  const made =
    schemas.get(count) ??
    z.object({
      caption: z.string(),
      alt_text: z.string(),
      hashtags: z.array(z.string()).meta({ minItems: 1, maxItems: 30 }),
      variations: z.array(z.string()).meta({ minItems: count, maxItems: count }),
    });
  schemas.set(count, made);
  return made;
}

/** The prompt, as a part of what a draft is known by. */
export function promptOfPosts(): Pick<RenderedPrompt, 'name' | 'version' | 'sha256'> {
  const { name, version, sha256 } = renderPrompt(PROMPT, { brief: '', language: '', count: '', refused: '' });
  return { name, version, sha256 };
}

/** A request by which the model that would answer is found out. */
export function emptyPostRequest(): LlmRequest {
  return { purpose: 'content', messages: [{ role: 'user', content: '' }], contextTokens: CONTEXT_TOKENS };
}

/** What a model is asked about a post. */
export function postRequest(brief: PostBrief): LlmRequest {
  const { outline, count, refused } = brief;
  const { messages } = renderPrompt(PROMPT, {
    brief: JSON.stringify(briefOf(brief)),
    language: LANGUAGE_NAMES[outline.language],
    count: String(count),
    refused:
      refused.length === 0
        ? ''
        : `This was refused, write something else:\n${refused.map((each) => `- ${each}`).join('\n')}`,
  });
  return { purpose: 'content', messages, contextTokens: CONTEXT_TOKENS };
}

function briefOf({ template, agent, context, post, outline, taken }: PostBrief): object {
  const { name, age, gender, city, country, locale, tone, interests, bio } = agent;
  const { campaign, topic, inputs, thread } = context ?? {};
  return {
    agent: { name, age, gender, city, country, language: locale, tone, interests, bio },
    task: { title: template.title, description: template.description, campaign, topic, inputs },
    ...(thread !== undefined && { post: { author: thread.author, topic: thread.topic, text: post } }),
    outline: { caption: outline.caption, alt_text: outline.altText, hashtags: outline.hashtags },
    ...(taken.length > 0 && { taken }),
  };
}
