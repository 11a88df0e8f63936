import { z } from 'zod';
import { renderPrompt, type LlmRequest } from '../../../core/llm/index.js';
import type { AgentProfile } from '../agent.profile.js';
import { BIAS_SHARES } from '../data/behaviours.js';

const PROMPT = 'write_people';
/** Room for the people, what is known of them, and what a reasoning model thinks. */
const CONTEXT_TOKENS = 8_192;

/** Biases that there are. */
export const BIASES: readonly string[] = BIAS_SHARES.map(([name]) => name);

/** Somebody to be written, with what was refused of earlier attempts, in words. */
export interface Draftee {
  readonly index: number;
  readonly profile: AgentProfile;
  readonly refused: readonly string[];
}

// What a model is told goes beyond what is read: one wrong value costs one value, not the whole answer.
const person = z.object({
  n: z.int(),
  name: z.string(),
  interests: z.array(z.string()).meta({ minItems: 1, maxItems: 4 }),
  bio: z.string(),
  biases: z.array(z.string().meta({ enum: BIASES })).meta({ minItems: 1, maxItems: 3 }),
});
export type WrittenPerson = z.infer<typeof person>;

const schemas = new Map<number, z.ZodType<{ people: WrittenPerson[] }>>();

/** What an answer about so many people has to fit; how many there are in it is counted afterwards. */
export function peopleSchema(count: number): z.ZodType<{ people: WrittenPerson[] }> {
  const made =
    schemas.get(count) ?? z.object({ people: z.array(person).meta({ minItems: count, maxItems: count }) });
  schemas.set(count, made);
  return made;
}

/** The prompt, as a part of what a population is made from. */
export function promptOfPeople(): { name: string; version: string; sha256: string } {
  const { name, version, sha256 } = renderPrompt(PROMPT, { people: '', biases: '', refused: '' });
  return { name, version, sha256 };
}

/** What a model is asked about some people; `n` counts them from 1. */
export function peopleRequest(people: readonly Draftee[]): LlmRequest {
  const known = people.map(({ profile }, at) => JSON.stringify(skeletonOf(profile, at + 1)));
  const refused = people.flatMap((each, at) => each.refused.map((reason) => `- n ${at + 1}: ${reason}`));
  const { messages } = renderPrompt(PROMPT, {
    people: known.join('\n'),
    biases: BIASES.join(', '),
    refused: refused.length === 0 ? '' : `This was refused, write something else:\n${refused.join('\n')}`,
  });
  return { purpose: 'people', messages, contextTokens: CONTEXT_TOKENS };
}

/** What is settled about somebody. */
function skeletonOf(profile: AgentProfile, n: number): object {
  const { age, gender, city, country, locale, tone, posting_cadence, interests, attributes } = profile;
  return {
    n,
    age,
    gender,
    city,
    country,
    language: locale,
    tone,
    cadence: posting_cadence,
    interest: interests[0],
    ...(attributes !== undefined && { attributes }),
  };
}
