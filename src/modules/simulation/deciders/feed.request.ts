import { z } from 'zod';
import { renderPrompt, type LlmRequest, type RenderedPrompt } from '../../../core/llm/index.js';
import { REACTIONS } from '../../../engine/index.js';
import type { SimulationAgent } from '../feed-mapping.rules.js';
import { type GivenAct, type GivenDecision, judgeDecision } from './decision.rules.js';
import type { Decision } from './decision.js';
import { ACT_KINDS } from './act-kinds.js';
import { DEEDS, type Offer } from './offers.rules.js';

const PROMPT = 'decide_feed';
/** Room for the feeds of some people, the answer, and what a reasoning model thinks. */
const CONTEXT_TOKENS = 16_384;
/** The longest piece of a text that a model is told. */
const LONGEST_TEXT = 400;
/** The number of the entry that stands for whoever answered. */
const TOLD = -1;

/** What an answer has to fit. What is not possible in it is left out afterwards. */
export const decisionsSchema = z.object({
  people: z.array(
    z.object({
      n: z.int(),
      does: z.enum(DEEDS),
      acts: z
        .array(
          z.object({
            i: z.int(),
            kind: z.enum(ACT_KINDS),
            reaction: z.enum(REACTIONS).nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});
export type ModelDecisions = z.infer<typeof decisionsSchema>;

/** Somebody whom a model decides for. */
export interface Asked {
  readonly offer: Offer;
  readonly agent: SimulationAgent;
}

/** The prompt, as a part of what decisions are known by. */
export function promptOfDecisions(): Pick<RenderedPrompt, 'name' | 'version' | 'sha256'> {
  const { name, version, sha256 } = renderPrompt(PROMPT, { people: '', reactions: '' });
  return { name, version, sha256 };
}

/** A request by which the model that would answer is found out. */
export function emptyDecisionRequest(): LlmRequest {
  return { purpose: 'decide', messages: [{ role: 'user', content: '' }], contextTokens: CONTEXT_TOKENS };
}

/** What a model is asked about some people. */
export function decisionRequest(people: readonly Asked[]): LlmRequest {
  const { messages } = renderPrompt(PROMPT, {
    people: JSON.stringify(people.map((asked, n) => personOf(asked, n + 1))),
    reactions: REACTIONS.join(', '),
  });
  return { purpose: 'decide', messages, contextTokens: CONTEXT_TOKENS };
}

function personOf({ offer, agent }: Asked, n: number): object {
  const { name, age, gender, city, country, tone, interests, behavioral_biases: biases } = agent;
  const { accepts, draft, notification, feed } = offer;
  return {
    n,
    person: { name, age, gender, city, country, tone, interests, biases },
    can: accepts,
    ...(draft !== null && { draft: shortened(draft.caption) }),
    told: notification !== null,
    feed: feed.map(({ rank, source, caption, hashtags, comments, accepts: acts }) => ({
      i: rank,
      why: source,
      text: shortened(`${caption} ${hashtags.join(' ')}`),
      comments: comments.length,
      acts,
    })),
  };
}

/** What a model decided for somebody, as far as it can be done, and how many of the acts cannot. */
export function decisionIn(
  { offer }: Asked,
  answered: ModelDecisions['people'][number],
): { readonly decision: Decision; readonly refused: number } | undefined {
  const given = { agent_id: offer.agent_id, does: answered.does };
  if (answered.does !== 'read') {
    const judged = judgeDecision(offer, given, '');
    return 'decision' in judged ? { decision: judged.decision, refused: 0 } : undefined;
  }
  const all = (answered.acts ?? []).map((act) => actIn(offer, act));
  const acts: GivenAct[] = [];
  for (const act of all)
    if (act !== undefined && can(offer, { ...given, acts: [...acts, act] })) acts.push(act);
  const judged = judgeDecision(offer, { ...given, acts }, '');
  return 'decision' in judged ? { decision: judged.decision, refused: all.length - acts.length } : undefined;
}

function can(offer: Offer, given: GivenDecision): boolean {
  return 'decision' in judgeDecision(offer, given, '');
}

type ModelAct = NonNullable<ModelDecisions['people'][number]['acts']>[number];

function actIn({ feed, notification }: Offer, { i, kind, reaction }: ModelAct): GivenAct | undefined {
  if (i === TOLD && notification !== null) {
    const { post_id, comment_id } = notification;
    return { kind, post_id, comment_id };
  }
  const entry = feed.find(({ rank }) => rank === i);
  if (entry === undefined) return undefined;
  return {
    kind,
    post_id: entry.post_id,
    // A model that names no reaction means the plainest.
    ...(kind === 'reaction' && { reaction: reaction ?? REACTIONS[0] }),
  };
}

function shortened(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
